using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Layers.PatchGen.Host.Tests.Running;

/// <summary>The host behind a proxy that terminates TLS and adds a path prefix.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A relative server URL is correct for any scheme, host name and path that the client uses.</summary>
    [Theory]
    [InlineData(null, null, "https://api.example.test/openapi/v1.json", "https://api.example.test/")]
    [InlineData("/api", "/api", "https://api.example.test/api/openapi/v1.json", "https://api.example.test/api/")]
    [InlineData("/api", "", "https://api.example.test/api/openapi/v1.json", "https://api.example.test/api/")]
    [InlineData(null, null, "https://api.example.test/one/two/openapi/v1.json", "https://api.example.test/one/two/")]
    public async Task The_server_URL_is_relative_to_the_document(string? pathBase, string? forwarded, string read, string server)
    {
        await using WebApplication app = await StartAsync(pathBase is null ? [] : ["--PathBase", pathBase]);
        using HttpResponseMessage response = await SendAsync(
            app,
            HttpMethod.Get,
            $"{forwarded}/openapi/v1.json",
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "api.example.test"),
            ("X-Forwarded-Prefix", "/api"));
        JsonNode servers = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["servers"]!;
        string url = (string)Assert.Single(servers.AsArray())!["url"]!;
        Assert.False(url.EndsWith('/'), url); // paths are appended
        Assert.Equal(server, new Uri(new Uri(read), url).AbsoluteUri);
    }

    [Theory]
    [InlineData("/api", "/api")] // kept by the proxy
    [InlineData("/api", "")] // stripped by the proxy
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/b", "/A/B")]
    public async Task With_a_path_base_the_host_responds_with_and_without_it(string pathBase, string forwarded)
    {
        await using WebApplication app = await StartAsync("--PathBase", pathBase);
        using HttpResponseMessage patched = await SendAsync(app, HttpMethod.Patch, $"{forwarded}/v1/influencers/{DemoData.Ava}");
        Assert.Equal(HttpStatusCode.OK, patched.StatusCode);
        using HttpResponseMessage page = await SendAsync(app, HttpMethod.Get, $"{forwarded}/docs/index.html");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using HttpResponseMessage rejected = await SendAsync(
            app, HttpMethod.Patch, $"{forwarded}/v1/influencers/none", ("Accept", "application/problem+json"));
        Assert.Equal($"{pathBase}/v1/influencers/none", (string?)JsonNode.Parse(await rejected.Content.ReadAsStringAsync())!["instance"]);
    }

    [Theory]
    [InlineData(null, "/", "/docs")]
    [InlineData("/api", "/", "/api/docs")]
    [InlineData("/api", "/api/", "/api/docs")]
    [InlineData("/api", "/api", "/api/docs")]
    public async Task The_root_redirects_to_the_page(string? pathBase, string path, string location)
    {
        await using WebApplication app = await StartAsync(pathBase is null ? [] : ["--PathBase", pathBase]);
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            using HttpResponseMessage response = await SendAsync(app, method, path);
            Assert.Equal((HttpStatusCode.Redirect, location), (response.StatusCode, response.Headers.Location?.OriginalString));
        }
    }

    [Theory]
    [InlineData("true", "/mount/docs")]
    [InlineData("false", "/docs")] // a forwarded header from an unknown client is not trusted
    public async Task A_forwarded_prefix_is_used_if_forwarded_headers_are_enabled(string enabled, string location)
    {
        await using WebApplication app = await StartAsync("--ForwardedHeaders_Enabled", enabled);
        using HttpResponseMessage response = await SendAsync(app, HttpMethod.Get, "/", ("X-Forwarded-Prefix", "/mount"));
        Assert.Equal(location, response.Headers.Location?.OriginalString);
    }

    private async Task<WebApplication> StartAsync(params string[] more)
    {
        WebApplication app = HostApp.Build(TestHost.Arguments(_folder.Path, ["--Store:Kind", "Memory", .. more]));
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        WebApplication app, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(app.Urls.Single()) };
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", DemoKeys.Full);
        if (method == HttpMethod.Patch)
        {
            request.Content = new StringContent("""{"vibe":"calm"}""", Encoding.UTF8, "application/json");
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await client.SendAsync(request);
    }
}
