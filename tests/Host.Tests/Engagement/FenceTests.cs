using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Engagement;

/// <summary>Members of v2: the request is rejected with 403, whatever else is in the body.</summary>
public sealed class FenceTests(HostFixture host) : HostTest(host)
{
    public static TheoryData<string, string> Fenced { get; } = new()
    {
        { "R44", "firstComment.strategy" },
        { "R45", "replies.tone" },
        { "R46", "replies.maxPerPostPerHour" },
        { "R47", "replies.ignoreCommentsMatching" },
        { "R48", "replies.escalateNegativeSentiment" },
        { "R49", "replyToComments.tone" },
        { "R49", "replyToComments.maxPerPostPerHour" },
        { "R49", "replyToComments.ignoreCommentsMatching" },
        { "R49", "replyToComments.escalateNegativeSentiment" },
    };

    [Theory]
    [MemberData(nameof(Fenced))]
    public async Task R44_to_R49_A7_Any_value_is_rejected(string what, string path)
    {
        string project = (await Host.AddProjectAsync()).Path;
        (string parent, string name) = Split(path);
        foreach (string value in (string[])["null", "\"\"", "\"warm\"", "1", "true", "{}", "[]", """{"deep":[{"er":1}]}"""])
        {
            ApiResponse response = await RejectedAsync(
                project, $$$"""{"{{{parent}}}":{"{{{name}}}":{{{value}}}}}""", 403, "FORBIDDEN_FENCE");
            Assert.True(response.Issues is [string issue] && issue == $"/{parent}/{name} fenced", $"{what}: {response.Text}");
            Assert.Equal([path], response.Details.GetProperty("fields").EnumerateArray().Select(field => field.GetString()));
        }
    }

    [Theory]
    [MemberData(nameof(Fenced))]
    public async Task R50_A8_R86_A_fence_takes_precedence_in_either_order(string what, string path)
    {
        string project = (await Host.AddProjectAsync()).Path;
        (string parent, string name) = Split(path);
        string fenced = $$"""
            "{{parent}}":{"{{name}}":1}
            """;
        foreach (string other in (string[])
        [
            """ "enabled":false """,
            """ "enabled":null """,
            """ "foo":1 """,
            """ "enabled":false,"enabled":false """,
            """ "projectLayerId":"pl_unknown" """,
            string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"unknown{i}\":1")),
        ])
        {
            foreach (string json in (string[])[$"{{{fenced},{other}}}", $"{{{other},{fenced}}}"])
            {
                ApiResponse response = await RejectedAsync(project, json, 403, "FORBIDDEN_FENCE");
                Assert.True(response.Issues is [string issue] && issue == $"/{parent}/{name} fenced", $"{what}: {response.Text}");
            }
        }
    }

    [Theory]
    [InlineData("""{"firstComment":{"commentTemplate":"new","strategy":1}}""")]
    [InlineData("""{"firstComment":{"strategy":1,"commentTemplate":"new"}}""")]
    [InlineData("""{"firstComment":{"strategy":1},"firstComment":{}}""")]
    [InlineData("""{"firstComment":{},"firstComment":{"strategy":1}}""")]
    [InlineData("""{"firstComment":{"strategy":1,"strategy":2}}""")]
    [InlineData("""{"firstComment":{"str\u0061tegy":1}}""")]
    [InlineData("""{"replies":{"foo":1,"tone":1}}""")]
    [InlineData("""{"replies":{"tone":1},"replies":1}""")]
    [InlineData("""{"r\u0065plies":{"t\u006fne":1}}""")]
    [InlineData("""{"replyToComments":{"autoReplyDelay":"PT2H","tone":null}}""")]
    public async Task R50_R85_A8_No_partial_update_and_no_silent_drop(string json) =>
        await RejectedAsync((await Host.AddProjectAsync()).Path, json, 403, "FORBIDDEN_FENCE");

    [Fact]
    public async Task A8_All_fenced_members_are_listed()
    {
        ApiResponse response = await RejectedAsync(
            (await Host.AddProjectAsync()).Path,
            """{"replies":{"tone":1,"maxPerPostPerHour":2},"enabled":1,"firstComment":{"strategy":null},"replyToComments":{"tone":1}}""",
            403,
            "FORBIDDEN_FENCE");
        Assert.Equal(
            ["replies.tone", "replies.maxPerPostPerHour", "firstComment.strategy", "replyToComments.tone"],
            response.Details.GetProperty("fields").EnumerateArray().Select(field => field.GetString()));
    }

    [Theory]
    [InlineData("""{"firstComment":{"strategy":1}""")]
    [InlineData("""{"firstComment":{"strategy":1}}}""")]
    [InlineData("""{"firstComment":{"strategy":tru}}""")]
    [InlineData("""{"firstComment":{"strategy":1},}""")]
    [InlineData("""{"firstComment":{"strategy":"\ud800"}}""")]
    public async Task A8_Only_malformed_JSON_takes_precedence_over_a_fence(string json) =>
        await RejectedAsync((await Host.AddProjectAsync()).Path, json, 400, "MALFORMED_BODY");

    [Fact]
    public async Task R84_Without_the_fenced_members_the_same_body_is_accepted()
    {
        string project = (await Host.AddProjectAsync()).Path;
        await RejectedAsync(
            project,
            """{"enabled":false,"firstComment":{"commentTemplate":"new","strategy":"x"},"replies":{"tone":"x"}}""",
            403,
            "FORBIDDEN_FENCE");
        ApiResponse response = await AcceptedAsync(project, """{"enabled":false,"firstComment":{"commentTemplate":"new"}}""");
        Assert.Equal("new", response.Json.GetProperty("firstComment").GetProperty("commentTemplate").GetString());
    }

    [Theory]
    [InlineData("/v1/projects/prj_unknown/engagement")]
    [InlineData("/v1/projects/prj_01HX9Y8N0P4R6STUVW789ABCD/engagement")] // two layers
    [InlineData("/v1/projects/prj_01HX9Y9Q2R6T8UVWXYZ90ABCDE/engagement")] // none
    [InlineData("/v1/projects/prj_01HX9YAS4T8V0WXYZ01BCDEFGH/engagement")] // of the other tenant
    public async Task A9_The_body_is_validated_before_the_document_is_looked_up(string path)
    {
        ApiResponse fenced = await PatchAsync(path, """{"replies":{"tone":1}}""");
        Assert.Equal((403, "FORBIDDEN_FENCE"), (fenced.Status, fenced.Code));
        ApiResponse invalid = await PatchAsync(path, """{"enabled":1}""");
        Assert.Equal((422, "VALIDATION"), (invalid.Status, invalid.Code));
    }

    private static (string Parent, string Name) Split(string path)
    {
        string[] parts = path.Split('.');
        return (parts[0], parts[1]);
    }
}
