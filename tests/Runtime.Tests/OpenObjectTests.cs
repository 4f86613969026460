using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

public class OpenObjectTests
{
    [Fact]
    public void Other_members_are_kept_as_sent_and_in_order()
    {
        InfluencerPatch influencer = Read.Ok<InfluencerPatch>(
            """{"personality":{"z":1.50,"humor":"dry","a":{ "x" : [ null ] },"\u0062":"\u00e9","e":null,"t":true,"f":false,"é":[]}}""");
        PersonalityPatch patch = influencer.Personality!;
        Assert.Equal("dry", patch.Humor);
        Assert.True(patch.HasOther);
        Assert.Equal(["z", "a", "b", "e", "t", "f", "é"], patch.Other.Keys);
        Assert.Equal(
            ["1.50", """{ "x" : [ null ] }""", "\"\\u00e9\"", "null", "true", "false", "[]"],
            patch.Other.Values.Select(v => v.GetRawText()));
    }

    [Fact]
    public void The_dictionary_is_one_and_may_be_changed()
    {
        OpenPatch patch = Read.Ok<OpenPatch>("""{"a":1,"b":[true]}""");
        OpenPatch copy = patch with { };
        Assert.Same(patch.Open, copy.Open);
        patch.Open!.Remove("a");
        Assert.Equal("""{"b":[true]}""", copy.ToJson());
        Assert.Equal("OpenPatch { Open = { b = [true] } }", copy.ToString());
    }

    [Fact]
    public void Many_threads_get_the_same_dictionary()
    {
        for (int round = 0; round < 100; round++)
        {
            OpenPatch patch = Read.Ok<OpenPatch>("""{"a":{"b":[1,2,3]}}""");
            object?[] found = new object?[4];
            Parallel.For(0, found.Length, i => found[i] = patch.Open);
            Assert.All(found, one => Assert.Same(patch.Open, one));
        }
    }

    [Theory]
    [InlineData("""{"x":1,"x":2}""", "/x duplicate_member")]
    [InlineData("""{"x":1,"y":2,"\u0078":2}""", "/x duplicate_member")]
    [InlineData("""{"humor":"a","hum\u006fr":"b"}""", "/humor duplicate_member")]
    [InlineData("""{"x":{"a":1,"b":{"c":1,"\u0063":2},"a":3}}""", "/x/b/c duplicate_member, /x/a duplicate_member")]
    [InlineData("""{"x":{"a":{"a":{"a":1}}}}""", null)]
    [InlineData("""{"x":[{"a":1},{"a":1}]}""", null)]
    [InlineData("""{"x":{"":1,"":2}}""", "/x/ duplicate_member")]
    [InlineData(
        """{"x":{"longer than eight 1":1,"longer than eight 2":2,"longer than eight 1":3}}""", "/x/longer than eight 1 duplicate_member")]
    [InlineData("""{"x":{"a":1,"a":1,"a":1}}""", "/x/a duplicate_member, /x/a duplicate_member")]
    [InlineData("""{"x":{"a":1,"a\u0000":1}}""", null)]
    [InlineData("""{"x":{"é":1,"e\u0301":1,"\u00e9":1}}""", "/x/é duplicate_member")]
    public void Duplicates_are_found_at_any_depth(string personality, string? problems)
    {
        string body = $$"""{"personality":{{personality}}}""";
        if (problems is null)
        {
            Read.Ok<InfluencerPatch>(body);
        }
        else
        {
            Assert.Equal(
                "Invalid " + string.Join(", ", problems.Split(", ").Select(p => "/personality" + p)), Read.Errors<InfluencerPatch>(body));
        }
    }

