using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Layers.PatchGen.Storage.Postgres;
using Npgsql;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>
/// Three PostgreSQL servers under Patroni with etcd, behind HAProxy, started by <c>tests/Cluster/cluster</c>.
/// </summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string User = "patchgen";
    private static readonly string[] Nodes = ["pg1", "pg2", "pg3"];

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(5) };
    private Dictionary<string, int> _ports = [];

    /// <summary>Why no cluster can be started; null if one can.</summary>
    public static string? Missing { get; } = PostgresServer.Missing ?? FindMissing();

    /// <summary>Options with the three servers, among which the store finds the primary.</summary>
    public PostgresStoreOptions ByHosts => Options(string.Join(',', Nodes.Select(node => $"127.0.0.1:{_ports["PG" + node[2..]]}")));

    /// <summary>Options with HAProxy, which forwards to the primary.</summary>
    public PostgresStoreOptions ByProxy => Options($"127.0.0.1:{_ports["HAPROXY"]}");

    public static async Task<PostgresCluster> StartAsync()
    {
        var cluster = new PostgresCluster();
        await cluster.ScriptAsync("start");
        cluster._ports = (await File.ReadAllLinesAsync(cluster._folder["ports"]))
            .Select(line => line.Split('=')).ToDictionary(line => line[0], line => int.Parse(line[1], CultureInfo.InvariantCulture));
        PostgresStoreOptions admin = cluster.ByHosts.WithConnection(
            connection => (connection.Username, connection.CommandTimeout) = ("postgres", 30));
        await PostgresServer.RunSqlAsync(cluster.Admin((await cluster.ReadyAsync()).Primary), $"CREATE ROLE {User} LOGIN");
        await PostgresDocumentStore.MigrateAsync(admin, User);
        return cluster;
    }

    /// <summary>Kills Patroni and PostgreSQL of a node.</summary>
    public Task KillAsync(string node) => ScriptAsync("kill", node);

    /// <summary>Starts a node that was killed.</summary>
    public Task RunAsync(string node) => ScriptAsync("run", node);

    /// <summary>Asks Patroni for a switchover to another node.</summary>
    public async Task SwitchOverAsync(string primary)
    {
        using var body = new StringContent($$"""{"leader":"{{primary}}"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _client.PostAsync(Api(primary, "switchover"), body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Waits for another primary with a synchronous standby, which can acknowledge changes.</summary>
    public async Task<(string Primary, string Standby)> ReadyAsync(string? other = null)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (await Nodes.ToAsyncEnumerable().FirstOrDefaultAsync((node, _) => IsAsync(node, "primary")) is { } primary
                && primary != other && await FindSynchronousAsync(primary) is { } standby && await IsAsync(standby, "sync"))
            {
                return (primary, standby);
            }

            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(3), "The cluster has no primary with a synchronous standby.");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ScriptAsync("stop");
        _client.Dispose();
        _folder.Delete();
    }

    private static PostgresStoreOptions Options(string hosts) => new()
    {
        ConnectionString = new NpgsqlConnectionStringBuilder
        {
            Host = hosts,
            Username = User,
            Database = "postgres",
            MaxPoolSize = 40,
            Timeout = 3,
            CommandTimeout = 3,
        }.ConnectionString,
        RecoveryTimeout = TimeSpan.FromSeconds(2),
    };

    private Uri Api(string node, string path) => new($"http://127.0.0.1:{_ports["API" + node[2..]]}/{path}");

    private string Admin(string node) =>
        $"Host=127.0.0.1;Port={_ports["PG" + node[2..]]};Username=postgres;Database=postgres;Pooling=false;Timeout=3";

    /// <summary>
    /// The synchronous standby that commits wait for, according to both the server and Patroni: Patroni's state may be outdated after a
    /// failover, and the server's standby may be one that Patroni would not promote yet.
    /// </summary>
    private async Task<string?> FindSynchronousAsync(string primary)
    {
        try
        {
            const string Sql =
                "SELECT application_name FROM pg_stat_replication WHERE sync_state = 'sync' AND NOT pg_is_in_recovery()";
            return await PostgresServer.RunSqlAsync(Admin(primary), Sql) as string;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    /// <summary>Whether a node has this role according to Patroni.</summary>
    private async ValueTask<bool> IsAsync(string node, string role)
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

    private async Task ScriptAsync(string command, params string[] arguments)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "cluster");
        var start = new ProcessStartInfo("bash", [script, command, _folder.Path, .. arguments])
        {
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"cluster {command}: {await process.StandardError.ReadToEndAsync()}");
        }
    }

    private static string? FindMissing()
    {
        string[] path = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"];
        string[] needed = ["patroni", "etcd", "haproxy", "curl", "python3", "setsid"];
        string[] missing = [.. needed.Where(name => !path.Any(folder => File.Exists(Path.Combine(folder, name))))];
        return missing.Length == 0
            ? null
            : $"NOT RUN: a cluster needs {string.Join(", ", missing)} (Debian packages patroni, python3-etcd, etcd-server, haproxy and "
                + "curl).";
    }
}
