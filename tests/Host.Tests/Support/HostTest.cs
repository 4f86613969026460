using System.Net.Http.Headers;
using System.Text;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>Base class of the tests that send requests to a running host.</summary>
[Collection(RunningHost.Name)]
public abstract class HostTest(HostFixture host)
{
    protected HostFixture Host { get; } = host;

    /// <summary>Sends a PATCH with JSON; the default key has all scopes.</summary>
    protected Task<ApiResponse> PatchAsync(
        string path, string json, string? key = DemoKeys.Full, params (string Name, string Value)[] headers) =>
        PatchAsync(path, Encoding.UTF8.GetBytes(json), "application/json", key, headers);

    protected Task<ApiResponse> PatchAsync(
        string path,
        byte[] body,
        string? contentType = "application/json",
        string? key = DemoKeys.Full,
        params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(body);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return SendAsync(HttpMethod.Patch, path, content, key, headers);
    }

    protected Task<ApiResponse> GetAsync(string path, string? key = DemoKeys.Full, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, key, headers);

    protected async Task<ApiResponse> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content = null,
        string? key = DemoKeys.Full,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        foreach ((string name, string value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                Assert.True(content!.Headers.TryAddWithoutValidation(name, value));
            }
        }

        using HttpResponseMessage message = await Host.Client.SendAsync(request);
        ApiResponse response = await ApiResponse.ReadAsync(message);
        Assert.NotInRange(response.Status, 500, 599);
        Assert.Matches("^req_[0-9A-HJKMNP-TV-Z]{26}$", response.RequestId);
        return response;
    }

    /// <summary>Sends a PATCH that must be accepted.</summary>
    protected async Task<ApiResponse> AcceptedAsync(string path, string json)
    {
        ApiResponse response = await PatchAsync(path, json);
        Assert.True(response.Status == 200, $"{response.Status} for {json}: {response.Text}");
        ApiResponse read = await GetAsync(
            response.Json.TryGetProperty("projectLayerId", out var layer) ? $"{path}?projectLayerId={layer.GetString()}" : path);
        Assert.Equal(response.Text, read.Text);
        Assert.Equal(response.ETag, read.ETag);
        return response;
    }

    /// <summary>Sends a PATCH that must be rejected with the envelope and must not change the document.</summary>
    protected Task<ApiResponse> RejectedAsync(string path, string json, int status, string code) =>
        RejectedAsync(path, status, code, () => PatchAsync(path, json));

    protected async Task<ApiResponse> RejectedAsync(string path, int status, string code, Func<Task<ApiResponse>> send)
    {
        ApiResponse before = await GetAsync(path);
        ApiResponse response = await send();
        Assert.True(
            response.Status == status && response.Code == code, $"Expected {status} {code}, got {response.Status}: {response.Text}");
        AssertEnvelope(response);
        ApiResponse after = await GetAsync(path);
        Assert.Equal(before.WithoutRequestId, after.WithoutRequestId);
        Assert.Equal(before.Header("ETag"), after.Header("ETag"));
        return response;
    }

    protected static void AssertEnvelope(ApiResponse response)
    {
        Assert.Equal("application/json", response.Header("Content-Type"));
        Assert.Equal(["error"], response.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["code", "message", "requestId"],
            response.Error.EnumerateObject().Select(member => member.Name).Where(name => name != "details"));
        Assert.Matches("^[A-Z_]+$", response.Code);
        Assert.NotEmpty(response.Message);
        Assert.Equal(response.RequestId, response.Error.GetProperty("requestId").GetString());
    }
}
