using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;

namespace Layers.PatchGen.Host.Tests.Running;

/// <summary>What is there after the host has ended, in order or not.</summary>
public sealed class RestartTests : IDisposable
{
    private const string Ava = "/v1/influencers/" + DemoData.Ava;

    private readonly TemporaryFolder _folder = new();

    private string[] Arguments => TestHost.Arguments(_folder.Path, "--Logging:LogLevel:Layers.PatchGen.Host", "Information");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_restart_keeps_documents_and_versions_and_does_not_put_the_demo_back()
    {
        string patched;
        string etag;
        await using (var app = HostApp.Build(Arguments))
        {
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            using HttpResponseMessage answer = await PatchAsync(client, """{"name":"Renamed","vibe":null,"personality":{"humor":null,"x":1}}""");
            Assert.Equal(200, (int)answer.StatusCode);
            patched = await answer.Content.ReadAsStringAsync();
            etag = answer.Headers.ETag!.Tag;
        }

        await using (var app = HostApp.Build(Arguments))
        {
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            using HttpResponseMessage answer = await GetAsync(client);
            Assert.Equal(patched, await answer.Content.ReadAsStringAsync());
            Assert.Equal(etag, answer.Headers.ETag!.Tag);
        }
    }

    /// <summary>Three rounds; as many as PATCHGEN_KILL_ROUNDS says where that is set.</summary>
    [Fact]
    public async Task Kill_9_under_load_loses_no_acknowledged_patch()
    {
        const int writers = 8;
        int rounds = int.Parse(Environment.GetEnvironmentVariable("PATCHGEN_KILL_ROUNDS") ?? "3", CultureInfo.InvariantCulture);
        int seed = Environment.TickCount;
        var random = new Random(seed);
        long[] acknowledged = new long[writers];
        long[] sent = new long[writers];
        for (int round = 0; round < rounds; round++)
        {
            using HostProcess host = await HostProcess.StartAsync(Arguments);
            await CheckAsync(host.Client, acknowledged, sent, $"seed {seed}, before round {round}");
            Task[] writing = [.. Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync(host.Client, writer, acknowledged, sent)))];
            await Task.Delay(random.Next(300, 1500));
            host.Kill();
            await Task.WhenAll(writing);
        }

        using HostProcess last = await HostProcess.StartAsync(Arguments);
        await CheckAsync(last.Client, acknowledged, sent, $"seed {seed}, at the end");
        Assert.All(acknowledged, count => Assert.NotEqual(0, count));
    }

    // One key of one document for each writer, counting up, until the host is gone.
    private static async Task WriteAsync(HttpClient client, int writer, long[] acknowledged, long[] sent)
    {
        try
        {
            while (true)
            {
                long next = ++sent[writer];
                using HttpResponseMessage answer = await PatchAsync(client, $$$"""{"personality":{"w{{{writer}}}":{{{next}}}}}""");
                if ((int)answer.StatusCode == 200)
                {
                    acknowledged[writer] = next;
                }
            }
        }
        catch (HttpRequestException)
        {
        }
    }

    private static async Task CheckAsync(HttpClient client, long[] acknowledged, long[] sent, string when)
    {
        using HttpResponseMessage answer = await GetAsync(client);
        JsonElement personality = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("personality");
        for (int writer = 0; writer < acknowledged.Length; writer++)
        {
            long stored = personality.TryGetProperty($"w{writer}", out JsonElement value) ? value.GetInt64() : 0;
            Assert.True(stored >= acknowledged[writer] && stored <= sent[writer], $"{when}: writer {writer} was told {acknowledged[writer]} of {sent[writer]}, and {stored} is stored.");
        }
    }

    private static async Task<HttpResponseMessage> PatchAsync(HttpClient client, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, Ava) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", DemoKeys.Full);
        return await client.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Ava);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", DemoKeys.Full);
        return await client.SendAsync(request);
    }
}
