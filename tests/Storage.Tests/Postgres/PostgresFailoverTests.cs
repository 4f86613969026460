using System.Diagnostics;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Tests.Contract;
using Npgsql;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>The primary is killed and its synchronous standby promoted, repeatedly.</summary>
[Collection(Collection)]
public sealed class PostgresFailoverTests(PostgresPair pair) : INeedsServer
{
    /// <summary>The tests that share the pair run one after another.</summary>
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

            // In every second round the standby is away until commits reach the command timeout, and returns before the failover.
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

    /// <summary>
    /// Like a machine that hangs: connections are accepted and get no response, and later it resumes.
    /// </summary>
    [StoreFact]
    public async Task A_primary_that_hangs_is_replaced_and_not_used_when_it_resumes()
    {
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(pair.Options);
        var key = new DocumentKey("org", "things", Guid.NewGuid().ToString());
        await store.InsertAsync(key, "{}"u8.ToArray());
        await pair.Primary.SuspendAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.LoadAsync(key));
        await pair.PromoteAsync();
        var watch = Stopwatch.StartNew();
        var slowest = TimeSpan.Zero;
        while (watch.Elapsed < TimeSpan.FromSeconds(15))
        {
            TimeSpan begun = watch.Elapsed;
            try
            {
                await store.LoadAsync(key);
            }
            catch (StoreUnavailableException)
            {
                Assert.True(begun < TimeSpan.FromSeconds(5), "The new primary is not found.");
            }

            slowest = watch.Elapsed - begun > slowest ? watch.Elapsed - begun : slowest;
            await Task.Delay(20);
        }

        Console.WriteLine($"The slowest read took {slowest.TotalSeconds:F1} s.");
        Assert.True(slowest < TimeSpan.FromSeconds(4), $"A read took {slowest}: it waited for the server that hangs.");

        // The old primary has resumed and still acts as primary.
        await pair.Standby.ResumeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.DeleteAsync(key));
        Assert.Null(await store.LoadAsync(key));
        Assert.Equal(1L, await pair.Standby.AdminAsync($"SELECT count(*) FROM patchgen.documents WHERE id = '{key.Id}'"));

        // Nor does a host that starts now and finds two primaries use it.
        await using (PostgresDocumentStore other = await PostgresDocumentStore.OpenAsync(pair.Options))
        {
            Assert.Null(await other.LoadAsync(key));
        }

        await pair.Standby.KillAsync();
        await pair.RejoinAsync();
    }

    /// <summary>Like a proxy or a DNS name that points to another server after a failover. The data of a standby may be outdated.</summary>
    [StoreFact]
    public async Task A_standby_is_neither_read_nor_opened()
    {
        await using var proxy = new LossyProxy(pair.Primary.Port, seed: 1);
        var settings =
            new NpgsqlConnectionStringBuilder(pair.Options.ConnectionString) { Host = "127.0.0.1", Port = proxy.Port, Pooling = false };
        PostgresStoreOptions options = pair.Options.With(changed => changed.ConnectionString = settings.ConnectionString);
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(options);
        var key = new DocumentKey("org", "things", Guid.NewGuid().ToString());
        await store.InsertAsync(key, "{}"u8.ToArray());
        proxy.Server = pair.Standby.Port;
        await Fails(async () => await store.LoadAsync(key));
        await Fails(async () => await store.DeleteAsync(key));
        await Fails(async () => await store.InsertAsync(key, "{}"u8.ToArray()));
        await Fails(() => PostgresDocumentStore.OpenAsync(options.With(static changed => changed.StartTimeout = TimeSpan.Zero)));

        // An application that starts during a failover waits for the new primary.
        Task<PostgresDocumentStore> opening = PostgresDocumentStore.OpenAsync(options);
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.False(opening.IsCompleted);
        proxy.Server = pair.Primary.Port;
        Assert.NotNull(await store.LoadAsync(key));
        await using PostgresDocumentStore opened = await opening;
        Assert.NotNull(await opened.LoadAsync(key));

        static async Task Fails(Func<Task> call)
        {
            StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(call);
            Assert.Equal(StoreFault.Unavailable, exception.Fault);
            Assert.Contains("standby", exception.Message, StringComparison.Ordinal);
        }
    }
}

[CollectionDefinition(PostgresFailoverTests.Collection)]
public sealed class PostgresPairTests : ICollectionFixture<PostgresPair>;
