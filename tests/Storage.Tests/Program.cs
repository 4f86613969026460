using System.Text;
using System.Text.Json;
using Layers.PatchGen.Storage.LiteDb;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Sqlite;
using Layers.PatchGen.Storage.Tests.Postgres;
using Layers.PatchGen.Storage.Tests.PowerLoss;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>
/// What this assembly does when it is started as a process of its own: <c>open|load|record|contend|fixture ENGINE PLACE</c>.
/// </summary>
internal static class Program
{
    public const int Documents = 50;
    public const int Writers = 8;

    /// <summary>The changes of a recorded process: so many that the log is brought into the database several times.</summary>
    private const int Recorded = 2400;

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [var command, var engine, var place])
        {
            await Console.Error.WriteLineAsync(
                "Usage: open|load|record|contend|fixture sqlite|postgres|litedb PLACE. Run the tests by: dotnet test");
            return 2;
        }

        ChildProcess.EndWithParent();
        if (command == "fixture")
        {
            await Fixture.MakeAsync(engine, place);
            return 0;
        }

        IDocumentStore store;
        try
        {
            store = await OpenAsync(engine, place);
        }
        catch (StoreUnavailableException exception)
        {
            Console.WriteLine($"{exception.Fault}: {exception.Message}");
            return 1;
        }

        Console.WriteLine("open");
        if (command == "load")
        {
            await Task.WhenAll(
                Enumerable.Range(0, Writers).Select(writer => Load(store, new Random(writer), int.MaxValue, Console.WriteLine)));
        }
        else if (command == "record")
        {
            await RecordAsync(store, place);
        }
        else if (command == "contend")
        {
            Console.WriteLine(JsonSerializer.Serialize(await Contention.RunAsync(store)));
        }
        else if (command == "fill")
        {
            await Fixture.FillAsync(store);
            await ((IAsyncDisposable)store).DisposeAsync();
        }
        else if (command == "change")
        {
            // And ends without closing the store, as if it were killed.
            await Fixture.ChangeAsync(store, place);
        }

        return 0;
    }

    public static async Task<IDocumentStore> OpenAsync(string engine, string place) => engine switch
    {
        "sqlite" => await SqliteDocumentStore.OpenAsync(new SqliteStoreOptions { Path = place }),
        "postgres" =>
            await PostgresDocumentStore.OpenAsync(new PostgresStoreOptions { ConnectionString = place, Schema = PostgresFixture.Schema }),
        "litedb" => await LiteDbDocumentStore.OpenAsync(new LiteDbStoreOptions { Path = place }),
        _ => throw new NotSupportedException($"There is no engine {engine}."),
    };

    /// <summary>Reads everything in a store, and counts the documents.</summary>
    public static ValueTask<long> VerifyAsync(IDocumentStore store) => ((FileDocumentStore)store).VerifyAsync();

    /// <summary>
    /// Counts up in documents and says each count in a file beside the database, so that both are recorded in one order; then goes without
    /// closing, and leaves a log.
    /// </summary>
    private static async Task RecordAsync(IDocumentStore store, string place)
    {
        using var told =
            new FileStream(Path.Combine(place, FolderRecord.Told), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Load(store, new Random(writer), Recorded / Writers, line =>
        {
            lock (told)
            {
                told.Write(Encoding.UTF8.GetBytes(line + "\n"));
            }
        })));
    }

    /// <summary>Counts up in documents, for ever or some times, and says each count once it is acknowledged.</summary>
    private static async Task Load(IDocumentStore store, Random random, int times, Action<string> say)
    {
        for (int i = 0; i < times; i++)
        {
            var key = new DocumentKey("org", "counters", $"{random.Next(Documents)}");
            TransformResult result =
                await store.TransformAsync(DocumentSelection.Of(key), null, 0, (_, document) => Counter.Json(Counter.Read(document) + 1));
            if (result.Status == TransformStatus.NotFound)
            {
                if (await store.InsertAsync(key, Counter.Json(0)) is not null)
                {
                    say($"{key.Id} 0");
                }

                continue;
            }

            say($"{key.Id} {Counter.Read(result.Document)}");
        }
    }
}
