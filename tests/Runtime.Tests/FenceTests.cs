using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

public class FenceTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("{\"a\":[1,{}]}")]
    [InlineData("[[]]")]
    [InlineData("true")]
    public void A_fenced_member_is_rejected_with_any_value(string value)
    {
        Assert.Equal(
            "Fenced /firstComment/strategy fenced", Read.Errors<EngagementPatch>($$$"""{"firstComment":{"strategy":{{{value}}}}}"""));
        Assert.Equal("Fenced /tone fenced", Read.Errors<EngagementPatch>($$"""{"tone":{{value}}}"""));
        Assert.Equal("Fenced /replies/tone fenced", Read.Errors<EngagementPatch>($$$"""{"replies":{"tone":{{{value}}}}}"""));
        Assert.Equal(
            "Fenced /replies/limits/per~1hour fenced",
            Read.Errors<EngagementPatch>($$$$"""{"replies":{"limits":{"per\/hour":{{{{value}}}}}}}"""));
        Assert.Equal("Fenced /beta fenced", Read.Errors<EngagementPatch>($$"""{"beta":{{value}}}"""));
    }

    [Fact]
    public void A_fence_reports_its_Until()
    {
        Assert.Equal("Reserved until v2; leave it out.", Read.Message<EngagementPatch>("""{"replies":{"tone":1}}"""));
        Assert.Equal("until=v3", Read.Arguments<EngagementPatch>("""{"replies":{"limits":{"per/hour":1}}}"""));
        Assert.Equal("Reserved; leave it out.", Read.Message<EngagementPatch>("""{"tone":1}"""));
        Assert.Equal("", Read.Arguments<EngagementPatch>("""{"tone":1}"""));
    }

    [Fact]
    public void A_fence_takes_precedence_over_other_problems_in_any_order()
    {
        string[] members =
        [
            "\"enabled\":\"yes\"", "\"unknown\":{\"tone\":1}", "\"firstComment\":{\"strategy\":1,\"commentTemplate\":\"\"}",
            "\"firstComment\":[]", "\"projectLayerId\":null", "\"projectLayerId\":null",
        ];
        foreach (string[] order in Permutations(members))
        {
            Assert.Equal("Fenced /firstComment/strategy fenced", Read.Errors<EngagementPatch>($"{{{string.Join(',', order)}}}"));
        }
    }

    [Fact]
    public void Malformed_JSON_takes_precedence_over_a_fence()
    {
        Assert.Equal("Malformed  malformed", Read.Errors<EngagementPatch>("""{"tone":1,"enabled":}"""));
        Assert.Equal("Malformed  malformed", Read.Errors<EngagementPatch>("""{"tone":1}}"""));
        Assert.Equal("Malformed  malformed", Read.Errors<EngagementPatch>("""{"tone":"\ud800"}"""));
        Assert.Equal("Malformed  malformed", Read.Errors<EngagementPatch>("""{"replies":{"tone":1,"x":"\ud800"}}"""));
    }

    [Fact]
    public void All_fences_are_reported_in_order() => Assert.Equal(
        "Fenced /tone fenced, /replies/maxPerPostPerHour fenced, /replies/tone fenced, /firstComment/strategy fenced, "
                + "/firstComment/strategy fenced, /replyToComments/inner/beta fenced",
        Read.Errors<EngagementPatch>(
            """{"tone":1,"replies":{"maxPerPostPerHour":1,"x":2,"tone":null},"firstComment":{"strategy":1,"strategy":2}"""
                + ""","replyToComments":{"inner":{"beta":1}}}"""));

    [Theory]
    [InlineData("""{"replies":{}}""")]
    [InlineData("""{"replies":null}""")]
    [InlineData("""{"replies":["tone"]}""")]
    [InlineData("""{"replies":"tone"}""")]
    [InlineData("""{"replies":{"Tone":1}}""")]
    [InlineData("""{"replies":{"x":{"tone":1}}}""")]
    [InlineData("""{"replies":{"limits":{"tone":1}}}""")]
    [InlineData("""{"replies":{"limits":1,"per/hour":1}}""")]
    public void A_parent_without_a_fenced_member_is_unknown(string body) =>
        Assert.Equal("Invalid /replies unknown_member", Read.Errors<EngagementPatch>(body));

    [Theory]
    [InlineData("""{"replies":{"t\u006fne":1}}""", "/replies/tone")]
    [InlineData("""{"r\u0065plies":{"tone":1}}""", "/replies/tone")]
    [InlineData("""{"replies":{},"replies":{"tone":1}}""", "/replies/tone")]
    [InlineData("""{"firstComment":{},"firstComment":{"strateg\u0079":1}}""", "/firstComment/strategy")]
    [InlineData("""{"replies":{"limits":{},"limits":{"per\u002Fhour":1}}}""", "/replies/limits/per~1hour")]
    public void A_fence_is_found_behind_escapes_and_in_duplicates(string body, string pointer) =>
        Assert.Equal($"Fenced {pointer} fenced", Read.Errors<EngagementPatch>(body));

    [Fact]
    public void A_fence_is_found_past_the_limit_of_problems()
    {
        PatchReadOptions options = new() { MaxProblems = 2 };
        string unknown = string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"x{i}\":{i}"));
        Assert.Equal("Fenced /replies/tone fenced", Read.Errors<EngagementPatch>($$$"""{{{{unknown}}},"replies":{"tone":1}}""", options));
        Assert.Equal(
            "Fenced /tone fenced, /tone fenced +3",
            Read.Errors<EngagementPatch>($$$"""{{{{unknown}}},"tone":1,"tone":1,"tone":1,"tone":1,"tone":1}""", options));
    }

    [Fact]
    public void A_lifted_fence_is_open()
    {
        PatchReadOptions options = new() { LiftedFences = ["v2", "beta"] };
        Read.Ok<EngagementPatch>("""{"beta":true}""", options);
        Assert.Equal("Invalid /beta wrong_type", Read.Errors<EngagementPatch>("""{"beta":1}""", options));
        Assert.Equal(
            "Invalid /firstComment/strategy unknown_member", Read.Errors<EngagementPatch>("""{"firstComment":{"strategy":1}}""", options));
        Assert.Equal("Invalid /replies unknown_member", Read.Errors<EngagementPatch>("""{"replies":{"tone":1}}""", options));
        Assert.Equal(
            "Fenced /replies/limits/per~1hour fenced",
            Read.Errors<EngagementPatch>("""{"replies":{"tone":1,"limits":{"per/hour":1}}}""", options));
        Assert.Equal("Fenced /tone fenced", Read.Errors<EngagementPatch>("""{"tone":1}""", options));
        Assert.Equal(
            "Fenced /beta fenced", Read.Errors<EngagementPatch>("""{"beta":1}""", options with { LiftedFences = ["BETA", "v2"] }));
    }

    private static IEnumerable<T[]> Permutations<T>(T[] items)
    {
        if (items.Length <= 1)
        {
            yield return items;
            yield break;
        }

        for (int i = 0; i < items.Length; i++)
        {
            foreach (T[] rest in Permutations<T>([.. items[..i], .. items[(i + 1)..]]))
            {
                yield return [items[i], .. rest];
            }
        }
    }
}
