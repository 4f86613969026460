using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Layers.PatchGen.Storage.Tests.Postgres;
using Npgsql;
using TemporaryFolder = Layers.PatchGen.Storage.Tests.TemporaryFolder;

namespace Layers.PatchGen.Host.Tests.Cluster;

/// <summary>
/// Three PostgreSQL servers under Patroni, three members of etcd and HAProxy on loopback, started by <c>tests/Cluster/cluster</c>.
/// </summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly string[] Nodes = ["pg1", "pg2", "pg3"];
    private static readonly string[] Members = ["etcd1", "etcd2", "etcd3"];

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(2) };
    private Dictionary<string, int> _ports = [];

    /// <summary>The reason why no cluster can be started; null if it can.</summary>
    public static string? Missing { get; } = PostgresServer.Missing ?? FindMissing();

    /// <summary>The parts that can be restarted separately.</summary>
    public static IEnumerable<string> Parts => [.. Nodes, .. Members, "haproxy"];

    /// <summary>The servers for a connection string, among which a host finds the primary.</summary>
    public string ByHosts => string.Join(',', Nodes.Select(node => $"127.0.0.1:{Port("PG", node)}"));

    /// <summary>The address of HAProxy, which forwards to the primary.</summary>
    public string ByProxy => $"127.0.0.1:{_ports["HAPROXY"]}";

    /// <param name="backup">The folder of the backup to start from; null for an empty database.</param>
    public static async Task<PostgresCluster> StartAsync(string? backup = null)
    {
        var cluster = new PostgresCluster();
        try
        {
            await cluster.RunAsync(backup is null ? ["start"] : ["start", backup]);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        cluster._ports = (await File.ReadAllLinesAsync(cluster._folder["ports"]))
            .Select(line => line.Split('=')).ToDictionary(line => line[0], line => int.Parse(line[1], CultureInfo.InvariantCulture));
        return cluster;
    }

    /// <summary>Runs a command of the script on one part.</summary>
    public Task RunAsync(string command, string part) => RunAsync([command, part]);

    /// <summary>Copies the running primary into a folder that the user of PostgreSQL can create.</summary>
    public Task BackupAsync(string folder) => RunAsync("backup", folder);

    /// <summary>Whether the disk of a node can be filled here.</summary>
    public bool CanFill => File.Exists(_folder["pg1.mounted"]);

    /// <summary>The connection string of a superuser on a node.</summary>
    public string Admin(string node) =>
        $"Host=127.0.0.1;Port={Port("PG", node)};Username=postgres;Database=postgres;Pooling=false;Timeout=3";

    /// <summary>Requests a switchover to another primary from Patroni.</summary>
    public async Task SwitchOverAsync(string primary)
    {
        using var body = new StringContent($$"""{"leader":"{{primary}}"}""", Encoding.UTF8, "application/json");
        using var client = new HttpClient();
        using HttpResponseMessage response = await client.PostAsync(Api(primary, "switchover"), body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Returns the leader of etcd.</summary>
    public async Task<string> FindEtcdLeaderAsync()
    {
        foreach (string member in Members)
        {
            var url = new Uri($"http://127.0.0.1:{Port("ETCD", member)}/v3/maintenance/status");
            using HttpResponseMessage response = await _client.PostAsync(url, new StringContent("{}"));
            JsonNode status = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
            if ((string?)status["leader"] == (string?)status["header"]!["member_id"])
            {
                return member;
            }
        }

        throw new InvalidOperationException("etcd has no leader.");
    }

    /// <summary>Waits until a node other than <paramref name="other"/> is the primary.</summary>
    public async Task PrimaryAsync(string other)
    {
        var watch = Stopwatch.StartNew();
        while (
            !(await Task.WhenAll(Nodes.Where(node => node != other).Select(node => IsAsync(node, "primary")))).Any(isPrimary => isPrimary))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(3), "The cluster has no other primary.");
            await Task.Delay(50);
        }
    }

    /// <summary>
    /// Waits until a node other than <paramref name="other"/> is the primary and has a synchronous standby, so that it can acknowledge
    /// changes; with <paramref name="all"/>, also until all nodes are running.
    /// </summary>
    public async Task<(string Primary, string Standby)> ReadyAsync(string? other = null, bool all = false)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            foreach (string primary in Nodes.Where(node => node != other))
            {
                if (await IsAsync(primary, "primary")
                    && await FindSynchronousAsync(primary) is { } standby
                    && await IsAsync(standby, "sync")
                    && (!all || (await Task.WhenAll(Nodes.Where(node => node != primary).Select(node => IsAsync(node, "replica")))).All(
                        isReplica => isReplica)))
                {
                    return (primary, standby);
                }
            }

            if (watch.Elapsed > TimeSpan.FromMinutes(3))
            {
                string logs = Directory.CreateTempSubdirectory("patchgen-cluster-").FullName;
                foreach (string node in Nodes)
                {
                    File.Copy(_folder[$"{node}.log"], Path.Combine(logs, $"{node}.log"));
                }

                Assert.Fail($"The cluster has no primary with a synchronous standby; its logs are in {logs}.");
            }

            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop");
        _client.Dispose();
        await _folder.DeleteAsync();
    }

    private int Port(string kind, string part) => _ports[kind + part[^1]];

    private Uri Api(string node, string path) => new($"http://127.0.0.1:{Port("API", node)}/{path}");

    /// <summary>
    /// Returns the synchronous standby that commits wait for. The status of Patroni may predate a failover. The server may report a standby
    /// that Patroni does not know and would not promote, or a base backup in progress.
    /// </summary>
    private async Task<string?> FindSynchronousAsync(string primary)
    {
        try
        {
            return await PostgresServer.RunSqlAsync(
                Admin(primary),
                $"""
                SELECT application_name FROM pg_stat_replication
                WHERE sync_state = 'sync' AND NOT pg_is_in_recovery() AND application_name IN ('{string.Join("', '", Nodes)}')
                """) as string;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    /// <summary>Whether Patroni reports this role for a node.</summary>
    private async Task<bool> IsAsync(string node, string role)
    {
        try
        {
            using HttpResponseMessage response = await _client.GetAsync(Api(node, role));
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task RunAsync(params string[] arguments)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "cluster");
        var start = new ProcessStartInfo(
            "bash", [script, arguments[0], _folder.Path, .. arguments[1..]]) { RedirectStandardError = true, WorkingDirectory = "/" };
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"cluster {string.Join(' ', arguments)}: {await process.StandardError.ReadToEndAsync()}");
        }
    }

    private static string? FindMissing()
    {
        string[] path = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"];
        string[] missing = [.. new[] { "patroni", "etcd", "haproxy", "curl", "python3", "setsid" }
            .Where(name => !path.Any(folder => File.Exists(Path.Combine(folder, name))))];
        return missing.Length == 0
            ? null
            : $"NOT RUN: a cluster needs {string.Join(", ", missing)} "
                + "(Debian's packages patroni, python3-etcd, etcd-server, haproxy, curl).";
    }
}
