using System.Net.Http.Headers;
using System.Text;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>A test that speaks HTTP to the running host.</summary>
[Collection(RunningHost.Name)]
public abstract class HostTest(HostFixture host)
{
    protected HostFixture Host { get; } = host;

    /// <summary>Sends a PATCH with JSON, by the key that may do everything, unless told otherwise.</summary>
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

        using HttpResponseMessage response = await Host.Client.SendAsync(request);
        ApiResponse answer = await ApiResponse.ReadAsync(response);
        Assert.NotInRange(answer.Status, 500, 599);
        Assert.Matches("^req_[0-9A-HJKMNP-TV-Z]{26}$", answer.RequestId);
        return answer;
    }

    /// <summary>Sends a PATCH that must be taken.</summary>
    protected async Task<ApiResponse> AcceptedAsync(string path, string json)
    {
        ApiResponse answer = await PatchAsync(path, json);
        Assert.True(answer.Status == 200, $"{answer.Status} for {json}: {answer.Text}");
        ApiResponse read = await GetAsync(
            answer.Json.TryGetProperty("projectLayerId", out var layer) ? $"{path}?projectLayerId={layer.GetString()}" : path);
        Assert.Equal(answer.Text, read.Text);
        Assert.Equal(answer.ETag, read.ETag);
        return answer;
    }

    /// <summary>Sends a PATCH that must be rejected, in the envelope, and leave the document as it was.</summary>
    protected Task<ApiResponse> RejectedAsync(string path, string json, int status, string code) =>
        RejectedAsync(path, status, code, () => PatchAsync(path, json));

    protected async Task<ApiResponse> RejectedAsync(string path, int status, string code, Func<Task<ApiResponse>> send)
    {
        ApiResponse before = await GetAsync(path);
        ApiResponse answer = await send();
        Assert.True(answer.Status == status && answer.Code == code, $"Expected {status} {code}, got {answer.Status}: {answer.Text}");
        AssertEnvelope(answer);
        ApiResponse after = await GetAsync(path);
        Assert.Equal(before.WithoutRequestId, after.WithoutRequestId);
        Assert.Equal(before.Header("ETag"), after.Header("ETag"));
        return answer;
    }

    protected static void AssertEnvelope(ApiResponse answer)
    {
        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.Equal(["error"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["code", "message", "requestId"],
            answer.Error.EnumerateObject().Select(member => member.Name).Where(name => name != "details"));
        Assert.Matches("^[A-Z_]+$", answer.Code);
        Assert.NotEmpty(answer.Message);
        Assert.Equal(answer.RequestId, answer.Error.GetProperty("requestId").GetString());
    }
}
