using System.Diagnostics;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Tests.Postgres;

namespace Layers.PatchGen.Host.Tests.Stores;

/// <summary>
/// Hosts in separate processes on a primary and a synchronous standby. The connection string names both servers.
/// </summary>
public sealed class PostgresFailoverHostTests(PostgresPair pair) : IClassFixture<PostgresPair>
{
    private string[] Arguments => TestHost.ArgumentsOfProcess("unused", "Postgres", "--Store:Connection", pair.Options.ConnectionString);

    [PostgresFact]
    public async Task Without_a_standby_patches_are_503_and_reads_succeed()
    {
        string[] paths = await AddInfluencersAsync(1);
        using HostProcess host = await HostProcess.StartAsync(Arguments);
        var load = new PatchLoad(paths);
        Assert.Equal(200, await load.PatchAsync(host.Client, client: 0));
        await pair.StopStandbyAsync();
        Task<int> patch = load.PatchAsync(host.Client, client: 0);
        while (!patch.IsCompleted)
        {
            Assert.Equal(200, (await PatchLoad.GetAsync(host.Client, paths[0])).Status);
            using HttpResponseMessage health = await host.Client.GetAsync("/healthz");
            Assert.Equal(200, (int)health.StatusCode);
            await Task.Delay(100);
        }

        Assert.Equal(503, await patch);
        Assert.Equal((1, 0), (load.Unknown, load.Rejected));
        await pair.StartStandbyAsync();
        Assert.Equal(200, await load.PatchAsync(host.Client, client: 0));
        await load.CheckAsync(host.Client, "after the standby is back");
    }

    [PostgresFact]
    public async Task Hosts_find_the_new_primary_automatically()
    {
        string[] paths = await AddInfluencersAsync(10);
        using HostProcess one = await HostProcess.StartAsync(Arguments), two = await HostProcess.StartAsync(Arguments);
        var load = new PatchLoad(paths);
        bool stop = false;
        Task running = load.RunAsync([one.Client, two.Client], clients: 16, () => Volatile.Read(ref stop));
        for (int round = 0; round < 3; round++)
        {
            await load.ProgressAsync(100);
            await pair.Primary.KillAsync();
            foreach (HttpClient host in (HttpClient[])[one.Client, two.Client])
            {
                ApiResponse read = await PatchLoad.GetAsync(host, paths[0]);
                Assert.Equal((503, "1"), (read.Status, read.Header("Retry-After")));
            }

            // Reads succeed with the new primary, patches once it has a standby.
            await pair.PromoteAsync();
            TimeSpan reads = await UntilAsync(async () =>
                (await PatchLoad.GetAsync(one.Client, paths[0])).Status == 200 && (
                    await PatchLoad.GetAsync(two.Client, paths[0])).Status == 200);
            await pair.RejoinAsync();
            int before = load.Acknowledged;
            TimeSpan patches = await UntilAsync(() => Task.FromResult(load.Acknowledged > before));
            Console.WriteLine(
                $"Reads {reads.TotalSeconds:F2} s after the promotion, patches {patches.TotalSeconds:F2} s after it had a standby.");
            Assert.InRange(reads, TimeSpan.Zero, TimeSpan.FromSeconds(5));
            Assert.InRange(patches, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }

        await load.ProgressAsync(100);
        Volatile.Write(ref stop, true);
        await running;
        await load.CheckAsync(one.Client, "by the first host");
        await load.CheckAsync(two.Client, "by the second host");
        Assert.Equal(0, load.NoResponse);
        Console.WriteLine($"Three failovers under two hosts. {load}");
    }

    private static async Task<TimeSpan> UntilAsync(Func<Task<bool>> done)
    {
        var watch = Stopwatch.StartNew();
        while (!await done())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "The hosts did not recover.");
            await Task.Delay(20);
        }

        return watch.Elapsed;
    }

    private async Task<string[]> AddInfluencersAsync(int count)
    {
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(pair.Options);
        return await HostsOnPostgres.AddInfluencersAsync(store, count);
    }
}
