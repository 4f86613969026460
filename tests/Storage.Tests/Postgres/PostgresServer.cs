using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>
/// A PostgreSQL server from the installed binaries in a temporary folder, on a free port, deleted afterwards.
/// </summary>
internal sealed class PostgresServer
{
    /// <summary>The name of each server as a standby.</summary>
    public const string Name = "patchgen";

    private readonly TemporaryFolder _folder = new();
    private readonly string _binaries;

    private PostgresServer(string binaries)
    {
        _binaries = binaries;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The folder of <c>initdb</c>: in PATH, or that of the Debian package; null if it is not installed.</summary>
    public static string? Binaries { get; } = FindBinaries();

    /// <summary>Why no server can be started; null if one can.</summary>
    public static string? Missing { get; } = Binaries is null
        ? "NOT RUN: PostgreSQL is not installed (initdb on the path, or Debian's package postgresql)."
        : null;

    public int Port { get; }

    /// <summary>The connection string of a superuser.</summary>
    public string AdminConnection => $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;Pooling=false";

    private string Data => _folder["data"];

    public static async Task<PostgresServer> StartNewAsync()
    {
        var server = new PostgresServer(Binaries ?? throw new InvalidOperationException("PostgreSQL is not installed."));
        if (Environment.IsPrivilegedProcess)
        {
            // The server does not run as root.
            await Run("chown", "postgres", server._folder.Path);
        }

        await server.RunAsServer(
            "initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--data-checksums", "--no-sync");
        await server.StartAsync();
        return server;
    }

    /// <summary>Creates a streaming standby of another server, which must run.</summary>
    public static async Task<PostgresServer> StartStandbyAsync(PostgresServer primary)
    {
        var server = new PostgresServer(primary._binaries);
        if (Environment.IsPrivilegedProcess)
        {
            await Run("chown", "postgres", server._folder.Path);
        }

        await server.BecomeStandbyAsync(primary);
        return server;
    }

    /// <summary>
    /// Deletes the data of this server, which must not run, and turns it into a streaming standby of another, on the same port.
    /// </summary>
    public async Task BecomeStandbyAsync(PostgresServer primary)
    {
        if (Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }

        await RunAsServer(
            "pg_basebackup", "-D", Data, "-h", "127.0.0.1", "-p", primary.Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres",
            "-X", "stream", "--write-recovery-conf", "--checkpoint=fast", "--no-sync");
        await StartAsync();
    }

    /// <summary>Runs SQL as a superuser.</summary>
    /// <returns>The first value of the first row.</returns>
    public Task<object?> AdminAsync(string sql) => RunSqlAsync(AdminConnection, sql);

    public static async Task<object?> RunSqlAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public Task PromoteAsync() => RunAsServer("pg_ctl", "promote", "-w", "-D", Data);

    public async Task StartAsync()
    {
        // After a kill, some of the old server's processes can still run and hold its memory: then try again. The server handles its pid
        // file.
        for (int tried = 0; ; tried++)
        {
            int code = await RunAsServer(
                false, "pg_ctl", "start", "-w", "-D", Data, "-l", _folder["data/log"],
                "-o", $"-p {Port.ToString(CultureInfo.InvariantCulture)} -c listen_addresses=127.0.0.1 -c unix_socket_directories= "
                    + $"-c max_connections=200 -c cluster_name={Name}");
            if (code == 0)
            {
                return;
            }

            if (tried == 50)
            {
                throw new InvalidOperationException($"PostgreSQL did not start: {await File.ReadAllTextAsync(_folder["data/log"])}");
            }

            await Task.Delay(100);
        }
    }

    public async Task<bool> IsRunningAsync() => await RunAsServer(false, "pg_ctl", "status", "-D", Data) == 0;

    public Task StopAsync(string mode) => RunAsServer("pg_ctl", "stop", "-w", "-D", Data, "-m", mode);

    /// <summary>Kills the server's main process, as the kernel does when it is out of memory; the others end by themselves.</summary>
    public async Task KillAsync()
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid"));
        using var process = Process.GetProcessById(int.Parse(lines[0], CultureInfo.InvariantCulture));
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Suspends all processes of the server: connections stay open and get no response.</summary>
    public Task SuspendAsync() => SignalAsync("-STOP");

    /// <summary>Resumes a suspended server.</summary>
    public Task ResumeAsync() => SignalAsync("-CONT");

    public async Task DeleteAsync()
    {
        // A failed test can leave it in any state.
        if (await IsRunningAsync())
        {
            await ResumeAsync();
            await RunAsServer(false, "pg_ctl", "stop", "-w", "-D", Data, "-m", "immediate");
        }

        await _folder.DeleteAsync();
    }

    private async Task SignalAsync(string signal)
    {
        string first = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        string children = await File.ReadAllTextAsync($"/proc/{first}/task/{first}/children");

        // If a child ends in the meantime, kill signals the others and reports failure.
        await Run(false, "kill", [signal, first, .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    private static string? FindBinaries()
    {
        IEnumerable<string> path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        IEnumerable<string> debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(
                folder => folder, StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin"))
            : [];

        // PATH may have a link to this command only.
        return path.Concat(debian)
            .Select(folder => Path.Combine(folder, "initdb"))
            .Where(File.Exists)
            .Select(initdb => Path.GetDirectoryName(File.ResolveLinkTarget(initdb, returnFinalTarget: true)?.FullName ?? initdb))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder!, "pg_ctl")) && File.Exists(Path.Combine(folder!, "pg_basebackup")));
    }

    private Task<int> RunAsServer(string command, params string[] arguments) => RunAsServer(true, command, arguments);

    private Task<int> RunAsServer(bool mustSucceed, string command, params string[] arguments)
    {
        string file = Path.Combine(_binaries, command);
        return Environment.IsPrivilegedProcess
            ? Run(mustSucceed, "runuser", ["-u", "postgres", "--", file, .. arguments])
            : Run(mustSucceed, file, arguments);
    }

    private static Task<int> Run(string file, params string[] arguments) => Run(true, file, arguments);

    private static async Task<int> Run(bool mustSucceed, string file, string[] arguments)
    {
        // Without a pipe, which the server would inherit and keep open.
        using Process process = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > /dev/null 2>&1", "sh", file, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 || !mustSucceed
            ? process.ExitCode
            : throw new InvalidOperationException($"{file} {string.Join(' ', arguments)}: exit code {process.ExitCode}");
    }
}
