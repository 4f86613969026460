using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

public class ProblemTests
{
    [Fact]
    public void All_problems_of_a_body_are_reported_in_order()
    {
        Assert.Equal(
            "Invalid /name too_short, /x unknown_member, /gender not_allowed_value, /vibe wrong_type, /vibe duplicate_member, "
                + "/personality/traits/1 wrong_type, /personality/traits/2 null_not_allowed, /personality/k/0/a duplicate_member",
            Read.Errors<InfluencerPatch>(
                """{"name":"","x":{"y":[1]},"gender":"MALE","vibe":3,"vibe":"again","personality":"""
                    + """{"traits":["a",1,null,"b"],"k":[{"a":1,"a":2}]}}"""));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData(" 1 ")]
    [InlineData("[{\"name\":\"a\"}]")]
    public void A_body_that_is_not_an_object_is_rejected(string body)
    {
        PatchProblem problem = Assert.Single(Read.Problems<EngagementPatch>(body));
        Assert.Equal("", problem.Pointer);
        Assert.Equal(PatchProblemCodes.WrongType, problem.Code);
        Assert.Equal("Must be an object.", problem.Message);
        Assert.Empty(problem.Arguments);
    }

    [Theory]
    [InlineData("null", "null_not_allowed")]
    [InlineData("[]", "wrong_type")]
    [InlineData("\"\"", "wrong_type")]
    [InlineData("false", "wrong_type")]
    public void A_nested_patch_that_is_not_an_object_is_rejected(string value, string code) =>
        Assert.Equal($"Invalid /firstComment {code}", Read.Errors<EngagementPatch>($$"""{"firstComment":{{value}},"enabled":true}"""));

    [Fact]
    public void Null_is_accepted_by_a_nullable_member()
    {
        InfluencerPatch patch = Read.Ok<InfluencerPatch>("""{"gender":null,"vibe": null}""");
        Assert.True(patch.HasGender);
        Assert.True(patch.HasVibe);
        Assert.False(patch.HasName);
        Assert.Null(patch.Gender);
        Assert.Null(patch.Vibe);
        Read.Ok<EngagementPatch>("""{"replyToComments":{"maximum":null,"inner":null}}""");
    }

    [Fact]
    public void Null_is_rejected_by_other_members()
    {
        Assert.Equal("Must not be null.", Read.Message<InfluencerPatch>("""{"name":null}"""));
        Assert.Equal(
            "Invalid /enabled null_not_allowed, /firstComment null_not_allowed",
            Read.Errors<EngagementPatch>("""{"enabled":null,"firstComment":null}"""));
    }

    [Theory]
    [InlineData("""{"na\u006De":"a","vibe":"b","name":"c"}""", "/name")]
    [InlineData("""{"vibe":"a","\u0076ibe":null}""", "/vibe")]
    [InlineData("""{"personality":{},"vibe":"x","personalit\u0079":{}}""", "/personality")]
    public void Duplicates_are_found_after_unescaping(string body, string pointer)
    {
        PatchProblem problem = Assert.Single(Read.Problems<InfluencerPatch>(body));
        Assert.Equal((pointer, PatchProblemCodes.DuplicateMember, "Duplicate member."), (problem.Pointer, problem.Code, problem.Message));
    }

    [Fact]
    public void An_empty_patch_is_rejected_where_a_member_is_required()
    {
        Assert.Equal("At least one member is required.", Read.Message<InfluencerPatch>(" { } "));
        Assert.Equal("Invalid  empty_patch", Read.Errors<InfluencerPatch>("{}"));
        Assert.Equal("Invalid /x unknown_member", Read.Errors<InfluencerPatch>("""{"x":1}"""));
        Read.Ok<EngagementPatch>("{}");
    }

