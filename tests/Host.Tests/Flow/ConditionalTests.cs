using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Flow;

/// <summary>Entity tags and preconditions (RFC 9110 section 13).</summary>
public sealed class ConditionalTests(HostFixture host) : HostTest(host)
{
    [Fact]
    public async Task ETag_is_strong_and_the_same_on_GET_HEAD_and_PATCH()
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse read = await GetAsync(path);
        Assert.Matches("^\"[0-9a-f]+-1\"$", read.ETag);
        ApiResponse changed = await AcceptedAsync(path, """{"vibe":"new"}""");
        Assert.Matches("^\"[0-9a-f]+-2\"$", changed.ETag);
        ApiResponse head = await SendAsync(HttpMethod.Head, path);
        Assert.Equal((200, changed.ETag, ""), (head.Status, head.ETag, head.Text));
        Assert.Equal(changed.Bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), head.Header("Content-Length"));
    }

    [Theory]
    [InlineData("<current>")]
    [InlineData("\"1-1\", <current>")]
    [InlineData("\"x\",<current>,\"y\"")]
    [InlineData("*")]
    public async Task A_matching_If_Match_is_accepted(string ifMatch)
    {
        string path = await Host.AddInfluencerAsync();
        string current = (await GetAsync(path)).ETag;
        ApiResponse response = await PatchAsync(
            path, """{"vibe":"new"}""", headers: ("If-Match", ifMatch.Replace("<current>", current, StringComparison.Ordinal)));
        Assert.Equal(200, response.Status);
    }

    [Theory]
    [InlineData("\"1-1\"")]
    [InlineData("W/<current>")]
    [InlineData("w/<current>")]
    [InlineData("\"1-1\", W/<current>")]
    [InlineData("\"\"")]
    [InlineData("\"what, ever\"")]
    public async Task If_Match_of_another_version_is_412_with_the_current_tag(string ifMatch)
    {
        string path = await Host.AddInfluencerAsync();
        string current = (await GetAsync(path)).ETag;
        ApiResponse response = await RejectedAsync(
            path, 412, "PRECONDITION_FAILED", () => PatchAsync(
                path, """{"vibe":"new"}""", headers: ("If-Match", ifMatch.Replace("<current>", current, StringComparison.Ordinal))));
        Assert.Equal(current, response.ETag);
        Assert.Equal(current, response.Details.GetProperty("currentETag").GetString());
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("<current>,junk")]
    [InlineData("junk,<current>")]
    [InlineData("<current> <current>")]
    [InlineData("'1-1'")]
    [InlineData("\"1-1")]
    [InlineData("*, <current>")]
    public async Task A_malformed_If_Match_is_400(string ifMatch)
    {
        string path = await Host.AddInfluencerAsync();
        string current = (await GetAsync(path)).ETag;
        await RejectedAsync(
            path, 400, "MALFORMED_HEADER", () => PatchAsync(
                path, """{"vibe":"new"}""", headers: ("If-Match", ifMatch.Replace("<current>", current, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_stale_tag_never_matches_again()
    {
        string path = await Host.AddInfluencerAsync();
        string first = (await GetAsync(path)).ETag;
        await AcceptedAsync(path, """{"vibe":"new"}""");
        await AcceptedAsync(path, """{"vibe":"calm"}"""); // back to the first value
        await RejectedAsync(path, 412, "PRECONDITION_FAILED", () => PatchAsync(path, """{"vibe":"x"}""", headers: ("If-Match", first)));
    }

    [Fact]
    public async Task A32_A_patch_that_changes_nothing_keeps_the_tag_of_its_If_Match()
    {
        string path = await Host.AddInfluencerAsync();
        string tag = (await GetAsync(path)).ETag;
        ApiResponse response = await PatchAsync(path, """{"vibe":"calm"}""", headers: ("If-Match", tag));
        Assert.Equal((200, tag), (response.Status, response.ETag));
    }

    [Fact]
    public async Task If_Match_applies_to_the_selected_layer()
    {
        TestProject project = await Host.AddProjectAsync(layers: 2);
        string tag = (await GetAsync($"{project.Path}?projectLayerId={project.Layers[0]}")).ETag;
        string other = (await GetAsync($"{project.Path}?projectLayerId={project.Layers[1]}")).ETag;
        string json = $$"""{"enabled":false,"projectLayerId":"{{project.Layers[0]}}"}""";
        Assert.Equal(412, (await PatchAsync(project.Path, json, headers: ("If-Match", other))).Status);
        Assert.Equal(200, (await PatchAsync(project.Path, json, headers: ("If-Match", tag))).Status);
    }

    [Theory]
    [InlineData("<current>", 304)]
    [InlineData("W/<current>", 304)]
    [InlineData("\"1-1\", <current>", 304)]
    [InlineData("*", 304)]
    [InlineData("\"1-1\"", 200)]
    public async Task If_None_Match_on_GET(string ifNoneMatch, int status)
    {
        string path = await Host.AddInfluencerAsync();
        string current = (await GetAsync(path)).ETag;
        ApiResponse response = await GetAsync(
            path, headers: ("If-None-Match", ifNoneMatch.Replace("<current>", current, StringComparison.Ordinal)));
        Assert.Equal((status, current), (response.Status, response.ETag));
        Assert.Equal(status == 200, response.Bytes.Length > 0);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("<current>")]
    [InlineData("W/<current>")]
    public async Task If_None_Match_on_PATCH_is_412(string ifNoneMatch)
    {
        string path = await Host.AddInfluencerAsync();
        string current = (await GetAsync(path)).ETag;
        await RejectedAsync(
            path, 412, "PRECONDITION_FAILED", () => PatchAsync(
                path,
                """{"vibe":"new"}""",
                headers: ("If-None-Match", ifNoneMatch.Replace("<current>", current, StringComparison.Ordinal))));
        Assert.Equal(200, (await PatchAsync(path, """{"vibe":"new"}""", headers: ("If-None-Match", "\"1-1\""))).Status);
    }

    [Fact]
    public async Task If_Match_on_GET()
    {
        string path = await Host.AddInfluencerAsync();
        Assert.Equal(412, (await GetAsync(path, headers: ("If-Match", "\"1-1\""))).Status);
        Assert.Equal(200, (await GetAsync(path, headers: ("If-Match", (await GetAsync(path)).ETag))).Status);
    }

    [Fact]
    public async Task A37_If_Unmodified_Since_is_ignored()
    {
        string path = await Host.AddInfluencerAsync();
        Assert.Equal(
            200, (await PatchAsync(path, """{"vibe":"1"}""", headers: ("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"))).Status);
        Assert.Equal(200, (await PatchAsync(path, """{"vibe":"2"}""", headers: ("If-Unmodified-Since", "junk"))).Status);
    }
}
