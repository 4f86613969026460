using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Sqlite;
using Layers.PatchGen.Storage.Tests.Postgres;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>What this assembly does when it is started as a process of its own: <c>open|load ENGINE PLACE</c>.</summary>
internal static class Program
{
    public const int Documents = 50;
    public const int Writers = 8;

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [var command, var engine, var place])
        {
            await Console.Error.WriteLineAsync("Usage: open|load sqlite|postgres|litedb PLACE. Run the tests by: dotnet test");
            return 2;
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
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Load(store, new Random(writer))));
        }

        return 0;
    }

    private static async Task<IDocumentStore> OpenAsync(string engine, string place) => engine switch
    {
        "sqlite" => SqliteDocumentStore.Open(new SqliteStoreOptions { Path = place }),
        "postgres" => await PostgresDocumentStore.OpenAsync(new PostgresStoreOptions { ConnectionString = place, Schema = PostgresFixture.Schema }),
#if WITH_LITEDB
        "litedb" => Storage.LiteDb.LiteDbDocumentStore.Open(new Storage.LiteDb.LiteDbStoreOptions { Path = place }),
#endif
        _ => throw new NotSupportedException($"There is no engine {engine}."),
    };

    /// <summary>Counts up in documents until killed, and says each count once it is acknowledged.</summary>
    private static async Task Load(IDocumentStore store, Random random)
    {
        while (true)
        {
            var key = new DocumentKey("org", "counters", $"{random.Next(Documents)}");
            TransformResult result = await store.TransformAsync(DocumentSelection.Of(key), null, 0, (_, document) => Counter.Json(Counter.Read(document) + 1));
            if (result.Status == TransformStatus.NotFound)
            {
                if (await store.InsertAsync(key, Counter.Json(0)) is not null)
                {
                    Console.WriteLine($"{key.Id} 0");
                }

                continue;
            }

            Console.WriteLine($"{key.Id} {Counter.Read(result.Document)}");
        }
    }
}