    [Theory]
    [InlineData("vibes", "vibe")]
    [InlineData("vbie", "vibe")]
    [InlineData("Vibe", "vibe")]
    [InlineData("VIBE", "vibe")]
    [InlineData("nme", "name")]
    [InlineData("gendre", "gender")]
    [InlineData("persnolity", "personality")]
    [InlineData("PERSONALITY", "personality")]
    [InlineData("person", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    [InlineData("genderFluidity", null)]
    public void A_name_that_is_close_to_a_member_gets_a_suggestion(string name, string? suggestion) =>
        Assert.Equal(
            suggestion is null ? "Unknown member." : $"Unknown member. Did you mean \"{suggestion}\"?",
            Read.Message<InfluencerPatch>($$"""{"{{name}}":1}"""));

    [Fact]
    public void Fenced_names_are_never_suggested()
    {
        Assert.Equal("Unknown member.", Read.Message<EngagementPatch>("""{"firstComment":{"strategi":1}}"""));
        Assert.Equal("Unknown member.", Read.Message<EngagementPatch>("""{"tonne":1}"""));
    }

    [Theory]
    [InlineData("a/b", "/a~1b")]
    [InlineData("a~b", "/a~0b")]
    [InlineData("~1", "/~01")]
    [InlineData("", "/")]
    [InlineData(" ", "/ ")]
    [InlineData("é😀", "/é😀")]
    [InlineData("a\\u0022\\\\\\n", "/a\"\\\n")]
    public void Pointers_are_written_as_rfc_6901_says(string name, string pointer) =>
        Assert.Equal(pointer, Assert.Single(Read.Problems<InfluencerPatch>($$"""{"{{name}}":1}""")).Pointer);

    [Theory]
    [InlineData("""{"personality":{"7":1,"7":2}}""", "/personality/7", "personality.7")]
    [InlineData("""{"personality":{"traits":["a",2]}}""", "/personality/traits/1", "personality.traits")]
    [InlineData("""{"personality":{"a/b":1,"a/b":2}}""", "/personality/a~1b", "personality.a/b")]
    [InlineData("""{"7":1}""", "/7", "7")]
    [InlineData("{}", "", "")]
    public void The_field_is_the_member_whose_value_is_wrong(string json, string pointer, string field)
    {
        PatchProblem problem = Assert.Single(Read.Problems<InfluencerPatch>(json));
        Assert.Equal((pointer, field), (problem.Pointer, problem.Field));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("/name", "name")]
    [InlineData("/a~1b/~0c", "a/b.~c")]
    [InlineData("/targets/1", "targets")]
    [InlineData("/lines/0/amount", "lines")]
    [InlineData("/7", "7")]
    public void The_field_of_a_problem_of_ones_own_comes_from_its_pointer(string pointer, string field) =>
        Assert.Equal(field, new PatchProblem(pointer, "odd", "Must be odd.").Field);

    [Fact]
    public void Pointers_go_through_objects_and_arrays()
    {
        Assert.Equal(
            "Invalid /firstComment/extra~1~0names/1/0 wrong_type, /firstComment/extra~1~0names/2 wrong_type",
            Read.Errors<EngagementPatch>("""{"firstComment":{"extra/~names":[["a"],[1],"b"]}}"""));
        Assert.Equal(
            "Invalid /personality/a~1b/1/~0/x~1y/0/0/z duplicate_member",
            Read.Errors<InfluencerPatch>("""{"personality":{"a/b":[0,{"~":{"x/y":[[{"z":1,"z":2}]]}}]}}"""));
        Assert.Equal(
            "Invalid /replyToComments/inner/replyToComments/inner/firstComment/commentTemplate too_short",
            Read.Errors<EngagementPatch>(
                """{"replyToComments":{"inner":{"replyToComments":{"inner":{"firstComment":{"commentTemplate":""}}}}}}"""));
    }

    [Fact]
    public void A_very_long_name_is_truncated_in_pointers()
    {
        Assert.Equal($"/{new string('n', 256)}…", Pointer(new string('n', 60_000)));
        Assert.Equal($"/{new string('n', 255)}…", Pointer(new string('n', 255) + "😀"));
        Assert.Equal($"/{new string('n', 256)}", Pointer(new string('n', 256)));

        static string Pointer(string name) => Assert.Single(Read.Problems<InfluencerPatch>($$"""{"{{name}}":1}""")).Pointer;
    }

    [Fact]
    public void Problems_beyond_the_limit_are_counted()
    {
        PatchReadOptions options = new() { MaxProblems = 3 };
        string body = $"{{{string.Join(',', Enumerable.Range(0, 10).Select(i => $"\"x{i}\":{i}"))}}}";
        Assert.Equal("Invalid /x0 unknown_member, /x1 unknown_member, /x2 unknown_member +7", Read.Errors<InfluencerPatch>(body, options));
        Assert.Equal("Invalid /x0 unknown_member +9", Read.Errors<InfluencerPatch>(body, options with { MaxProblems = 1 }));
        PatchProblems all = Read.Problems<InfluencerPatch>(body);
        Assert.Equal(10, all.Count);
        Assert.Equal(0, all.Truncated);
        Assert.Equal("/x9", all[9].Pointer);
        Assert.Throws<ArgumentOutOfRangeException>(() => all[10]);
        Assert.Throws<ArgumentOutOfRangeException>(() => all[-1]);
    }

    [Fact]
    public void Problems_beyond_the_limit_do_not_change_the_pointers_of_others()
    {
        PatchReadOptions options = new() { MaxProblems = 2 };
        Assert.Equal(
            "Invalid /x unknown_member, /firstComment/targets/0 not_allowed_value +2",
            Read.Errors<EngagementPatch>("""{"x":1,"firstComment":{"targets":["a","b"]},"replyToComments":{"y":1}}""", options));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("💩", 1)]
    [InlineData("e\u0301", 2)]
    [InlineData("👨‍👩‍👧", 5)]
    public void Lengths_are_counted_in_code_points(string unit, int codePoints)
    {
        if (codePoints == 0)
        {
            Assert.Equal("Must have at least 1 character.", Read.Message<InfluencerPatch>("""{"name":""}"""));
            Assert.Equal("min=1 max=128", Read.Arguments<InfluencerPatch>("""{"name":""}"""));
            return;
        }

        int most = 128 / codePoints;
        string fits = string.Concat(Enumerable.Repeat(unit, most)) + new string('x', 128 - most * codePoints);
        Assert.Equal(fits, Read.Ok<InfluencerPatch>($$"""{"name":"{{fits}}"}""").Name);
        Assert.Equal("Must have at most 128 characters.", Read.Message<InfluencerPatch>($$"""{"name":"{{fits}}{{unit}}"}"""));
        Assert.Equal("min=1 max=128", Read.Arguments<InfluencerPatch>($$"""{"name":"{{fits}}x"}"""));
    }

    [Fact]
    public void Strings_are_kept_as_sent()
    {
        foreach (
            string text in new[]
            {
                " a ",
                "\u0000\u0001\u007f",
                "\uFFFE\uFFFF",
                "e\u0301",
                "\u200B",
                "😀\uFEFF",
                "\"\\/\b\f\n\r\t",
                new string('é', 100),
                new string('a', 200) + "é" + new string('b', 200),
            })
        {
            Assert.Equal(text, Read.Ok<InfluencerPatch>($$"""{"vibe":{{System.Text.Json.JsonSerializer.Serialize(text)}}}""").Vibe);
        }

        Assert.Equal("é😀/", Read.Ok<InfluencerPatch>("""{"vibe":"é\ud83d\uDE00\/"}""").Vibe);
    }

    [Fact]
    public void Strings_of_every_length_are_kept()
    {
        for (int length = 0; length < 300; length++)
        {
            string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + i % 26)));
            Assert.Equal(text, Read.Ok<InfluencerPatch>($$"""{"vibe":"{{text}}"}""").Vibe);
            Assert.Equal(text + "é", Read.Ok<InfluencerPatch>($$"""{"vibe":"{{text}}é"}""").Vibe);
            Assert.Equal("\n" + text, Read.Ok<InfluencerPatch>($$"""{"vibe":"\n{{text}}"}""").Vibe);
        }
    }

    [Fact]
    public void Texts_are_the_same_in_every_culture()
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture =
                new System.Globalization.CultureInfo("tr-TR") { NumberFormat = { NegativeSign = "neg" } };
            Assert.Equal(
                "Must be between -128 and 127.",
                ValueOf.Errors<sbyte, Json.IntegerValue<sbyte>>(Json.PatchValues.SByte, "128")["out_of_range: ".Length..]);
            Assert.Equal(-12, ValueOf.Ok<sbyte, Json.IntegerValue<sbyte>>(Json.PatchValues.SByte, "-12"));
            Assert.Equal("Unknown member. Did you mean \"vibe\"?", Read.Message<InfluencerPatch>("""{"VIBE":1}"""));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
