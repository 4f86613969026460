using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Engagement;

/// <summary>PATCH /v1/projects/{projectId}/engagement: requests rejected with 422, and that nothing changes.</summary>
public sealed class EngagementErrorTests(HostFixture host) : HostTest(host)
{
    [Theory]
    [InlineData("R60", """{"enabled":null}""", "enabled", "/enabled null_not_allowed")]
    [InlineData("R60", """{"enabled":"true"}""", "enabled", "/enabled wrong_type")]
    [InlineData("R60", """{"enabled":1}""", "enabled", "/enabled wrong_type")]
    [InlineData("R60", """{"enabled":{}}""", "enabled", "/enabled wrong_type")]
    [InlineData("R66", """{"firstComment":{"targets":["youtube"]}}""", "firstComment.targets", "/firstComment/targets/0 not_allowed_value")]
    [InlineData(
        "R66",
        """{"replyToComments":{"targets":["tiktok","youtube"]}}""",
        "replyToComments.targets",
        "/replyToComments/targets/1 not_allowed_value")]
    [InlineData("A27", """{"firstComment":{"targets":["TikTok"]}}""", "firstComment.targets", "/firstComment/targets/0 not_allowed_value")]
    [InlineData("A27", """{"firstComment":{"targets":["tiktok "]}}""", "firstComment.targets", "/firstComment/targets/0 not_allowed_value")]
    [InlineData("R68", """{"firstComment":{"targets":null}}""", "firstComment.targets", "/firstComment/targets null_not_allowed")]
    [InlineData("R68", """{"firstComment":{"targets":"tiktok"}}""", "firstComment.targets", "/firstComment/targets wrong_type")]
    [InlineData("R68", """{"firstComment":{"targets":{"tiktok":true}}}""", "firstComment.targets", "/firstComment/targets wrong_type")]
    [InlineData("R68", """{"firstComment":{"targets":[null]}}""", "firstComment.targets", "/firstComment/targets/0 null_not_allowed")]
    [InlineData("R68", """{"firstComment":{"targets":[1]}}""", "firstComment.targets", "/firstComment/targets/0 wrong_type")]
    [InlineData("R68", """{"firstComment":{"targets":[["tiktok"]]}}""", "firstComment.targets", "/firstComment/targets/0 wrong_type")]
    [InlineData(
        "R71", """{"firstComment":{"commentTemplate":""}}""", "firstComment.commentTemplate", "/firstComment/commentTemplate too_short")]
    [InlineData(
        "R72",
        """{"firstComment":{"commentTemplate":null}}""",
        "firstComment.commentTemplate",
        "/firstComment/commentTemplate null_not_allowed")]
    [InlineData(
        "R72", """{"firstComment":{"commentTemplate":7}}""", "firstComment.commentTemplate", "/firstComment/commentTemplate wrong_type")]
    [InlineData(
        "R77",
        """{"replyToComments":{"autoReplyDelay":null}}""",
        "replyToComments.autoReplyDelay",
        "/replyToComments/autoReplyDelay null_not_allowed")]
    [InlineData(
        "R77",
        """{"replyToComments":{"autoReplyDelay":180}}""",
        "replyToComments.autoReplyDelay",
        "/replyToComments/autoReplyDelay wrong_type")]
    [InlineData("R82", """{"foo":1}""", "foo", "/foo unknown_member")]
    [InlineData("R82", """{"projectId":"prj_1"}""", "projectId", "/projectId unknown_member")]
    [InlineData("R82", """{"firstComment":{"foo":1}}""", "firstComment.foo", "/firstComment/foo unknown_member")]
    [InlineData(
        "R82",
        """{"replyToComments":{"commentTemplate":"x"}}""",
        "replyToComments.commentTemplate",
        "/replyToComments/commentTemplate unknown_member")]
    [InlineData("R83", """{"firstComment":null}""", "firstComment", "/firstComment null_not_allowed")]
    [InlineData("R83", """{"firstComment":"x"}""", "firstComment", "/firstComment wrong_type")]
    [InlineData("R83", """{"replyToComments":null}""", "replyToComments", "/replyToComments null_not_allowed")]
    [InlineData("R83", """{"replyToComments":[]}""", "replyToComments", "/replyToComments wrong_type")]
    [InlineData("A29", """{"projectLayerId":null}""", "projectLayerId", "/projectLayerId null_not_allowed")]
    [InlineData("A29", """{"projectLayerId":1}""", "projectLayerId", "/projectLayerId wrong_type")]
    [InlineData("A13", """{"enabled":true,"enabled":false}""", "enabled", "/enabled duplicate_member")]
    [InlineData(
        "A13", """{"firstComment":{"targets":[],"targets":[]}}""", "firstComment.targets", "/firstComment/targets duplicate_member")]
    [InlineData("A7", """{"replies":{}}""", "replies", "/replies unknown_member")]
    [InlineData("A7", """{"replies":{"foo":1}}""", "replies", "/replies unknown_member")]
    [InlineData("A7", """{"replies":{"Tone":1}}""", "replies", "/replies unknown_member")]
    [InlineData("A7", """{"replies":null}""", "replies", "/replies unknown_member")]
    [InlineData("A7", """{"replies":["tone"]}""", "replies", "/replies unknown_member")]
    [InlineData("A7", """{"replies":{"x":{"tone":1}}}""", "replies", "/replies unknown_member")]
    [InlineData("A7", """{"strategy":"x"}""", "strategy", "/strategy unknown_member")]
    [InlineData("A7", """{"tone":"x"}""", "tone", "/tone unknown_member")]
    [InlineData("A7", """{"maxPerPostPerHour":1}""", "maxPerPostPerHour", "/maxPerPostPerHour unknown_member")]
    [InlineData("A7", """{"firstComment":{"tone":"x"}}""", "firstComment.tone", "/firstComment/tone unknown_member")]
    [InlineData("A7", """{"replyToComments":{"strategy":"x"}}""", "replyToComments.strategy", "/replyToComments/strategy unknown_member")]
    public async Task R60_R66_to_R72_R77_R82_R83_Rejected_at_its_field(string what, string json, string field, string issue)
    {
        ApiResponse response = await RejectedAsync((await Host.AddProjectAsync()).Path, json, 422, "VALIDATION");
        Assert.Equal("Invalid body.", response.Message);
        Assert.Equal([field], response.Fields);
        Assert.True(response.Issues is [string only] && only == issue, $"{what}: {string.Join("; ", response.Issues)}");
    }

