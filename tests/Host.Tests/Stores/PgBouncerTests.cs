using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Storage.Tests.Postgres;
using Npgsql;

namespace Layers.PatchGen.Host.Tests.Stores;

/// <summary>A host behind PgBouncer, which may use another server connection for each transaction.</summary>
public sealed class PgBouncerTests(HostsOnPostgres postgres) : IClassFixture<HostsOnPostgres>
{
    [PgBouncerFact]
    public async Task Behind_PgBouncer_in_transaction_mode_no_patch_fails_or_is_lost()
    {
        var load = new PatchLoad(await postgres.AddInfluencersAsync(50));
        using var bouncer = await PgBouncer.StartAsync(postgres.Server.Port);
        using HostProcess host = await StartHostAsync(bouncer, "--Store:Prepare", "false");
        await load.RunAsync([host.Client], clients: 32, () => load.Acknowledged + load.Rejected >= 2000);
        await load.CheckAsync(host.Client, "behind PgBouncer");
        Assert.Equal(0, load.Rejected + load.NoResponse);
    }

    [PgBouncerFact]
    public async Task The_log_names_the_setting_that_PgBouncer_needs()
    {
        var load = new PatchLoad(await postgres.AddInfluencersAsync(50));
        using var bouncer = await PgBouncer.StartAsync(postgres.Server.Port);
        using HostProcess host = await StartHostAsync(bouncer);
        await load.RunAsync([host.Client], clients: 32, () => load.Rejected > 0);
        string? line;
        while ((line = await host.ReadLineAsync()) is not null && !line.Contains("Set Prepare to false", StringComparison.Ordinal))
        {
        }

        Assert.NotNull(line);
    }

    private Task<HostProcess> StartHostAsync(PgBouncer bouncer, params string[] arguments) => HostProcess.StartAsync(
        TestHost.ArgumentsOfProcess("unused", "Postgres", ["--Store:Connection", bouncer.Through(postgres.Connection), .. arguments]));
}

/// <summary>PgBouncer on a free port, with a small pool of connections to a server.</summary>
internal sealed class PgBouncer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port;
    private Process? _process;

    private PgBouncer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<PgBouncer> StartAsync(int server)
    {
        var bouncer = new PgBouncer();
        string settings = Path.Combine(bouncer._folder.Path, "pgbouncer.ini"), users = Path.Combine(bouncer._folder.Path, "users");
        await File.WriteAllTextAsync(users, "\"patchgen_host\" \"\"");
        await File.WriteAllTextAsync(
            settings,
            $"""
            [databases]
            * = host=127.0.0.1 port={server}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {bouncer._port}
            unix_socket_dir =
            auth_type = trust
            auth_file = {users}
            pool_mode = transaction
            default_pool_size = 5
            """);
        // It does not run as root.
        string[] asServer = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--"] : [];
        string[] command = [.. asServer, "pgbouncer", "-q", settings];
        if (Environment.IsPrivilegedProcess)
        {
            using var owner = Process.Start("chmod", ["-R", "a+rX", bouncer._folder.Path]);
            await owner.WaitForExitAsync();
        }

        bouncer._process = Process.Start(command[0], command[1..]);
        return bouncer;
    }

    /// <summary>The connection string of a host that uses this PgBouncer.</summary>
    public string Through(string connection) =>
        new NpgsqlConnectionStringBuilder(connection) { Port = _port }.ConnectionString;

    public void Dispose()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
        _folder.Dispose();
    }
}

/// <summary>A fact that needs PostgreSQL and PgBouncer; skipped with a reason if one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PgBouncerFactAttribute : FactAttribute
{
    public PgBouncerFactAttribute() => Skip = PostgresServer.Missing
        ?? (IsInstalled ? null : "NOT RUN: PgBouncer is not installed (Debian's package pgbouncer).");

    private static bool IsInstalled => ((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)).Append("/usr/sbin")
        .Any(static folder => File.Exists(Path.Combine(folder, "pgbouncer")));
}
