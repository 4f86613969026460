using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Tests.Contract;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>A primary that is killed, and its synchronous standby, which takes its place; again and again.</summary>
[Collection(Collection)]
public sealed class PostgresFailoverTests(PostgresPair pair) : INeedsServer
{
    /// <summary>Tests that share the pair, one after another.</summary>
    public const string Collection = "PostgreSQL with a standby";

    private const int Documents = 6;

    public static string? Missing => PostgresServer.Missing;

    [StoreFact]
    public async Task A_failover_loses_no_acknowledged_change_and_repeats_no_version()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(pair.Options);
        await History.InsertAsync(store, Documents);
        var history = new History();
        for (int round = 0; round < ChildProcess.Rounds; round++)
        {
            bool stop = false;
            Task running = Task.WhenAll(
                history.WriteAsync([store], writers: 12, Documents, () => Volatile.Read(ref stop)),
                history.ReadAsync(store, readers: 2, Documents, () => Volatile.Read(ref stop)));
            await history.ProgressAsync(50);

            // In every second round the standby is away for so long that the driver gives up on commits, and is there again when it is needed.
            if (round % 2 == 1)
            {
                await pair.StopStandbyAsync();
                await Task.Delay(PostgresPair.CommandTimeout * 2.5);
                await pair.Primary.KillAsync();
                await pair.Standby.StartAsync();
            }
            else
            {
                await Task.Delay(random.Next(200));
                await pair.Primary.KillAsync();
            }

            await pair.PromoteAsync();
            await pair.RejoinAsync();
            await history.ProgressAsync(50);
            Volatile.Write(ref stop, true);
            await running;
            Console.WriteLine($"Failover {round}, seed {seed}.");
            await history.CheckAsync(store, Documents);
        }

        Assert.InRange(history.Unknown, 1, int.MaxValue);
    }
}

[CollectionDefinition(PostgresFailoverTests.Collection)]
public sealed class PostgresPairTests : ICollectionFixture<PostgresPair>;
