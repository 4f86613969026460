using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;

namespace Layers.PatchGen.Host.Tests.Stores;

/// <summary>The data folder: used by one host at a time, and checked for restored backups.</summary>
public sealed class FolderTests : IDisposable
{
    private const string Ava = "/v1/influencers/" + DemoData.Ava;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, bool> StoresAndLocks
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (string store in TestHost.StoresInFolders)
            {
                data.Add(store, true);
                data.Add(store, false);
            }

            return data;
        }
    }

    public static TheoryData<string> StoresInFolders => [.. TestHost.StoresInFolders];

    public void Dispose() => _folder.Dispose();

    /// <summary>Even if the lock file was deleted, or file locking is disabled in .NET.</summary>
    [Theory]
    [MemberData(nameof(StoresAndLocks))]
    public async Task A_second_host_is_rejected(string store, bool dotNetLocks)
    {
        string environment = $"export DOTNET_SYSTEM_IO_DISABLEFILELOCKING={(dotNetLocks ? 0 : 1)}";
        string[] arguments = TestHost.ArgumentsOfProcess(_folder.Path, store);
        var load = new PatchLoad([Ava]);
        using HostProcess first = await HostProcess.StartFromShellAsync(environment, arguments);
        File.Delete(Directory.GetFiles(_folder.Path, "*.lock").Single());
        bool stop = false;
        Task running = load.RunAsync([first.Client], clients: 4, () => Volatile.Read(ref stop));

        (int code, string error) = await HostProcess.RunFromShellAsync(environment, arguments);
        Assert.Equal(1, code);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Matches($"^The store cannot be opened. The database {_folder.Path}/documents[.].* is in use by another process", error);

        await load.ProgressAsync(20);
        Volatile.Write(ref stop, true);
        await running;
        first.Kill();
        using HostProcess again = await HostProcess.StartAsync(arguments);
        await load.CheckAsync(again.Client, "after the second host was rejected");
    }

    [Theory]
    [MemberData(nameof(StoresInFolders))]
    public async Task A_restored_backup_is_opened_with_accept_restore(string store)
    {
        string[] arguments = TestHost.ArgumentsOfProcess(_folder.Path, store);
        string database = Path.Combine(
            _folder.Path, $"documents.{store.ToLowerInvariant()}"), backup = Path.Combine(_folder.Path, "backup");
        var load = new PatchLoad([Ava]);
        await PatchAsync();
        File.Copy(database, backup);
        await PatchAsync();
        File.Copy(backup, database, overwrite: true);

        (int code, string error) = await HostProcess.RunAsync(arguments);
        Assert.Equal(1, code);
        Assert.Single(error.Trim().Split('\n'));
        Assert.StartsWith($"The store cannot be opened. The database {database} ends at commit ", error, StringComparison.Ordinal);
        Assert.EndsWith("With this host, that is --accept-restore on the command line.", error.Trim(), StringComparison.Ordinal);

        using (HostProcess accepting = await HostProcess.StartAsync([.. arguments, "--accept-restore"]))
        {
            Assert.Contains(
                $"Opened with AcceptRestore: acknowledged changes may be missing. The database {database} ends at commit ",
                accepting.Output,
                StringComparison.Ordinal);
            Assert.Equal(200, (await PatchLoad.GetAsync(accepting.Client, Ava)).Status);
            accepting.Kill();
        }

        using HostProcess again = await HostProcess.StartAsync(arguments);
        Assert.DoesNotContain("AcceptRestore", again.Output, StringComparison.Ordinal);
        Assert.Equal(200, (await PatchLoad.GetAsync(again.Client, Ava)).Status);

        async Task PatchAsync()
        {
            await using var app = HostApp.Build(TestHost.Arguments(_folder.Path, "--Store:Kind", store));
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            Assert.Equal(200, await load.PatchAsync(client, 1));
        }
    }

    [Theory]
    [InlineData("Memory")]
    [InlineData("Postgres")]
    public async Task Accept_restore_is_for_stores_in_files(string store)
    {
        (int code, string error) = await HostProcess.RunAsync("--accept-restore", "--Store:Kind", store);
        Assert.Equal(1, code);
        Assert.Equal($"--accept-restore is for the stores in files, LiteDb and Sqlite; Store:Kind is {store}.", error.Trim());
    }
}
