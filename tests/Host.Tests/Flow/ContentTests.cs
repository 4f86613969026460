using System.Text;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Flow;

/// <summary>Media types, encodings and lengths.</summary>
public sealed class ContentTests(HostFixture host) : HostTest(host)
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json-patch+json")]
    [InlineData("application/merge-patch+json")]
    [InlineData("application/vnd.layers+json")]
    [InlineData("application/*")]
    [InlineData("*/*")]
    [InlineData("json")]
    [InlineData("application/jsonx")]
    [InlineData("application/json, application/json")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/json; charset=bogus")]
    [InlineData("application/json; charset=")]
    [InlineData("application/json; charset")]
    [InlineData("application/json; charset=utf8")]
    [InlineData("application/json; charset=utf-8; charset=utf-16")]
    [InlineData("application/json; charset=\"utf-8")]
    [InlineData("application/json; charset='utf-8'")]
    [InlineData("application/json;;")]
    public async Task A33_Other_media_types_are_415_with_Accept_Patch(string? contentType)
    {
        string path = await Host.AddInfluencerAsync();
        byte[] body = contentType?.Contains("utf-16", StringComparison.Ordinal) == true ? Encoding.Unicode.GetBytes(
            """{"vibe":"new"}""") : """{"vibe":"new"}"""u8.ToArray();
        ApiResponse response = await RejectedAsync(path, 415, "UNSUPPORTED_MEDIA_TYPE", () => PatchAsync(path, body, contentType));
        Assert.Equal("application/json", response.Header("Accept-Patch"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("GZIP")]
    [InlineData("identity, gzip")]
    [InlineData("nonsense")]
    public async Task A34_An_encoded_body_is_415_with_Accept_Encoding(string encoding)
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse response = await RejectedAsync(
            path, 415, "UNSUPPORTED_MEDIA_TYPE", () => PatchAsync(
                path, """{"vibe":"new"}"""u8.ToArray(), headers: ("Content-Encoding", encoding)));
        Assert.Equal("identity", response.Header("Accept-Encoding"));
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("Identity")]
    public async Task A34_Identity_is_accepted(string encoding)
    {
        ApiResponse response = await PatchAsync(
            await Host.AddInfluencerAsync(), """{"vibe":"new"}"""u8.ToArray(), headers: ("Content-Encoding", encoding));
        Assert.Equal(200, response.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A17_A_body_of_64_KiB_is_accepted_and_one_byte_more_is_413(bool chunked)
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse fits = await SendAsync(HttpMethod.Patch, path, Body(65_536, chunked));
        Assert.Equal(200, fits.Status);
        await RejectedAsync(path, 413, "PAYLOAD_TOO_LARGE", () => SendAsync(HttpMethod.Patch, path, Body(65_537, chunked)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_8_MiB_is_413(bool chunked)
    {
        string path = await Host.AddInfluencerAsync();
        await RejectedAsync(path, 413, "PAYLOAD_TOO_LARGE", () => SendAsync(HttpMethod.Patch, path, Body(8 << 20, chunked)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_above_the_limit_of_the_server_is_rejected(bool chunked)
    {
        // 40 MB: more than Kestrel accepts. The client may see a closed connection instead of a response.
        string path = await Host.AddInfluencerAsync();
        string before = (await GetAsync(path)).Text;
        try
        {
            Assert.Equal(413, (await SendAsync(HttpMethod.Patch, path, Body(40_000_000, chunked))).Status);
        }
        catch (HttpRequestException)
        {
        }

        Assert.Equal(before, (await GetAsync(path)).Text);
    }

    [Fact]
    public async Task A_client_that_waits_for_100_Continue_gets_413_immediately()
    {
        RawResponse response = await RawHttp.SendAsync(
            Host.Address,
            $"PATCH {await Host.AddInfluencerAsync()} HTTP/1.1\r\nHost: h\r\nX-Api-Key: lp_live_demo_full\r\n"
            + "Content-Type: application/json\r\nContent-Length: 9000000\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
            until: "PAYLOAD_TOO_LARGE");
        Assert.Equal([413], response.Statuses);
    }

    private static ByteArrayContent Body(int length, bool chunked)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, (byte)' ');
        """{"vibe":"new"}"""u8.CopyTo(bytes);
        ByteArrayContent content = chunked ? new ChunkedContent(bytes) : new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/json");
        return content;
    }

    // Content without a length is sent in chunks.
    private sealed class ChunkedContent(byte[] bytes) : ByteArrayContent(bytes)
    {
        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
