using System.Diagnostics;
using System.Globalization;
using Layers.PatchGen.Storage;
using Layers.PatchGen.Storage.LiteDb;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Sqlite;
using Layers.PatchGen.Storage.Tests.Postgres;

namespace Layers.PatchGen.Benchmarks.Stores;

/// <summary>
/// <c>stores</c>: the number of documents of 500 bytes that each store reads, changes and saves in a second, compared with its engine used
/// directly.
/// </summary>
internal static class StoresCommand
{
    private const string Usage = """
        stores [--documents 100000] [--seconds 1] [--rounds 10] [--only NAME] [--folder PATH]

        Fills each store, changes random documents by 1, 16 and 64 writers in turns with its engine, and prints a Markdown table with
        the best round of each.
          --only     one store and its engine: memory, LiteDB, SQLite or PostgreSQL.
          --folder   the folder of the stores in files. Default: a new temporary folder. PostgreSQL always uses a temporary folder.
        """;

    private static readonly int[] Writers = [1, 16, 64];
    private static readonly string[] Names = ["memory", "LiteDB", "SQLite", "PostgreSQL"];

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code: 0, or 2 if the command line is invalid.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        int documents = 100_000, rounds = 10;
        double seconds = 1;
        string? only = null;
        string folder = Path.Combine(Path.GetTempPath(), "patchgen-stores-" + Guid.NewGuid().ToString("N")[..8]);
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            bool isValid = args[i] switch
            {
                "--documents" => int.TryParse(value, CultureInfo.InvariantCulture, out documents) && documents > 0,
                "--rounds" => int.TryParse(value, CultureInfo.InvariantCulture, out rounds) && rounds > 0,
                "--seconds" => double.TryParse(value, CultureInfo.InvariantCulture, out seconds) && seconds > 0,
                "--only" => Names.Contains(only = value),
                "--folder" => (folder = value).Length > 0,
                _ => false,
            };
            if (!isValid)
            {
                await Console.Error.WriteLineAsync(Usage);
                return 2;
            }
        }

        Directory.CreateDirectory(folder);
        PostgresServer? server = PostgresServer.Binaries is null || only is not (null or "PostgreSQL")
            ? null
            : await PostgresServer.StartNewAsync();
        try
        {
            await MeasureAsync(documents, rounds, TimeSpan.FromSeconds(seconds), folder, server, only);
            if (only is null)
            {
                await MeasureHttpAsync(folder, TimeSpan.FromSeconds(10 * seconds));
            }
        }
        finally
        {
            if (server is not null)
            {
                await server.DeleteAsync();
            }

            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(
        int documents, int rounds, TimeSpan time, string folder, PostgresServer? server, string? only)
    {
        List<(ISubject Store, ISubject Raw)> pairs = await OpenAsync(folder, server, only);
        foreach ((ISubject store, ISubject raw) in pairs)
        {
            await store.FillAsync(documents);
            await raw.FillAsync(documents);
        }

        var rates = new Dictionary<(ISubject, int), List<double>>();
        var flushes = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            flushes.Add(FlushesPerSecond(Path.Combine(folder, "flushes"), time / 3));
            foreach (int writers in Writers)
            {
                foreach (ISubject subject in pairs.SelectMany(pair => (ISubject[])[pair.Store, pair.Raw]))
                {
                    long start = Stopwatch.GetTimestamp();
                    long changes = await subject.ChangeAsync(documents, writers, time);
                    rates.TryAdd((subject, writers), []);
                    rates[(subject, writers)].Add(changes / Stopwatch.GetElapsedTime(start).TotalSeconds);
                }
            }
        }

        Console.WriteLine(
            "| | " + string.Join(" | ", Writers.Select(writers => writers == 1 ? "1 writer" : Text($"{writers} writers"))) + " |");
        Console.WriteLine("|---|" + string.Concat(Writers.Select(_ => "--:|")));
        foreach ((ISubject store, ISubject raw) in pairs)
        {
            Print(store, writers => Text(
                $"{rates[(store, writers)].Max():N0} ({rates[(store, writers)].Max() / rates[(raw, writers)].Max():P0})"));
            Print(raw, writers => Text($"{rates[(raw, writers)].Max():N0}"));
        }

        Console.WriteLine();
        Console.WriteLine(Text(
            $"{documents:N0} documents of {Sample.Size} bytes; the best of {rounds} rounds of {time.TotalSeconds:0.#} s."));
        Console.WriteLine(Text($"Writes of a 4 KB page with a flush each: {flushes.Max():N0} a second."));
        foreach ((ISubject store, ISubject raw) in pairs)
        {
            await store.DisposeAsync();
            await raw.DisposeAsync();
        }
    }

    private static async Task MeasureHttpAsync(string folder, TimeSpan time)
    {
        Console.WriteLine("\n| patches over HTTP | 1 client | 16 clients |\n|---|--:|--:|");
        await using var memory = new StoreSubject("memory", new InMemoryDocumentStore());
        await using var sqlite = new StoreSubject(
            "SQLite", await SqliteDocumentStore.OpenAsync(new SqliteStoreOptions { Path = Path.Combine(folder, "http.sqlite") }));
        foreach (StoreSubject subject in (StoreSubject[])[memory, sqlite])
        {
            double one = await OverHttp.PatchesPerSecondAsync(subject.Store, 1, time);
            double many = await OverHttp.PatchesPerSecondAsync(subject.Store, 16, time);
            Console.WriteLine(Text($"| {subject.Name} | {one:N0} | {many:N0} |"));
        }
    }

    private static void Print(ISubject subject, Func<int, string> cell) =>
        Console.WriteLine($"| {subject.Name} | {string.Join(" | ", Writers.Select(cell))} |");

    /// <summary>Opens the stores, each with its engine used directly; or only the named one.</summary>
    private static async Task<List<(ISubject Store, ISubject Raw)>> OpenAsync(string folder, PostgresServer? server, string? only)
    {
        List<(ISubject, ISubject)> pairs = [];
        foreach (string name in Names.Where(name => only is null || name == only))
        {
            if (name == "PostgreSQL" && server is null)
            {
                Console.WriteLine("NOT RUN: PostgreSQL is not installed (initdb in PATH, or the Debian package postgresql).\n");
                continue;
            }

            pairs.Add(name switch
            {
                "memory" => (new StoreSubject(name, new InMemoryDocumentStore()), new RawMemory()),
                "LiteDB" => (
                    new StoreSubject(name, await LiteDbDocumentStore.OpenAsync(new LiteDbStoreOptions { Path = folder })),
                    new RawLiteDb(Path.Combine(folder, "raw.litedb"))),
                "SQLite" => (
                    new StoreSubject(name, await SqliteDocumentStore.OpenAsync(
                        new SqliteStoreOptions { Path = Path.Combine(folder, SqliteStoreOptions.DefaultFileName) })),
                    new RawSqlite(Path.Combine(folder, "raw.sqlite"))),
                _ => await OpenPostgresAsync(name, server!),
            });
        }

        return pairs;
    }

    private static async Task<(ISubject Store, ISubject Raw)> OpenPostgresAsync(string name, PostgresServer server)
    {
        // The store has the pool that it has by default; the engine a connection for each writer.
        string connection = string.Create(
            CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={server.Port};Username=postgres;Database=postgres");
        var options = new PostgresStoreOptions { ConnectionString = connection };
        await PostgresDocumentStore.MigrateAsync(options);
        return (
            new StoreSubject(name, await PostgresDocumentStore.OpenAsync(options)),
            await RawPostgres.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"{connection};Maximum Pool Size={Writers.Max()}")));
    }

    private static double FlushesPerSecond(string file, TimeSpan time)
    {
        using var handle = File.OpenHandle(file, FileMode.Create, FileAccess.Write, preallocationSize: 4096);
        byte[] page = new byte[4096];
        long start = Stopwatch.GetTimestamp(), count = 0;
        for (; Stopwatch.GetElapsedTime(start) < time; count++)
        {
            page[0]++;
            RandomAccess.Write(handle, page, 0);
            RandomAccess.FlushToDisk(handle);
        }

        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
