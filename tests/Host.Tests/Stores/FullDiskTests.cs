using System.Diagnostics;
using System.Globalization;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.Host.Tests.Stores;

/// <summary>
/// A disk that is full under a running host: patches are rejected clearly, reads go on, and once there is room patches do too, without a
/// restart.
/// </summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> StoresInFolders => [.. TestHost.StoresInFolders];

    public void Dispose() => _folder.Dispose();

    /// <summary>A file system of a few megabytes, which only root can make.</summary>
    [Theory]
    [MemberData(nameof(StoresInFolders))]
    public async Task A_full_file_system_is_507_until_there_is_room(string store)
    {
        await OnSmallDiskAsync(async disk =>
        {
            string[] paths = await AddInfluencersAsync(disk, store);
            using (HostProcess host = await HostProcess.StartAsync(TestHost.ArgumentsOfProcess(disk, store)))
            {
                await FillDiskAndRecoverAsync(store, host, paths, disk);
            }

            using HostProcess again = await HostProcess.StartAsync(TestHost.ArgumentsOfProcess(disk, store));
        });
    }

    /// <summary>
    /// The tables on the small file system, the server's log on the large one: as a rule it is the tables that fill a disk.
    /// </summary>
    [PostgresFact]
    public Task A_full_disk_of_PostgreSQL_is_507_until_there_is_room() => OnSmallDiskAsync(async disk =>
    {
        var postgres = new HostsOnPostgres();
        await postgres.InitializeAsync();
        try
        {
            Assert.Equal(0, await Run("chmod", "0755", _folder.Path));
            Assert.Equal(0, await Run("chown", "postgres", disk));
            await postgres.Server.AdminAsync($"CREATE TABLESPACE small LOCATION '{disk}'");
            await postgres.Server.AdminAsync("ALTER TABLE patchgen.documents SET TABLESPACE small");
            string[] paths = await postgres.AddInfluencersAsync(8);
            using HostProcess host = await HostProcess.StartAsync(postgres.Arguments);
            await FillDiskAndRecoverAsync("Postgres", host, paths, disk);
        }
        finally
        {
            await postgres.DisposeAsync();
        }
    });

    /// <summary>
    /// No file may grow beyond a size; set from outside on the process that runs, and lifted again. The system calls that another error
    /// than a full disk, and besides sends a signal, of which a process that does not ignore it dies.
    /// </summary>
    [Theory]
    [MemberData(nameof(StoresInFolders))]
    public async Task A_limit_on_the_size_of_files_is_a_clear_error_until_it_is_lifted(string store)
    {
        if (!OperatingSystem.IsLinux() || await Run("prlimit", "--version") != 0)
        {
            Console.WriteLine("NOT RUN: a limit on the size of files; there is no prlimit here.");
            return;
        }

        string[] paths = await AddInfluencersAsync(_folder.Path, store);
        using HostProcess host = await HostProcess.StartFromShellAsync("trap '' XFSZ", TestHost.ArgumentsOfProcess(_folder.Path, store));
        long largest = new DirectoryInfo(_folder.Path).GetFiles().Max(file => file.Length);
        Assert.Equal(
            0,
            await Run(
                "prlimit", "--pid", host.Id, string.Create(CultureInfo.InvariantCulture, $"--fsize={largest + 1_000_000}:unlimited")));
        await FillAndRecoverAsync(
            store,
            host,
            paths,
            [503, 507],
            async () => Assert.Equal(0, await Run("prlimit", "--pid", host.Id, "--fsize=unlimited:unlimited")));
    }

    private async Task OnSmallDiskAsync(Func<string, Task> test)
    {
        string disk = Path.Combine(_folder.Path, "disk");
        Directory.CreateDirectory(disk);
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || await Run(
            "mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk) != 0)
        {
            Console.WriteLine("NOT RUN: a full disk; a tmpfs cannot be mounted here. A limit on the size of files stands for it.");
            return;
        }

        try
        {
            await test(disk);
        }
        finally
        {
            Assert.Equal(0, await Run("umount", disk));
        }
    }

    private static async Task FillDiskAndRecoverAsync(string store, HostProcess host, string[] paths, string disk)
    {
        string ballast = Path.Combine(disk, "ballast");
        long room = new DriveInfo(disk).AvailableFreeSpace;
        await File.WriteAllBytesAsync(ballast, new byte[room - 1_000_000]);
        await FillAndRecoverAsync(store, host, paths, [507], () =>
        {
            File.Delete(ballast);
            return Task.CompletedTask;
        });
    }

    private static async Task FillAndRecoverAsync(string store, HostProcess host, string[] paths, int[] statuses, Func<Task> makeRoom)
    {
        // Documents that grow until they do not fit.
        var load = new PatchLoad(paths, padding: 20_000);
        var rejections = new Dictionary<int, int>();
        for (int client = 0; rejections.Values.Sum() < 10; client = (client + 1) % 60)
        {
            int status = await load.PatchAsync(host.Client, client);
            if (status != 200)
            {
                rejections[status] = rejections.GetValueOrDefault(status) + 1;
            }

            Assert.True(load.Acknowledged < 20_000, "The disk does not become full.");
        }

        Assert.All(rejections.Keys, status => Assert.Contains(status, statuses));
        foreach (string path in paths)
        {
            Assert.Equal(200, (await PatchLoad.GetAsync(host.Client, path)).Status);
        }

        await makeRoom();
        bool stop = false;
        Task running = load.RunAsync([host.Client], clients: 8, () => Volatile.Read(ref stop));
        await load.ProgressAsync(50);
        Volatile.Write(ref stop, true);
        await running;
        await load.CheckAsync(host.Client, "after there was room");
        Assert.Equal(0, load.Unanswered);
        Console.WriteLine(
            $"{store}, full: {string.Join(", ", rejections.Select(rejection => $"{rejection.Value} times {rejection.Key}"))}. {load}");
    }

    private static async Task<string[]> AddInfluencersAsync(string folder, string store)
    {
        await using var app = HostApp.Build(TestHost.Arguments(folder, "--Store:Kind", store));
        return await HostsOnPostgres.AddInfluencersAsync(app.Services.GetRequiredService<IDocumentStore>(), 8);
    }

    private static async Task<int> Run(string command, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return 127;
        }
    }
}
