using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Stores;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Testing;
using Npgsql;

namespace Layers.PatchGen.Host.Tests.Cluster;

/// <summary>
/// Three hosts under load on a cluster with automatic failover, while one part after another fails. Two hosts find the primary among the
/// servers, the third uses HAProxy. Two tenants have documents with the same ids. No acknowledged patch is lost, no version is used twice,
/// no patch reaches the other tenant, and every host recovers within seconds of a failover, without a restart.
/// </summary>
public sealed class ClusterTests : IDisposable
{
    private const int Clients = 64;
    private const int DocumentsOfTenant = 100;
    private const string User = "patchgen_host";
    private const long MaxMemory = 500_000_000;
    private static readonly string Only = Environment.GetEnvironmentVariable("STORE_FAULT") ?? "";
    private static readonly TimeSpan RecoverWithin = TimeSpan.FromSeconds(5);

    private readonly HostProcess[] _hosts = new HostProcess[3];
    private PostgresCluster _cluster = null!;
    private PatchLoad[] _loads = [];

    public void Dispose()
    {
        foreach (HostProcess? host in _hosts)
        {
            host?.Dispose();
        }
    }

    [ClusterFact]
    public async Task No_acknowledged_patch_is_lost_whatever_fails()
    {
        int faults = int.Parse(ClusterFactAttribute.Faults, CultureInfo.InvariantCulture);
        int seed = int.TryParse(Environment.GetEnvironmentVariable("STORE_SEED"), out int given) ? given : Environment.TickCount;
        Console.WriteLine($"STORE_SEED={seed}, {faults} faults.");
        await using PostgresCluster cluster = _cluster = await PostgresCluster.StartAsync();
        await StartHostsAsync(DocumentsOfTenant);
        foreach ((string Name, Func<string, string, Task<bool>> Fail)[] round in Choose(new Random(seed)).Take(faults).Chunk(9))
        {
            await RunAsync(round);
            foreach ((PatchLoad load, HostProcess host) in _loads.SelectMany(load => _hosts.Select(host => (load, host))))
            {
                await load.CheckAsync(host.Client, "after a round");
            }

            Console.WriteLine($"No patch was lost. {_loads[0]} {_loads[1]}");
        }
    }

