using System.Text.Json;
using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Engagement;

/// <summary>PATCH /v1/projects/{projectId}/engagement: accepted requests and their results.</summary>
public sealed class EngagementTests(HostFixture host) : HostTest(host)
{
    [Fact]
    public async Task R80_The_documented_request_has_the_documented_response()
    {
        // The demo document, to compare the whole response with the documentation. The last patch restores it.
        const string path = "/v1/projects/prj_01HX9Y7K8M2P4RSTUV56789AB/engagement";
        const string body = """
            {
                "enabled": true,
                "firstComment": {
                  "targets": ["tiktok", "instagram"],
                  "commentTemplate": "Brewing tip: use filtered water — makes a bigger difference than you'd expect."
                },
                "replyToComments": {
                  "targets": ["tiktok", "instagram"],
                  "autoReplyDelay": "PT3M"
                }
            }
            """;
        ApiResponse changed = await PatchAsync(
            path,
            """{"enabled":false,"firstComment":{"targets":[],"commentTemplate":"x"},"replyToComments":"""
            + """{"targets":[],"autoReplyDelay":"PT1H"}}""");
        Assert.Equal(200, changed.Status);

        ApiResponse response = await PatchAsync(path, body);

        Assert.Equal(200, response.Status);
        Assert.Equal(
            """{"projectLayerId":"pl_01HXZT9P2K4N5M6Q7RSTUV8WXY","enabled":true,"firstComment":{"targets":["tiktok","instagram"],"""
            + "\"commentTemplate\":\"Brewing tip: use filtered water — makes a bigger difference than you'd expect.\"},"
            + "\"replyToComments\":" + """{"targets":["tiktok","instagram"],"autoReplyDelay":"PT3M"}}""",
            response.Text);
    }

    [Fact]
    public async Task R79_A_layer_that_was_never_configured_has_the_defaults()
    {
        ApiResponse response = await GetAsync("/v1/projects/prj_01HX9YBU6V0X2YZ0123DEFGHJK/engagement");
        Assert.Equal(
            """{"projectLayerId":"pl_01HXZTDV7Q9S0R1W2XYZA3B4C5","enabled":false,"firstComment":{"targets":[]},"replyToComments":"""
            + """{"targets":[],"autoReplyDelay":"PT3M"}}""",
            response.Text);
    }

    // The initial state of test projects is {enabled:true, firstComment:{targets:[tiktok], commentTemplate:Hello},
    // replyToComments:{targets:[instagram], autoReplyDelay:PT5M}}.
    [Theory]
    [InlineData(
        "R43",
        """{"enabled":false}""",
        """{"enabled":false,"firstComment":{"targets":["tiktok"],"commentTemplate":"Hello"},"replyToComments":"""
        + """{"targets":["instagram"],"autoReplyDelay":"PT5M"}}""")]
    [InlineData(
        "R62",
        """{"firstComment":{"commentTemplate":"Hi"}}""",
        """{"enabled":true,"firstComment":{"targets":["tiktok"],"commentTemplate":"Hi"},"replyToComments":"""
        + """{"targets":["instagram"],"autoReplyDelay":"PT5M"}}""")]
    [InlineData(
        "R63",
        """{"firstComment":{"targets":["instagram"]}}""",
        """{"enabled":true,"firstComment":{"targets":["instagram"],"commentTemplate":"Hello"},"replyToComments":"""
        + """{"targets":["instagram"],"autoReplyDelay":"PT5M"}}""")]
    [InlineData(
        "R64",
        """{"replyToComments":{"autoReplyDelay":"PT30S"}}""",
        """{"enabled":true,"firstComment":{"targets":["tiktok"],"commentTemplate":"Hello"},"replyToComments":"""
        + """{"targets":["instagram"],"autoReplyDelay":"PT30S"}}""")]
    [InlineData(
        "R65",
        """{"replyToComments":{"targets":["tiktok"]}}""",
        """{"enabled":true,"firstComment":{"targets":["tiktok"],"commentTemplate":"Hello"},"replyToComments":"""
        + """{"targets":["tiktok"],"autoReplyDelay":"PT5M"}}""")]
    [InlineData(
        "R67 A28",
        """{"firstComment":{"targets":["instagram","tiktok"]}}""",
        """{"enabled":true,"firstComment":{"targets":["instagram","tiktok"],"commentTemplate":"Hello"},"replyToComments":"""
        + """{"targets":["instagram"],"autoReplyDelay":"PT5M"}}""")]
    [InlineData(
        "R73 A25",
        """{"firstComment":{"targets":[]},"replyToComments":{"targets":[]}}""",
        """{"enabled":true,"firstComment":{"targets":[],"commentTemplate":"Hello"},"replyToComments":"""
        + """{"targets":[],"autoReplyDelay":"PT5M"}}""")]
    [InlineData(
        "A26",
        """{"firstComment":{"targets":["instagram","tiktok","instagram","instagram"]}}""",
        """{"enabled":true,"firstComment":{"targets":["instagram","tiktok"],"commentTemplate":"Hello"},"replyToComments":"""
        + """{"targets":["instagram"],"autoReplyDelay":"PT5M"}}""")]
    public async Task R43_R59_R62_to_R69_Partial_merge(string what, string sent, string expected)
    {
        TestProject project = await Host.AddProjectAsync();
        ApiResponse response = await AcceptedAsync(project.Path, sent);
        string all = $$"""{"projectLayerId":"{{project.Layers[0]}}",{{expected[1..]}}""";
        Assert.True(response.Text == all, $"{what}: {response.Text}");
    }

