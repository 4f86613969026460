using System.Diagnostics;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Tests.Contract;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>
/// Stores on a cluster with automatic failover. One store has the three servers in its connection string, the other uses a proxy.
/// </summary>
[Collection(PostgresFailoverTests.Collection)]
public sealed class PostgresClusterTests : INeedsServer
{
    private const int Documents = 20;
    private static readonly TimeSpan RecoverWithin = TimeSpan.FromSeconds(5);

    // Takes minutes and much CPU: only in the long suites.
    public static string? Missing =>
        Environment.GetEnvironmentVariable("STORE_CLUSTER") is null ? "STORE_CLUSTER=1, which .ci/soak sets" : PostgresCluster.Missing;

    [StoreFact]
    public async Task A_cluster_loses_no_acknowledged_change()
    {
        await using PostgresCluster cluster = await PostgresCluster.StartAsync();
        await using PostgresDocumentStore byHosts = await PostgresDocumentStore.OpenAsync(cluster.ByHosts);
        await using PostgresDocumentStore byProxy = await PostgresDocumentStore.OpenAsync(cluster.ByProxy);
        await History.InsertAsync(byHosts, Documents);
        var history = new History();
        bool stop = false;
        Task running = Task.WhenAll(
            history.WriteAsync([byHosts, byProxy], writers: 32, Documents, () => Volatile.Read(ref stop)),
            history.ReadAsync(byHosts, readers: 2, Documents, () => Volatile.Read(ref stop)));

        // A planned switchover.
        (string primary, _) = await cluster.ReadyAsync();
        await history.ProgressAsync(100);
        await cluster.SwitchOverAsync(primary);
        await RecoverAsync("a switch-over", primary);

        // The third node replaces a killed standby.
        (_, string standby) = await cluster.ReadyAsync();
        await cluster.KillAsync(standby);
        await RecoverAsync("kill -9 of the synchronous standby");
        await cluster.RunAsync(standby);

        (primary, _) = await cluster.ReadyAsync();
        await history.ProgressAsync(100);
        await cluster.KillAsync(primary);
        await RecoverAsync("kill -9 of the primary", primary);
        await cluster.RunAsync(primary);

        Volatile.Write(ref stop, true);
        await running;
        await history.CheckAsync(byHosts, Documents);
        await history.CheckAsync(byProxy, Documents);

        async Task RecoverAsync(string fault, string? other = null)
        {
            var watch = Stopwatch.StartNew();
            await cluster.ReadyAsync(other);
            TimeSpan ready = watch.Elapsed;
            await history.ProgressAsync(1);
            TimeSpan all = watch.Elapsed;
            Console.WriteLine(
                $"After {fault}: a primary with a standby after {ready.TotalSeconds:F1} s, changes after {all.TotalSeconds:F1} s.");
            Assert.True(all - ready < RecoverWithin, $"After {fault} the stores took {all - ready} to recover.");
            await history.ProgressAsync(100);
        }
    }
}
