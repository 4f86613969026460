using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Flow;

/// <summary>The parts of all responses: the envelope, the request id, the headers.</summary>
public sealed class ResponseTests(HostFixture host) : HostTest(host)
{
    [Fact]
    public async Task R29_A_rejected_body_has_the_documented_envelope()
    {
        ApiResponse response = await RejectedAsync(await Host.AddInfluencerAsync(), """{"gender":"robot"}""", 422, "VALIDATION");
        Assert.Equal(["code", "message", "requestId", "details"], response.Error.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Invalid body.", response.Message);
        Assert.Equal(1, response.Details.GetProperty("fieldErrors").GetProperty("gender").GetArrayLength());
    }

    [Fact]
    public async Task A22_An_issue_has_a_pointer_a_code_and_the_limits()
    {
        ApiResponse response = await RejectedAsync(await Host.AddInfluencerAsync(), """{"name":""}""", 422, "VALIDATION");
        var issue = response.Details.GetProperty("issues")[0];
        Assert.Equal("/name", issue.GetProperty("pointer").GetString());
        Assert.Equal("too_short", issue.GetProperty("code").GetString());
        Assert.Equal("1", issue.GetProperty("min").ToString());
        Assert.Equal("128", issue.GetProperty("max").ToString());
    }

    [Fact]
    public async Task A12_A_malformed_body_has_no_field_errors()
    {
        ApiResponse response = await RejectedAsync(await Host.AddInfluencerAsync(), "{", 400, "MALFORMED_BODY");
        Assert.False(response.Details.TryGetProperty("fieldErrors", out _));
    }

    [Fact]
    public async Task R38_R81_A24_Every_response_has_its_own_request_id_and_never_the_clients()
    {
        string path = await Host.AddInfluencerAsync();
        (string, string)[] sent = [("X-Request-Id", "req_01HXZ9G7KMV2QX8Y1S5RJW3B7T"), (
            "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")];
        ApiResponse[] responses =
        [
            await GetAsync(path, headers: sent),
            await PatchAsync(path, """{"vibe":"new"}""", headers: sent),
            await PatchAsync(path, """{"vibe":"newer"}""", headers: [.. sent, ("Prefer", "return=minimal")]),
            await SendAsync(HttpMethod.Head, path, headers: sent),
            await SendAsync(HttpMethod.Options, path, headers: sent),
            await GetAsync(path, headers: [.. sent, ("If-None-Match", "*")]),
            await PatchAsync(path, "{", headers: sent),
            await PatchAsync(path, "{}", headers: sent),
            await PatchAsync(path, "{}", DemoKeys.ReadOnly, sent),
            await PatchAsync(path, "{}", null, sent),
            await SendAsync(HttpMethod.Delete, path, headers: sent),
            await GetAsync("/nothing", headers: sent),
            await GetAsync("/healthz", headers: sent),
        ];
        Assert.Equal([200, 200, 204, 200, 204, 304, 400, 422, 403, 401, 405, 404, 200], responses.Select(response => response.Status));
        Assert.Equal(responses.Length, responses.Select(response => response.RequestId).Distinct().Count());
        Assert.DoesNotContain(responses, response => response.RequestId == sent[0].Item2);
        Assert.All(responses.Where(response => response.Status >= 400), AssertEnvelope);
    }

    [Fact]
    public async Task A24_Request_ids_are_ULIDs_with_the_current_time()
    {
        const string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        DateTimeOffset before = DateTimeOffset.UtcNow;
        string id = (await GetAsync("/healthz")).RequestId["req_".Length..];
        long milliseconds = id[..10].Aggregate(0L, (value, digit) => (value * 32) + alphabet.IndexOf(digit, StringComparison.Ordinal));
        Assert.InRange(milliseconds, before.ToUnixTimeMilliseconds(), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Records_and_errors_are_not_cacheable()
    {
        string path = await Host.AddInfluencerAsync();
        Assert.Equal("no-store", (await GetAsync(path)).Header("Cache-Control"));
        Assert.Equal("no-store", (await PatchAsync(path, """{"vibe":"new"}""")).Header("Cache-Control"));
        Assert.Equal("no-store", (await PatchAsync(path, "{}")).Header("Cache-Control"));
        Assert.Equal("no-store", (await PatchAsync(path, "{}", key: null)).Header("Cache-Control"));
    }

    [Fact]
    public async Task OPTIONS_lists_the_methods_without_a_key()
    {
        foreach (string path in (string[])["/v1/influencers/any", "/v1/projects/any/engagement"])
        {
            ApiResponse response = await SendAsync(HttpMethod.Options, path, key: null);
            Assert.Equal(
                (204, "GET, HEAD, OPTIONS, PATCH", "application/json"),
                (response.Status, response.Header("Allow"), response.Header("Accept-Patch")));
        }
    }

    [Fact]
    public async Task HEAD_has_the_headers_of_GET_and_no_body()
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse get = await GetAsync(path);
        ApiResponse head = await SendAsync(HttpMethod.Head, path);
        Assert.Equal(get.HeaderNames, head.HeaderNames);
        Assert.Empty(head.Bytes);
        Assert.Equal(404, (await SendAsync(HttpMethod.Head, "/v1/influencers/none")).Status);
        Assert.Equal(401, (await SendAsync(HttpMethod.Head, path, key: null)).Status);
    }

    [Theory]
    [InlineData("return=minimal", true)]
    [InlineData("Return = Minimal", true)]
    [InlineData("return=\"minimal\"", true)]
    [InlineData("respond-async, return=minimal; foo=bar", true)]
    [InlineData("foo=\"a, return=representation\", return=minimal", true)]
    [InlineData("return=representation", false)]
    [InlineData("return=representation, return=minimal", false)]
    [InlineData("foo=\"a, return=minimal\"", false)]
    [InlineData("return", false)]
    [InlineData("minimal", false)]
    [InlineData(",;=,\"", false)]
    public async Task Prefer_minimal_is_204_with_the_tag(string prefer, bool minimal)
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse response = await PatchAsync(path, """{"vibe":"new"}""", headers: ("Prefer", prefer));
        Assert.Equal(minimal ? 204 : 200, response.Status);
        Assert.Equal(minimal ? "return=minimal" : null, response.Header("Preference-Applied"));
        Assert.Equal(minimal, response.Bytes.Length == 0);
        ApiResponse read = await GetAsync(path);
        Assert.Equal(read.ETag, response.ETag);
        Assert.Equal("new", read.Json.GetProperty("vibe").GetString());
    }

    [Fact]
    public async Task Health_needs_no_key()
    {
        ApiResponse response = await GetAsync("/healthz", key: null);
        Assert.Equal((200, "Healthy"), (response.Status, response.Text));
    }
}