    [Fact]
    public async Task R59_R61_Disabling_and_enabling_keeps_the_config()
    {
        TestProject project = await Host.AddProjectAsync();
        string before = (await GetAsync(project.Path)).Text;
        Assert.False((await AcceptedAsync(project.Path, """{"enabled":false}""")).Json.GetProperty("enabled").GetBoolean());
        Assert.Equal(before, (await AcceptedAsync(project.Path, """{"enabled":true}""")).Text);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"firstComment":{}}""")]
    [InlineData("""{"replyToComments":{},"firstComment":{}}""")]
    [InlineData("""{"enabled":true}""")]
    [InlineData("""{"firstComment":{"targets":["tiktok","tiktok"]}}""")]
    [InlineData("""{"replyToComments":{"autoReplyDelay":"PT300S"}}""")]
    [InlineData("""{"projectLayerId":"<layer>"}""")]
    public async Task R83_A6_A31_A32_A_patch_that_changes_no_value_is_accepted_and_keeps_the_version(string json)
    {
        TestProject project = await Host.AddProjectAsync();
        ApiResponse before = await GetAsync(project.Path);
        ApiResponse after = await AcceptedAsync(project.Path, json.Replace("<layer>", project.Layers[0], StringComparison.Ordinal));
        Assert.Equal(before.Text, after.Text);
        Assert.Equal(before.ETag, after.ETag);
    }

    [Fact]
    public async Task R70_A20_A_comment_has_1_to_500_code_points()
    {
        TestProject project = await Host.AddProjectAsync();
        foreach (string text in (string[])["x", " ", new string('x', 500), string.Concat(Enumerable.Repeat("💩", 500))])
        {
            ApiResponse response = await AcceptedAsync(project.Path, $$$"""{"firstComment":{"commentTemplate":"{{{text}}}"}}""");
            Assert.Equal(text, response.Json.GetProperty("firstComment").GetProperty("commentTemplate").GetString());
        }
    }

    [Theory]
    [InlineData("PT30S", "PT30S")]
    [InlineData("PT1H", "PT1H")]
    [InlineData("PT5M", "PT5M")]
    [InlineData("PT180S", "PT3M")]
    [InlineData("PT60M", "PT1H")]
    [InlineData("PT3600S", "PT1H")]
    [InlineData("PT0H0M30S", "PT30S")]
    [InlineData("P0DT5M", "PT5M")]
    [InlineData("P0Y0M0DT5M", "PT5M")]
    [InlineData("PT0.5H", "PT30M")]
    [InlineData("PT0,5M", "PT30S")]
    [InlineData("PT30.5S", "PT30.5S")]
    [InlineData("PT1H0S", "PT1H")]
    [InlineData("PT0000030S", "PT30S")]
    public async Task R74_R78_A30_A31_Durations_in_range_are_accepted_and_written_canonically(string sent, string expected)
    {
        TestProject project = await Host.AddProjectAsync();
        ApiResponse response = await AcceptedAsync(project.Path, $$$"""{"replyToComments":{"autoReplyDelay":"{{{sent}}}"}}""");
        Assert.Equal(expected, response.Json.GetProperty("replyToComments").GetProperty("autoReplyDelay").GetString());
    }

    [Fact]
    public async Task R43_The_response_has_no_other_members()
    {
        ApiResponse response = await GetAsync((await Host.AddProjectAsync()).Path);
        Assert.Equal(
            ["projectLayerId", "enabled", "firstComment", "replyToComments"], response.Json.EnumerateObject().Select(
                member => member.Name));
    }

    [Fact]
    public async Task R62_A_comment_can_be_set_where_there_was_none()
    {
        TestProject project = await Host.AddProjectAsync(change: layer => layer with { FirstComment = new FirstComment() });
        Assert.False((await GetAsync(project.Path)).Json.GetProperty("firstComment").TryGetProperty("commentTemplate", out JsonElement _));
        ApiResponse response = await AcceptedAsync(project.Path, """{"firstComment":{"commentTemplate":"First"}}""");
        Assert.Equal("""{"targets":[],"commentTemplate":"First"}""", response.Json.GetProperty("firstComment").GetRawText());
    }
}
