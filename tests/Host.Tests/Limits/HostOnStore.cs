using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Influencers;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.Host.Tests.Limits;

/// <summary>A host with a given store and settings.</summary>
public sealed class HostOnStore : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private HostOnStore(string store, string[] settings)
    {
        _app = HostApp.Build(TestHost.Arguments(_folder.Path, ["--Store:Kind", store, .. settings]));
        _client = new HttpClient();
    }

    public static async Task<HostOnStore> StartAsync(string store, params string[] settings)
    {
        var host = new HostOnStore(store, settings);
        await host._app.StartAsync();
        host._client.BaseAddress = new Uri(host._app.Urls.Single());
        return host;
    }

    /// <summary>Inserts an influencer directly into the store, which does not check the limits of the host.</summary>
    /// <param name="others">The number of additional members of the personality: <c>k0</c>, <c>k1</c> and so on.</param>
    /// <param name="value">The value of each.</param>
    /// <returns>Its path.</returns>
    public Task<string> AddAsync(int others, string value = "x") => HostFixture.AddInfluencerAsync(
        _app.Services.GetRequiredService<IDocumentStore>(),
        change: influencer => influencer with
        {
            Personality = new Personality
            {
                Traits = ["warm"],
                Humor = "dry",
                Other = Enumerable.Range(0, others).ToDictionary(i => $"k{i}", _ => JsonSerializer.SerializeToElement(value)),
            },
        });

    public Task<ApiResponse> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<ApiResponse> PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, json);

    /// <summary>Sends a PATCH that must be accepted.</summary>
    public async Task<ApiResponse> AcceptedAsync(string path, string json)
    {
        ApiResponse response = await PatchAsync(path, json);
        Assert.True(response.Status == 200, $"{response.Status} for {Start(json)}: {Start(response.Text)}");
        Assert.Equal(response.Text, (await GetAsync(path)).Text);
        return response;
    }

    /// <summary>Sends a PATCH that must be 422 with one issue and must not change the document.</summary>
    public async Task RejectedAsync(string path, string json, string issue, string? message = null)
    {
        ApiResponse before = await GetAsync(path), response = await PatchAsync(path, json), after = await GetAsync(path);
        Assert.True(response.Status == 422, $"{response.Status} for {Start(json)}: {Start(response.Text)}");
        Assert.Equal("VALIDATION", response.Code);
        Assert.Equal([issue], response.Issues);
        if (message is not null)
        {
            Assert.Equal(message, response.Details.GetProperty("issues")[0].GetProperty("message").GetString());
        }

        Assert.Equal((before.Text, before.ETag), (after.Text, after.ETag));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<ApiResponse> SendAsync(HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(
            json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", DemoKeys.Full);
        using HttpResponseMessage response = await _client.SendAsync(request);
        return await ApiResponse.ReadAsync(response);
    }

    private static string Start(string text) => text.Length > 300 ? text[..300] + "…" : text;
}