    [Theory]
    [InlineData("PT29S")]
    [InlineData("PT29.9999999S")]
    [InlineData("PT29.99999999999999999999S")]
    [InlineData("PT0S")]
    [InlineData("P0D")]
    [InlineData("P0W")]
    [InlineData("PT3601S")]
    [InlineData("PT3600.0000001S")]
    [InlineData("PT3600.00000000000000000001S")]
    [InlineData("PT1H1S")]
    [InlineData("P1D")]
    [InlineData("P1W")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("PT99999999999999999999999H")]
    public async Task R75_A30_Durations_out_of_range_are_rejected(string sent)
    {
        ApiResponse response = await RejectedAsync(
            (await Host.AddProjectAsync()).Path, $$$"""{"replyToComments":{"autoReplyDelay":"{{{sent}}}"}}""", 422, "VALIDATION");
        Assert.Equal(["/replyToComments/autoReplyDelay out_of_range"], response.Issues);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("5M")]
    [InlineData("T5M")]
    [InlineData("PT5")]
    [InlineData("P5MT")]
    [InlineData("pt5m")]
    [InlineData("PT5m")]
    [InlineData(" PT5M")]
    [InlineData("PT5M ")]
    [InlineData("PT5M\\n")]
    [InlineData("-PT5M")]
    [InlineData("+PT5M")]
    [InlineData("PT-5M")]
    [InlineData("PT5M5M")]
    [InlineData("PT5S5M")]
    [InlineData("PT0.5H5M")]
    [InlineData("PT.5M")]
    [InlineData("PT5.M")]
    [InlineData("PT5M0")]
    [InlineData("P0000-00-00T00:05:00")]
    [InlineData("00:05:00")]
    [InlineData("PT٥M")]
    [InlineData("5 minutes")]
    [InlineData("PT5M\\u0000")]
    public async Task R76_A30_A_value_that_is_not_a_duration_is_rejected(string sent)
    {
        ApiResponse response = await RejectedAsync(
            (await Host.AddProjectAsync()).Path, $$$"""{"replyToComments":{"autoReplyDelay":"{{{sent}}}"}}""", 422, "VALIDATION");
        Assert.Equal(["/replyToComments/autoReplyDelay bad_format"], response.Issues);
    }

    [Fact]
    public async Task A30_A_duration_of_5000_digits_is_read_exactly()
    {
        TestProject project = await Host.AddProjectAsync();
        string zeros = new('0', 5000);
        ApiResponse response = await AcceptedAsync(
            project.Path, $$$"""{"replyToComments":{"autoReplyDelay":"PT{{{zeros}}}30.{{{zeros}}}S"}}""");
        Assert.Equal("PT30S", response.Json.GetProperty("replyToComments").GetProperty("autoReplyDelay").GetString());
        foreach (string beyond in (string[])[$"PT3600.{zeros}1S", $"PT29.{new string('9', 5000)}S", $"PT{new string('9', 5000)}S"])
        {
            await RejectedAsync(project.Path, $$$"""{"replyToComments":{"autoReplyDelay":"{{{beyond}}}"}}""", 422, "VALIDATION");
        }
    }

    [Fact]
    public async Task R71_A20_A_comment_of_501_code_points_is_rejected()
    {
        string path = (await Host.AddProjectAsync()).Path;
        foreach (string text in (string[])[new string('x', 501), string.Concat(Enumerable.Repeat("💩", 501))])
        {
            ApiResponse response = await RejectedAsync(path, $$$"""{"firstComment":{"commentTemplate":"{{{text}}}"}}""", 422, "VALIDATION");
            Assert.Equal(["/firstComment/commentTemplate too_long"], response.Issues);
        }
    }

    [Theory]
    [InlineData("""{"enabled":false,"firstComment":{"commentTemplate":"new"},"replyToComments":{"autoReplyDelay":"PT2H"}}""")]
    [InlineData("""{"replyToComments":{"autoReplyDelay":"PT2H"},"firstComment":{"commentTemplate":"new"},"enabled":false}""")]
    [InlineData("""{"firstComment":{"commentTemplate":"new","targets":["x"]},"enabled":false}""")]
    [InlineData("""{"enabled":false,"foo":1}""")]
    public async Task R85_A_rejected_patch_changes_neither_object(string json) =>
        await RejectedAsync((await Host.AddProjectAsync()).Path, json, 422, "VALIDATION");
}