    [Fact]
    public void Duplicates_are_found_among_many_names()
    {
        Random random = new(1);
        for (int round = 0; round < 200; round++)
        {
            string[] names =
            [
                .. Enumerable.Range(0, random.Next(2, 60)).Select(
                    _ => $"{(random.Next(2) == 0 ? "a common beginning " : "")}{random.Next(60)}"),
            ];
            string[] expected = [.. names.Where((n, i) => names.Take(i).Contains(n)).Select(n => $"/x/{n}")];
            IEnumerable<string> members =
                names.Select(n => $"\"{(random.Next(4) == 0 ? n.Replace("a", "\\u0061") : n)}\":{random.Next(9)}");
            string body = $"{{\"x\":{{{string.Join(',', members)}}}}}";
            PatchReader.TryRead<OpenPatch>(System.Text.Encoding.UTF8.GetBytes(body), out _, out PatchProblems problems);
            Assert.Equal(expected, problems.Select(p => p.Pointer));
        }
    }

    [Fact]
    public void Empty_and_too_long_names_are_rejected()
    {
        Assert.Equal("Invalid /personality/ too_short", Read.Errors<InfluencerPatch>("""{"personality":{"":1}}"""));
        Assert.Equal("A member's name must not be empty.", Read.Message<InfluencerPatch>("""{"personality":{"":1}}"""));
        string fits = string.Concat(Enumerable.Repeat("😀", 64));
        Assert.Equal(fits, Assert.Single(Read.Ok<OpenPatch>($$"""{"{{fits}}":1}""").Open!).Key);
        Assert.Equal("A member's name must have at most 64 characters.", Read.Message<OpenPatch>($$"""{"{{fits}}x":1}"""));
        Assert.Equal("min=1 max=64", Read.Arguments<OpenPatch>($$"""{"{{fits}}x":1}"""));
        Assert.Equal(
            $"Invalid /{fits}x too_long, /{fits}x duplicate_member", Read.Errors<OpenPatch>($$"""{"{{fits}}x":1,"{{fits}}x":2}"""));
    }

    [Fact]
    public void The_number_of_members_is_limited()
    {
        static string Personality(int count)
        {
            string others = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"x{i}\":{i}"));
            return $$$"""{"personality":{"traits":[],{{{others}}},"humor":null}}""";
        }

        Assert.Equal(64, Read.Ok<InfluencerPatch>(Personality(64)).Personality!.Other!.Count);
        Assert.Equal("Invalid /personality too_long", Read.Errors<InfluencerPatch>(Personality(65)));
        Assert.Equal("Invalid /personality too_long", Read.Errors<InfluencerPatch>(Personality(200)));
        Assert.Equal("max=64", Read.Arguments<InfluencerPatch>(Personality(65)));
        Assert.Equal("Must have at most 64 further members.", Read.Message<InfluencerPatch>(Personality(65)));
        Assert.Equal("Invalid  too_long", Read.Errors<OpenPatch>("""{"a":1,"b":2}""", new PatchReadOptions { MaxOpenMembers = 1 }));
        Assert.Equal(
            "Invalid /a duplicate_member,  too_long, /c/x duplicate_member",
            Read.Errors<OpenPatch>("""{"a":1,"a":2,"b":1,"c":{"x":1,"x":1}}""", new PatchReadOptions { MaxOpenMembers = 1 }));
    }

    [Fact]
    public void Names_with_a_long_common_prefix_are_not_compared_pairwise()
    {
        // 30,000 names that differ in their last bytes only: comparing all pairs would take 450,000,000 comparisons of long names.
        string names = string.Join(',', Enumerable.Range(0, 30_000).Select(i => $"\"the same beginning for all of them {i:D6}\":0"));
        PatchReadOptions options = new() { MaxBytes = 10_000_000 };
        Read.Ok<OpenPatch>($$$"""{"x":{{{{names}}}}}""", options);
        PatchProblems problems = Read.Problems<OpenPatch>($$$"""{"x":{{{{names}}},{{{names}}}}}""", options);
        Assert.Equal((64, 29_936), (problems.Count, problems.Truncated));
        Assert.Equal("/x/the same beginning for all of them 000000", problems[0].Pointer);
    }
}
