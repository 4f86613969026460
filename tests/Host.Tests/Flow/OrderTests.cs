using System.Text;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Flow;

/// <summary>A9: the order of the checks. The response reports the first one that fails.</summary>
public sealed class OrderTests(HostFixture host) : HostTest(host)
{
    private const string Missing = "/v1/influencers/inf_missing";
    private const string TwoLayers = "/v1/projects/prj_01HX9Y8N0P4R6STUVW789ABCD/engagement";

    // Each request fails the named check and all later ones.
    [Theory]
    [InlineData("404 route", "/v1/nothing", null, "text/plain", "{", null, 404, "NOT_FOUND")]
    [InlineData("401", Missing, null, "text/plain", "{", "junk", 401, "UNAUTHENTICATED")]
    [InlineData("401 bad key", Missing, "nobody", "text/plain", "{", "junk", 401, "UNAUTHENTICATED")]
    [InlineData("403 scope", Missing, DemoKeys.ReadOnly, "text/plain", "{", "junk", 403, "FORBIDDEN_SCOPE")]
    [InlineData("415", Missing, DemoKeys.Full, "text/plain", "{", "junk", 415, "UNSUPPORTED_MEDIA_TYPE")]
    [InlineData("415 before 413", Missing, DemoKeys.Full, "text/plain", "<100000>", "junk", 415, "UNSUPPORTED_MEDIA_TYPE")]
    [InlineData("413", Missing, DemoKeys.Full, "application/json", "<100000>", "junk", 413, "PAYLOAD_TOO_LARGE")]
    [InlineData("400", Missing, DemoKeys.Full, "application/json", "{", "junk", 400, "MALFORMED_BODY")]
    [InlineData(
        "400 before fence", TwoLayers, DemoKeys.Full, "application/json", """{"replies":{"tone":1}""", "junk", 400, "MALFORMED_BODY")]
    [InlineData(
        "403 fence",
        TwoLayers,
        DemoKeys.Full,
        "application/json",
        """{"enabled":1,"replies":{"tone":1}}""",
        "junk",
        403,
        "FORBIDDEN_FENCE")]
    [InlineData("422", TwoLayers, DemoKeys.Full, "application/json", """{"enabled":1}""", "junk", 422, "VALIDATION")]
    [InlineData("422 before 404", Missing, DemoKeys.Full, "application/json", """{"gender":"x"}""", "junk", 422, "VALIDATION")]
    [InlineData("400 header", Missing, DemoKeys.Full, "application/json", """{"vibe":"x"}""", "junk", 400, "MALFORMED_HEADER")]
    [InlineData("404 before 412", Missing, DemoKeys.Full, "application/json", """{"vibe":"x"}""", "\"1-1\"", 404, "NOT_FOUND")]
    [InlineData("409 before 412", TwoLayers, DemoKeys.Full, "application/json", """{"enabled":true}""", "\"1-1\"", 409, "CONFLICT")]
    [InlineData(
        "412",
        "/v1/influencers/" + DemoData.Ava,
        DemoKeys.Full,
        "application/json",
        """{"vibe":"x"}""",
        "\"1-1\"",
        412,
        "PRECONDITION_FAILED")]
    public async Task A9_R86_The_response_is_the_first_error_in_the_order(
        string what, string path, string? key, string contentType, string body, string? ifMatch, int status, string code)
    {
        string sent = body == "<100000>" ? new string(' ', 100_000) : body;
        (string, string)[] headers = ifMatch is null ? [] : [("If-Match", ifMatch)];
        ApiResponse response = await PatchAsync(path, Encoding.UTF8.GetBytes(sent), contentType, key, headers);
        Assert.True((response.Status, response.Code) == (status, code), $"{what}: {response.Status} {response.Text}");
        AssertEnvelope(response);
    }

    [Fact]
    public async Task A9_405_comes_before_401()
    {
        foreach (HttpMethod method in (HttpMethod[])
        [
            HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Trace, new HttpMethod("QUERY"),
        ])
        {
            ApiResponse response = await SendAsync(method, Missing, key: null);
            Assert.Equal((405, "METHOD_NOT_ALLOWED"), (response.Status, response.Code));
            Assert.Equal("GET, HEAD, OPTIONS, PATCH", response.Header("Allow"));
            AssertEnvelope(response);
        }
    }

    [Fact]
    public async Task R86_Without_scope_the_body_is_not_read()
    {
        // The body is never sent: a response shows that the host does not wait for it.
        string request =
            $"PATCH {Missing} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 50\r\nConnection: close\r\n";
        RawResponse scope = await RawHttp.SendAsync(
            Host.Address, $"{request}X-Api-Key: {DemoKeys.ReadOnly}\r\n\r\n", until: "FORBIDDEN_SCOPE");
        Assert.Equal([403], scope.Statuses);
        RawResponse key = await RawHttp.SendAsync(Host.Address, $"{request}\r\n", until: "UNAUTHENTICATED");
        Assert.Equal([401], key.Statuses);
    }
}
