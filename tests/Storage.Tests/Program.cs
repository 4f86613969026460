using System.Text;
using System.Text.Json;
using Layers.PatchGen.Storage.LiteDb;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Sqlite;
using Layers.PatchGen.Storage.Tests.Postgres;
using Layers.PatchGen.Storage.Tests.PowerLoss;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>
/// The commands of this assembly as a process of its own: <c>open|load|companions|record|contend|fixture ENGINE PLACE</c>.
/// </summary>
internal static class Program
{
    public const int Documents = 50;
    public const int Writers = 8;

    /// <summary>The number of changes of a recorded process: enough for several checkpoints.</summary>
    private const int Recorded = 2400;

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [var command, var engine, var place])
        {
            await Console.Error.WriteLineAsync(
                "Usage: open|load|companions|record|contend|fixture sqlite|postgres|litedb PLACE. Run the tests by: dotnet test");
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
        if (command is "load" or "companions")
        {
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(
                writer => Load(store, new Random(writer), int.MaxValue, Console.WriteLine, command == "companions")));
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
            // Ends without closing the store, like a killed process.
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
        _ => throw new NotSupportedException($"Unknown engine: {engine}."),
    };

    /// <summary>Reads the whole store and counts the documents.</summary>
    public static ValueTask<long> VerifyAsync(IDocumentStore store) => ((FileDocumentStore)store).VerifyAsync();

    /// <summary>
    /// Increments counters in documents and writes each acknowledged count to a file beside the database, so that both are recorded in one
    /// order. Ends without closing the store, so that there is a log.
    /// </summary>
    private static async Task RecordAsync(IDocumentStore store, string place)
    {
        using var acknowledgements =
            new FileStream(
                Path.Combine(place, FolderRecord.Acknowledgements), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Load(store, new Random(writer), Recorded / Writers, line =>
        {
            lock (acknowledgements)
            {
                acknowledgements.Write(Encoding.UTF8.GetBytes(line + "\n"));
            }
        })));
    }

    /// <summary>
    /// Increments counters in documents, with a companion for each increment if asked for, and reports each count when it is acknowledged.
    /// </summary>
    private static async Task Load(IDocumentStore store, Random random, int times, Action<string> say, bool withCompanions = false)
    {
        for (int i = 0; i < times; i++)
        {
            var key = new DocumentKey("org", "counters", $"{random.Next(Documents)}");
            TransformResult result = await store.TransformAsync(
                DocumentSelection.Of(key),
                null,
                0,
                (_, document) => Counter.Json(Counter.Read(document) + 1),
                withCompanions ? (_, _, after) => [Counter.Event(after)] : null);
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
