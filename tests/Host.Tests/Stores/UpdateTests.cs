using System.Diagnostics;
using Layers.PatchGen.Host.Tests.Support;

namespace Layers.PatchGen.Host.Tests.Stores;

/// <summary>A rolling update: migrate the tables, then replace one host after another, while clients send patches.</summary>
public sealed class UpdateTests(HostsOnPostgres postgres) : IClassFixture<HostsOnPostgres>
{
    [PostgresFact]
    public async Task No_client_sees_an_error_while_tables_are_migrated_and_hosts_replaced()
    {
        string[] paths = await postgres.AddInfluencersAsync(20);
        using HostProcess first = await HostProcess.StartAsync(postgres.Arguments);
        HostProcess current = first;
        var load = new PatchLoad(paths);
        bool stop = false;
        Task running = Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            while (!Volatile.Read(ref stop))
            {
                Assert.Equal(200, await load.PatchAsync(Volatile.Read(ref current).Client, client));
            }
        })));
        await load.ProgressAsync(100);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(
                (0, ""),
                await HostProcess.RunAsync("--migrate", "--Store:Kind", "Postgres", "--Store:Connection", postgres.Server.AdminConnection));
        }

        using HostProcess second = await HostProcess.StartAsync(postgres.Arguments);
        Volatile.Write(ref current, second);
        using (Process kill = Process.Start("kill", ["-TERM", first.Id]))
        {
            await kill.WaitForExitAsync();
        }

        await load.ProgressAsync(200);
        Volatile.Write(ref stop, true);
        await running;
        Assert.Equal((0, 0, 0), (load.Rejected, load.NoResponse, load.Unknown));
        await load.CheckAsync(second.Client, "after the update");
    }
}
