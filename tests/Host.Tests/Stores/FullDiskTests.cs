using System.Diagnostics;
using System.Globalization;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.Host.Tests.Stores;

/// <summary>
/// A full disk under a running host: patches are rejected with a clear error, reads succeed, and patches succeed again once there is space,
/// without a restart.
/// </summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> StoresInFolders => [.. TestHost.StoresInFolders];

    public void Dispose() => _folder.Dispose();

    /// <summary>On a file system of a few megabytes, which only root can mount.</summary>
    [Theory]
    [MemberData(nameof(StoresInFolders))]
    public async Task A_full_file_system_is_507_until_there_is_space(string store)
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

    /// <summary>Only the tables are on the small file system: they are what usually fills a disk.</summary>
    [PostgresFact]
    public Task A_full_disk_of_PostgreSQL_is_507_until_there_is_space() => OnSmallDiskAsync(async disk =>
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
    /// A limit on the file size, set on the running process and removed again. The system reports another error than for a full disk, and
    /// sends a signal that ends a process unless it ignores it.
    /// </summary>
    [Theory]
    [MemberData(nameof(StoresInFolders))]
    public async Task A_file_size_limit_is_a_clear_error_until_it_is_removed(string store)
    {
        if (!OperatingSystem.IsLinux() || await Run("prlimit", "--version") != 0)
        {
            Console.WriteLine("NOT RUN: a limit on the size of files; prlimit is not installed.");
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
            Console.WriteLine("NOT RUN: a full disk; a tmpfs cannot be mounted here. A limit on the size of files is tested instead.");
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
        long space = new DriveInfo(disk).AvailableFreeSpace;
        await File.WriteAllBytesAsync(ballast, new byte[space - 1_000_000]);
        await FillAndRecoverAsync(store, host, paths, [507], () =>
        {
            File.Delete(ballast);
            return Task.CompletedTask;
        });
    }

    private static async Task FillAndRecoverAsync(string store, HostProcess host, string[] paths, int[] statuses, Func<Task> makeSpace)
    {
        // The documents grow until the disk is full.
        var load = new PatchLoad(paths, padding: 20_000);
        var rejections = new Dictionary<int, int>();
        for (int client = 0; rejections.Values.Sum() < 10; client = (client + 1) % 60)
        {
            int status = await load.PatchAsync(host.Client, client);
            if (status != 200)
            {
                rejections[status] = rejections.GetValueOrDefault(status) + 1;
            }

            Assert.True(load.Acknowledged < 20_000, "The disk did not become full.");
        }

        Assert.All(rejections.Keys, status => Assert.Contains(status, statuses));
        foreach (string path in paths)
        {
            Assert.Equal(200, (await PatchLoad.GetAsync(host.Client, path)).Status);
        }

        await makeSpace();
        bool stop = false;
        Task running = load.RunAsync([host.Client], clients: 8, () => Volatile.Read(ref stop));
        await load.ProgressAsync(50);
        Volatile.Write(ref stop, true);
        await running;
        await load.CheckAsync(host.Client, "after space was freed");
        Assert.Equal(0, load.NoResponse);
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
