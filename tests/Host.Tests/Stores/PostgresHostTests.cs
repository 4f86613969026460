using Layers.PatchGen.Host.Tests.Running;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Stores;

/// <summary>Hosts in separate processes on one PostgreSQL server.</summary>
public sealed class PostgresHostTests(HostsOnPostgres postgres) : IClassFixture<HostsOnPostgres>
{
    [PostgresFact]
    public async Task Two_hosts_do_not_overwrite_each_others_patches()
    {
        string[] paths = await postgres.AddInfluencersAsync(50);
        using HostProcess one = await HostProcess.StartAsync(postgres.Arguments), two = await HostProcess.StartAsync(postgres.Arguments);
        var load = new PatchLoad(paths);
        await load.RunAsync([one.Client, two.Client], clients: 32, () => load.Acknowledged >= 2000);

        await load.CheckAsync(one.Client, "by the first host");
        await load.CheckAsync(two.Client, "by the second host");
        Assert.Equal(0, load.Rejected + load.NoResponse);
        Console.WriteLine($"Two hosts on one PostgreSQL, 32 clients, 50 documents. {load}");
    }

    /// <summary>Both hosts keep running and respond with 503; they recover when the server is back.</summary>
    [PostgresFact]
    public async Task No_patch_is_lost_when_the_server_is_stopped_or_killed_and_restarted()
    {
        string[] paths = await postgres.AddInfluencersAsync(10);
        using HostProcess one = await HostProcess.StartAsync(postgres.Arguments), two = await HostProcess.StartAsync(postgres.Arguments);
        var load = new PatchLoad(paths);
        bool stop = false;
        Task running = load.RunAsync([one.Client, two.Client], clients: 16, () => Volatile.Read(ref stop));
        foreach (Func<Task> end in new Func<Task>[] { () => postgres.Server.StopAsync("fast"), postgres.Server.KillAsync })
        {
            await load.ProgressAsync(100);
            int rejected = load.Rejected;
            await end();
            await Task.Delay(500);
            foreach (HttpClient host in (HttpClient[])[one.Client, two.Client])
            {
                ApiResponse read = await PatchLoad.GetAsync(host, paths[0]);
                Assert.Equal(503, read.Status);
                Assert.Equal("1", read.Header("Retry-After"));
                using HttpResponseMessage health = await host.GetAsync("/healthz");
                Assert.Equal(503, (int)health.StatusCode);
            }

            Assert.InRange(load.Rejected, rejected + 1, int.MaxValue);
            await postgres.Server.StartAsync();
        }

        await load.ProgressAsync(100);
        Volatile.Write(ref stop, true);
        await running;
        await load.CheckAsync(one.Client, "by the first host");
        await load.CheckAsync(two.Client, "by the second host");
        Assert.Equal(0, load.NoResponse);
        Console.WriteLine($"PostgreSQL stopped and killed under two hosts. {load}");
    }

    [PostgresFact]
    public async Task Kill_9_of_a_host_loses_no_acknowledged_patch() =>
        await RestartTests.KillAsync("Postgres", postgres.Arguments, await postgres.AddInfluencersAsync(1), RestartTests.Rounds);
}