    /// <summary>Makes parts fail, one after another, while clients send patches.</summary>
    private async Task RunAsync((string Name, Func<string, string, Task<bool>> Fail)[] faults)
    {
        bool stop = false;
        Task running = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            while (!Volatile.Read(ref stop))
            {
                // The whole cluster is on this machine: leave time for the failover.
                await _loads[client % _loads.Length].PatchAsync(_hosts[client % _hosts.Length].Client, client);
                await Task.Delay(100);
            }
        })));
        try
        {
            foreach ((string name, Func<string, string, Task<bool>> fail) in faults)
            {
                (string primary, string standby) = await _cluster.ReadyAsync(all: true);
                await ProgressAsync();
                Console.WriteLine($"{name} ({primary})");
                var watch = Stopwatch.StartNew();
                bool isReplaced = await fail(primary, standby);
                await _cluster.ReadyAsync(isReplaced ? primary : null);
                TimeSpan ready = watch.Elapsed;
                TimeSpan[] recovered = await Task.WhenAll(_hosts.Select((host, i) => RecoverAsync(host, Clients + i)));
                string hosts = string.Join(", ", recovered.Select(time => $"{time.TotalSeconds:F1}"));
                long memory = _hosts.Max(static host => host.WorkingSet);
                string row = $"Ready after {ready.TotalSeconds:F1} s, hosts {hosts} s later, with at most {memory >> 20} MiB.";
                Console.WriteLine(row);
                Assert.True(recovered.Max() < RecoverWithin && memory < MaxMemory, row);
                await ProgressAsync();
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
        }

        await running;

        Task ProgressAsync() => Task.WhenAll(_loads.Select(static load => load.ProgressAsync(50)));
    }

    /// <summary>Clients may hold entity tags of changes that are not in the backup.</summary>
    [ClusterFact]
    public async Task A_backup_in_a_new_cluster_reuses_no_entity_tag()
    {
        string backup = Path.Combine(Path.GetTempPath(), $"patchgen-backup-{Guid.NewGuid()}"), path;
        var tags = new List<string>();
        try
        {
            await using (_cluster = await PostgresCluster.StartAsync())
            {
                path = (await StartHostsAsync(documents: 1))[0];
                await PatchAsync(2);
                await _cluster.BackupAsync(backup);
                await PatchAsync(3);
            }

            await using (_cluster = await PostgresCluster.StartAsync(backup))
            {
                await _cluster.ReadyAsync(all: true);
                await RestartAsync(0);
                await PatchAsync(3);
                Assert.Equal(8, tags.Distinct().Count());
                using var stale =
                    new HttpRequestMessage(HttpMethod.Patch, path) { Content = Body("stale"), Headers = { { "If-Match", tags[4] } } };
                Assert.Equal(412, (await SendAsync(stale)).Status);
            }
        }
        finally
        {
            Directory.Delete(backup, recursive: true);
        }

        async Task PatchAsync(int times)
        {
            for (int i = 0; i < times; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = Body($"vibe {tags.Count}") };
                ApiResponse response = await SendAsync(request);
                Assert.Equal(200, response.Status);
                tags.Add(response.ETag);
            }
        }

        async Task<ApiResponse> SendAsync(HttpRequestMessage request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", DemoKeys.Full);
            using HttpResponseMessage response = await _hosts[0].Client.SendAsync(request);
            return await ApiResponse.ReadAsync(response);
        }

        static StringContent Body(string vibe) => new($$"""{"vibe":"{{vibe}}"}""", Encoding.UTF8, "application/json");
    }

    /// <summary>Each fault returns whether another node must become the primary.</summary>
    private IEnumerable<(string Name, Func<string, string, Task<bool>> Fail)> Choose(Random random)
    {
        (string, Func<string, string, Task<bool>>)[] faults =
        [
            ("switch-over on request", async (primary, _) =>
            {
                await _cluster.SwitchOverAsync(primary);
                return true;
            }),
            ("kill -9 of the primary", (primary, _) => ForAWhileAsync("kill", "run", primary)),
            ("kill -9 of the synchronous standby", async (_, standby) =>
            {
                await ForAWhileAsync("kill", "run", standby, wait: false);
                return false;
            }),
            ("kill -9 of the leader of etcd", async (_, _) =>
            {
                await ForAWhileAsync("kill", "run", await _cluster.FindEtcdLeaderAsync(), wait: false);
                return false;
            }),
            ("kill -9 of a host", async (_, _) =>
            {
                await RestartAsync(random.Next(_hosts.Length));
                return false;
            }),
            ("SIGSTOP of the primary until it is replaced", (primary, _) => ForAWhileAsync("suspend", "resume", primary)),
            ("the primary cut off from the others, with clients on its side", (primary, _) => ForAWhileAsync("cut", "join", primary)),
            ("the disk of the primary full for 5 s", async (primary, _) =>
            {
                if (_cluster.CanFill)
                {
                    await _cluster.RunAsync("fill", primary);
                    await Task.Delay(5_000);
                    await _cluster.RunAsync("empty", primary);
                }

                return false;
            }),
            ("a rolling restart of everything", async (_, _) =>
            {
                foreach (string part in PostgresCluster.Parts)
                {
                    await ForAWhileAsync("kill", "run", part, wait: false);
                    await _cluster.ReadyAsync(all: true);
                }

                for (int host = 0; host < _hosts.Length; host++)
                {
                    await RestartAsync(host);
                }

                return false;
            }),
        ];
        faults = [.. faults.Where(static fault => fault.Item1.Contains(Only, StringComparison.Ordinal))];
        while (true)
        {
            random.Shuffle(faults);
            foreach ((string, Func<string, string, Task<bool>>) fault in faults)
            {
                yield return fault;
            }
        }
    }

    /// <summary>Makes a part fail and restores it: immediately, or with <paramref name="wait"/> once another node is the primary.</summary>
    private async Task<bool> ForAWhileAsync(string fail, string undo, string part, bool wait = true)
    {
        await _cluster.RunAsync(fail, part);
        if (wait)
        {
            await _cluster.PrimaryAsync(other: part);
        }

        await _cluster.RunAsync(undo, part);
        return wait;
    }

    /// <summary>Starts the hosts on the cluster, with documents of two tenants at the same paths.</summary>
    private async Task<string[]> StartHostsAsync(int documents)
    {
        (string primary, _) = await _cluster.ReadyAsync(all: true);
        string admin = _cluster.Admin(primary);
        await Storage.Tests.Postgres.PostgresServer.RunSqlAsync(admin, $"CREATE ROLE {User} LOGIN");
        Assert.Equal(
            (0, ""),
            await HostProcess.RunAsync("--migrate", "--Store:Kind", "Postgres", "--Store:Connection", admin, "--Store:User", User));
        for (int host = 0; host < _hosts.Length; host++)
        {
            _hosts[host] = await StartAsync(host);
        }

        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(
            new PostgresStoreOptions { ConnectionString = Connection(0) });
        string[] paths = await HostsOnPostgres.AddInfluencersAsync(store, documents);
        foreach (string path in paths)
        {
            string id = path[(path.LastIndexOf('/') + 1)..];
            await HostFixture.AddInfluencerAsync(store, DemoData.OtherTenant, influencer => influencer with { InfluencerId = id });
        }

        _loads = [new PatchLoad(paths), new PatchLoad(paths, key: DemoKeys.Other)];
        return paths;
    }

    private Task<HostProcess> StartAsync(int host) =>
        HostProcess.StartAsync(TestHost.ArgumentsOfProcess("unused", "Postgres", "--Store:Connection", Connection(host)));

    /// <summary>Sends clients to the new host after its first successful patch, as a load balancer does.</summary>
    private async Task RestartAsync(int host)
    {
        _hosts[host].Kill(); // not disposed: pending requests still use its client
        HostProcess next = await StartAsync(host);
        await RecoverAsync(next, Clients + host);
        _hosts[host] = next;
    }

    private string Connection(int host) => new NpgsqlConnectionStringBuilder
    {
        Host = host == 2 ? _cluster.ByProxy : _cluster.ByHosts,
        Username = User,
        Database = "postgres",
        MaxPoolSize = 30,
        Timeout = 3,
        CommandTimeout = 3,
    }.ConnectionString;

    private async Task<TimeSpan> RecoverAsync(HostProcess host, int client)
    {
        var watch = Stopwatch.StartNew();
        while (await _loads[0].PatchAsync(host.Client, client) != 200)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"A host did not recover. {_loads[0]}");
        }

        return watch.Elapsed;
    }
}

/// <summary>
/// A fact that needs a cluster; skipped with a reason if the packages are not installed. <c>STORE_CLUSTER</c> is the number of
/// faults, of nine kinds in random order: three by default, 180 in <c>.ci/soak</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterFactAttribute : FactAttribute
{
    public static readonly string Faults = Environment.GetEnvironmentVariable("STORE_CLUSTER") ?? "3";

    public ClusterFactAttribute() => Skip = PostgresCluster.Missing;
}
