using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Running;

/// <summary>Data after the host was stopped or killed.</summary>
public sealed class RestartTests : IDisposable
{
    private const string Ava = "/v1/influencers/" + DemoData.Ava;

    private readonly TemporaryFolder _folder = new();

    /// <summary>How often a host is killed: PATCHGEN_KILL_ROUNDS, by default 3.</summary>
    internal static int Rounds { get; } = int.Parse(
        Environment.GetEnvironmentVariable("PATCHGEN_KILL_ROUNDS") ?? "3", CultureInfo.InvariantCulture);

    public static TheoryData<string> StoresInFolders => [.. TestHost.StoresInFolders];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(StoresInFolders))]
    public async Task A_restart_keeps_documents_and_versions_and_does_not_reset_the_demo(string store)
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
            ApiResponse response = await PatchLoad.GetAsync(client, Ava);
            patched = response.Text;
            etag = response.ETag;
        }

        await using (var app = HostApp.Build(arguments))
        {
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            ApiResponse response = await PatchLoad.GetAsync(client, Ava);
            Assert.Equal(patched, response.Text);
            Assert.Equal(etag, response.ETag);
            await load.CheckAsync(client, "after the restart");
        }
    }

    /// <summary>
    /// A client holds the tag of a change that was lost when a backup was restored. The next change has the same version number and another
    /// tag.
    /// </summary>
    [Theory]
    [MemberData(nameof(StoresInFolders))]
    public async Task A_tag_from_before_a_restore_matches_nothing_afterwards(string store)
    {
        string[] arguments = TestHost.Arguments(_folder.Path, "--Store:Kind", store);
        using var backup = new TemporaryFolder();
        await WithHostAsync(async client => Assert.Equal(200, (await SendAsync(client, "PATCH", """{"vibe":"backed up"}""")).Status));
        Copy(_folder.Path, backup.Path);
        string lost = "";
        await WithHostAsync(async client => lost = (await SendAsync(client, "PATCH", """{"vibe":"lost"}""")).ETag);
        Copy(backup.Path, _folder.Path);

        await WithHostAsync(async client =>
        {
            string now = (await SendAsync(client, "PATCH", """{"vibe":"instead"}""")).ETag;
            Assert.Equal(lost.Split('-')[1], now.Split('-')[1]);
            Assert.NotEqual(lost, now);
            Assert.Equal(200, (await SendAsync(client, "GET", null, ("If-None-Match", lost))).Status);
            Assert.Equal(412, (await SendAsync(client, "PATCH", """{"vibe":"overwritten"}""", ("If-Match", lost))).Status);
            Assert.Contains("instead", (await SendAsync(client, "GET", null)).Text, StringComparison.Ordinal);
        });

        async Task WithHostAsync(Func<HttpClient, Task> act)
        {
            await using var app = HostApp.Build(arguments);
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            await act(client);
        }

        static void Copy(string from, string to)
        {
            foreach (string file in Directory.GetFiles(from))
            {
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
            }
        }
    }

    [Theory]
    [MemberData(nameof(StoresInFolders))]
    public async Task Kill_9_under_load_loses_no_acknowledged_patch(string store) =>
        await KillAsync(store, TestHost.ArgumentsOfProcess(_folder.Path, store), [Ava], Rounds);

    private static async Task<ApiResponse> SendAsync(
        HttpClient client, string method, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Ava);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", DemoKeys.Full);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        return await ApiResponse.ReadAsync(response);
    }

    /// <summary>
    /// Repeatedly starts the host and kills it under load at a random time. Before each round and at the end, all acknowledged patches must
    /// be stored.
    /// </summary>
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
            await load.ProgressAsync(10); // on a busy machine, the first patches take longer
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
