using System.Globalization;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;

namespace Layers.PatchGen.Host.Tests.Running;

/// <summary>What is there after the host has ended, in order or not.</summary>
public sealed class RestartTests : IDisposable
{
    private const string Ava = "/v1/influencers/" + DemoData.Ava;

    private readonly TemporaryFolder _folder = new();

    /// <summary>How often a host is killed: 3 times, or as PATCHGEN_KILL_ROUNDS says.</summary>
    internal static int Rounds { get; } = int.Parse(Environment.GetEnvironmentVariable("PATCHGEN_KILL_ROUNDS") ?? "3", CultureInfo.InvariantCulture);

    public static TheoryData<string> StoresInFolders => [.. TestHost.StoresInFolders];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(StoresInFolders))]
    public async Task A_restart_keeps_documents_and_versions_and_does_not_put_the_demo_back(string store)
    {
        string[] arguments = TestHost.Arguments(_folder.Path, "--Store:Kind", store);
        var load = new PatchLoad([Ava]);
        string patched;
        string etag;
        await using (var app = HostApp.Build(arguments))
        {
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            Assert.Equal(200, await load.PatchAsync(client, 1));
            Answer answer = await PatchLoad.GetAsync(client, Ava);
            patched = answer.Text;
            etag = answer.ETag;
        }

        await using (var app = HostApp.Build(arguments))
        {
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            Answer answer = await PatchLoad.GetAsync(client, Ava);
            Assert.Equal(patched, answer.Text);
            Assert.Equal(etag, answer.ETag);
            await load.CheckAsync(client, "after the restart");
        }
    }

    [Theory]
    [MemberData(nameof(StoresInFolders))]
    public async Task Kill_9_under_load_loses_no_acknowledged_patch(string store) =>
        await KillAsync(store, TestHost.ArgumentsOfProcess(_folder.Path, store), [Ava], Rounds);

    /// <summary>Starts the host, kills it at a random moment under load, and so on; before each round and at the end everything that it acknowledged must be there.</summary>
    internal static async Task KillAsync(string store, string[] arguments, string[] paths, int rounds)
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        var load = new PatchLoad(paths);
        for (int round = 0; round < rounds; round++)
        {
            using HostProcess host = await HostProcess.StartAsync(arguments);
            await load.CheckAsync(host.Client, $"seed {seed}, before round {round}");
            Task running = load.RunAsync([host.Client], clients: 8, () => false);
            await load.ProgressAsync(10); // a busy machine takes longer to have something to lose
            await Task.Delay(random.Next(300, 1500));
            host.Kill();
            await running;
        }

        using HostProcess last = await HostProcess.StartAsync(arguments);
        await load.CheckAsync(last.Client, $"seed {seed}, at the end");
        Assert.InRange(load.Acknowledged, rounds * 10, int.MaxValue);
        Console.WriteLine($"{store}: {rounds} rounds of kill -9. {load}");
    }
}
