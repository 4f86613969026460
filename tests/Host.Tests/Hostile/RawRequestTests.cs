using System.Text;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Hostile;

/// <summary>
/// Requests that no HTTP client would send, over sockets: the host responds with 4xx or closes the connection, and does not change the
/// document.
/// </summary>
public sealed class RawRequestTests(HostFixture host) : HostTest(host)
{
    private const string Body = """{"vibe":"stolen"}"""; // 17 bytes

    [Theory]
    [InlineData("cut in the body", "Content-Length: 400", Body)]
    [InlineData("cut in the first chunk", "Transfer-Encoding: chunked", "11\r\n{\"vibe\":")]
    [InlineData("no last chunk", "Transfer-Encoding: chunked", "11\r\n" + Body + "\r\n")]
    [InlineData("last chunk cut", "Transfer-Encoding: chunked", "11\r\n" + Body + "\r\n0")]
    [InlineData("no body at all", "Content-Length: 17", "")]
    [InlineData("cut in the headers", "Content-Le", null)]
    public async Task A_truncated_request_changes_nothing(string what, string header, string? body)
    {
        RawResponse response = await RejectedRawAsync(path => Request(path, header, body), closeAfter: true);
        Assert.True(response.Statuses.Length <= 1, what);
    }

    [Theory]
    [InlineData("chunk size is not a number", "Transfer-Encoding: chunked", "zz\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("chunk size is negative", "Transfer-Encoding: chunked", "-11\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("chunk size overflows", "Transfer-Encoding: chunked", "FFFFFFFFFFFFFFFFF\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("chunk is longer than its size", "Transfer-Encoding: chunked", "10\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("chunk without a line end", "Transfer-Encoding: chunked", "11\r\n" + Body + "XX0\r\n\r\n")]
    [InlineData("length is not a number", "Content-Length: seventeen", Body)]
    [InlineData("length is negative", "Content-Length: -17", Body)]
    [InlineData("length is hexadecimal", "Content-Length: 0x11", Body)]
    [InlineData("length overflows", "Content-Length: 99999999999999999999", Body)]
    [InlineData("two lengths", "Content-Length: 17\r\nContent-Length: 18", Body + "x")]
    [InlineData("two equal lengths", "Content-Length: 17\r\nContent-Length: 17", Body)]
    [InlineData("two lengths in one line", "Content-Length: 17, 18", Body + "x")]
    [InlineData("unknown transfer coding", "Transfer-Encoding: gzip", Body)]
    [InlineData("chunked is not last", "Transfer-Encoding: chunked, gzip", "11\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("chunked, obscured", "Transfer-Encoding: xchunked", "11\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("white space before the colon", "Content-Length : 17", Body)]
    [InlineData("a folded header", "X: a\r\n b\r\nContent-Length: 17", Body)]
    [InlineData("a line end inside a value", "X: a\rb\r\nContent-Length: 17", Body)]
    [InlineData("U+0000 in a value", "X: a\0b\r\nContent-Length: 17", Body)]
    [InlineData("no colon", "nonsense\r\nContent-Length: 17", Body)]
    public async Task Bad_framing_is_rejected(string what, string header, string body)
    {
        RawResponse response = await RejectedRawAsync(path => Request(path, header, body));
        Assert.True(response.Statuses is [400] or [411] or [413] or [415] or [501] or [], $"{what}: {response.Text}");
    }

    [Theory]
    [InlineData("Content-Length: 17\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 17")]
    [InlineData("Content-Length: 0\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5")]
    public async Task A_request_with_both_framings_is_rejected(string header)
    {
        // A server that used the length would take the bytes after the empty chunk as another request.
        string path = await Host.AddInfluencerAsync();
        string smuggled = Request(path, "Content-Length: 17", Body);
        RawResponse response = await RejectedRawAsync(other => Request(other, header, "0\r\n\r\n" + smuggled, close: false));
        Assert.True(response.Statuses is [400] or [], response.Text);
        Assert.Equal("calm", (await GetAsync(path)).Json.GetProperty("vibe").GetString());
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("PATCH /v1/influencers/x")]
    [InlineData("PATCH /v1/influencers/x HTTP/9.9")]
    [InlineData("PATCH  /v1/influencers/x  HTTP/1.1")]
    [InlineData("PATCH http://[::1/v1 HTTP/1.1")]
    [InlineData("PATCH /v1/influencers/%00 HTTP/1.1")]
    [InlineData("PATCH /v1/influencers/\u00ff HTTP/1.1")]
    [InlineData("PA\u00a0TCH /v1/influencers/x HTTP/1.1")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003")]
    public async Task A_bad_request_line_is_rejected(string line)
    {
        RawResponse response = await RawHttp.SendAsync(Host.Address, $"{line}\r\nHost: h\r\nConnection: close\r\n\r\n", closeAfter: true);
        Assert.True(response.Statuses is [400] or [505] or [], response.Text);
    }

    [Fact]
    public async Task Invalid_targets_are_400_404_or_405()
    {
        foreach (string target in (string[])
        [
            "/v1/influencers/../influencers/x",
            "/v1/influencers/%2e%2e/x",
            "//v1//influencers//x",
            "/v1/influencers/",
            "/%",
            "/v1/influencers/%zz",
            "/v1/influencers/%c0%ae",
            "*",
            "http://h/v1/influencers/x",
        ])
        {
            RawResponse response = await RawHttp.SendAsync(
                Host.Address,
                $"PATCH {target} HTTP/1.1\r\nHost: h\r\nX-Api-Key: {DemoKeys.Full}\r\nContent-Type: application/json\r\n"
                + "Content-Length: 12\r\nConnection: close\r\n\r\n{\"vibe\":\"x\"}");
            Assert.True(response.Statuses is [400] or [404] or [405], $"{target}: {response.Text}");
        }
    }

    [Fact]
    public async Task Too_many_or_too_long_headers_are_rejected()
    {
        RawResponse many = await RejectedRawAsync(
            path => Request(path, string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: 1\r\n")) + "Content-Length: 17", Body));
        Assert.True(many.Statuses is [431] or [], many.Text);
        RawResponse longOne = await RejectedRawAsync(path => Request(path, $"X: {new string('x', 40_000)}\r\nContent-Length: 17", Body));
        Assert.True(longOne.Statuses is [431] or [], longOne.Text);
        RawResponse line = await RawHttp.SendAsync(Host.Address, $"PATCH /{new string('x', 20_000)} HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.True(line.Statuses is [414] or [], line.Text);
    }

    [Fact]
    public async Task Without_a_host_header_or_with_two_400()
    {
        string path = await Host.AddInfluencerAsync();
        RawResponse none = await RawHttp.SendAsync(Host.Address, $"PATCH {path} HTTP/1.1\r\n\r\n");
        Assert.Equal([400], none.Statuses);
        RawResponse two = await RawHttp.SendAsync(Host.Address, $"PATCH {path} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        Assert.Equal([400], two.Statuses);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_body_in_pieces_is_accepted(int size)
    {
        string path = await Host.AddInfluencerAsync();
        const string body = """{"vibe":"é💩","name":"in pieces"}""";
        byte[] request = Encoding.UTF8.GetBytes(Request(path, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}", body));
        RawResponse response = await RawHttp.SendAsync(Host.Address, request.Chunk(size));
        Assert.Equal([200], response.Statuses);
        Assert.Equal("é💩", (await GetAsync(path)).Json.GetProperty("vibe").GetString());
    }

    [Theory]
    [InlineData("Content-Length: 17")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task A_body_that_never_arrives_times_out(string header)
    {
        // After a grace period of five seconds, Kestrel requires 240 bytes per second.
        RawResponse response = await RejectedRawAsync(path => Request(path, header, ""), closeAfter: false);
        Assert.True(response.Statuses is [408] or [], response.Text);
    }

    [Fact]
    public async Task The_host_survives_clients_that_disconnect()
    {
        string path = await Host.AddInfluencerAsync();
        for (int i = 0; i < 20; i++)
        {
            using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            await socket.ConnectAsync(Host.Address.Host, Host.Address.Port);
            await socket.SendAsync(Encoding.UTF8.GetBytes(Request(path, "Content-Length: 400", Body)));
            socket.LingerState = new(enable: true, seconds: 0); // a reset instead of a regular close
        }

        Assert.Equal("calm", (await GetAsync(path)).Json.GetProperty("vibe").GetString());
        Assert.Equal(200, (await PatchAsync(path, """{"vibe":"new"}""")).Status);
    }

    [Fact]
    public async Task Pipelined_requests_receive_responses_in_order()
    {
        string path = await Host.AddInfluencerAsync();
        string first = Request(path, "Content-Length: 17", Body, close: false);
        string second = Request(path, "Content-Length: 2", "{}", close: false);
        string third = Request(path, "Content-Length: 1", "{");
        RawResponse response = await RawHttp.SendAsync(Host.Address, first + second + third);
        Assert.Equal([200, 422, 400], response.Statuses);
    }

    private static string Request(string path, string header, string? body, bool close = true) =>
        $"PATCH {path} HTTP/1.1\r\nHost: h\r\nX-Api-Key: {DemoKeys.Full}\r\nContent-Type: application/json\r\n"
        + $"{(close ? "Connection: close\r\n" : "")}{header}"
        + (body is null ? "" : $"\r\n\r\n{body}");

    private async Task<RawResponse> RejectedRawAsync(Func<string, string> request, bool closeAfter = false)
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse before = await GetAsync(path);
        RawResponse response = await RawHttp.SendAsync(Host.Address, [Encoding.UTF8.GetBytes(request(path))], closeAfter);
        Assert.All(response.Statuses, status => Assert.InRange(status, 400, 499));
        ApiResponse after = await GetAsync(path);
        Assert.Equal(before.Text, after.Text);
        Assert.Equal(before.ETag, after.ETag);
        return response;
    }
}
