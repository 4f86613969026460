using System.Net.Sockets;
using System.Text;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>Methods are case-sensitive (RFC 9110 section 9.1).</summary>
public sealed class MethodTests
{
    private const string Owned = "/owners/6a2f41a3-c54c-fce8-32d2-0324e1c32e22/counters";

    [Theory]
    [InlineData("head", Owned, "GET, HEAD, OPTIONS, PATCH")]
    [InlineData("Head", Owned, "GET, HEAD, OPTIONS, PATCH")]
    [InlineData("hEAD", Owned, "GET, HEAD, OPTIONS, PATCH")]
    [InlineData("get", Owned, "GET, HEAD, OPTIONS, PATCH")]
    [InlineData("patch", Owned, "GET, HEAD, OPTIONS, PATCH")]
    [InlineData("Options", Owned, "GET, HEAD, OPTIONS, PATCH")]
    [InlineData("patch", "/counters/1", "PATCH")]
    [InlineData("head", "/counters/1", "PATCH")]
    [InlineData("brew", "/counters/1", "PATCH")]
    public async Task A52_a_method_in_another_case_is_405_before_401(string method, string path, string allow)
    {
        await using MiniApp app = await MiniApp.StartAsync();
        string response = await SendAsync(app, method, path);
        Assert.StartsWith("HTTP/1.1 405 ", response, StringComparison.Ordinal);
        Assert.Contains($"\r\nAllow: {allow}\r\n", response, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"method_not_allowed\"", response, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Request-Id: req_", response, StringComparison.Ordinal);
        app.AssertNotLogged(LogLevel.Warning);
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/throws", 405)] // the application maps GET
    public async Task An_error_for_a_method_that_is_not_HEAD_has_a_body(string path, int status)
    {
        await using MiniApp app = await MiniApp.StartAsync();
        string response = await SendAsync(app, "head", path);
        Assert.StartsWith($"HTTP/1.1 {status} ", response, StringComparison.Ordinal);
        Assert.EndsWith("}", response.Split("\r\n\r\n")[1].Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_endpoints_at_the_same_route_keep_their_methods()
    {
        await using MiniApp app = await MiniApp.StartAsync(middleware: web => web.MapPost("/counters/{id}", (int id) => $"posted {id}"));
        Assert.Equal("posted 7", (await app.SendAsync("POST", "/counters/7")).Text);
        string response = await SendAsync(app, "patch", "/counters/7");
        Assert.StartsWith("HTTP/1.1 405 ", response, StringComparison.Ordinal);
        Assert.Contains("\r\nAllow: PATCH, POST\r\n", response, StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(MiniApp app, string method, string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(app.Address.Host, app.Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }
}
