using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Members that only callers with a scope may write.</summary>
public partial class WriteScopeTests
{
    private static readonly PatchReadOptions Hr = new() { WriteScopes = ["other", "hr"] };

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("-1")]
    [InlineData("\"text\"")]
    [InlineData("{\"a\":[1,{}]}")]
    public void A_member_is_rejected_with_any_value_from_a_caller_without_its_scope(string value)
    {
        Assert.Equal("MissingScope /salary missing_scope", Errors($$"""{"salary":{{value}}}"""));
        Assert.Equal("MissingScope /home/code missing_scope", Errors($$$"""{"home":{"code":{{{value}}}}}"""));
        Assert.Equal("MissingScope /moves/a~1b/code missing_scope", Errors($$$$"""{"moves":{"a/b":{"code":{{{{value}}}}}}}"""));
        Assert.Equal("MissingScope /office missing_scope", Errors($$"""{"office":{{value}}}"""));
    }

    [Fact]
    public void A_caller_with_the_scope_writes_it_under_its_rules()
    {
        Assert.True(StaffPatch.TryRead("""{"salary":5,"home":{"code":"x"}}""", Hr, out StaffPatch? patch, out _));
        Assert.Equal((5, "x"), (patch.Salary, patch.Home?.Code));
        Assert.Equal("Invalid /salary out_of_range", Errors("""{"salary":-1}""", Hr));
        Assert.Equal("Invalid /home/code too_long", Errors("""{"home":{"code":"12345"}}""", Hr));
        Assert.Equal("MissingScope /salary missing_scope", Errors("""{"salary":5}""", Hr with { WriteScopes = ["HR", "hr2", "h"] }));
    }

    [Fact]
    public void All_members_are_reported_with_their_scopes()
    {
        Assert.False(StaffPatch.TryRead(
            """{"salary":1,"name":"","unknown":1,"office":{},"home":{"code":1,"code":2,"city":7}}""", out _, out PatchProblems problems));
        Assert.Equal(PatchVerdict.MissingScope, problems.Verdict);
        Assert.Equal(
            [
                "/salary Needs the scope hr; leave it out. hr",
                "/office Needs the scope hr:admin; leave it out. hr:admin",
                "/home/code Needs the scope hr; leave it out. hr",
                "/home/code Needs the scope hr; leave it out. hr",
            ],
            problems.Select(static problem => $"{problem.Pointer} {problem.Message} {problem.Arguments["scope"]}"));
    }

    [Fact]
    public void Malformed_JSON_and_fences_take_precedence_in_any_order()
    {
        Assert.Equal("Malformed  malformed", Errors("""{"salary":1}}"""));
        Assert.Equal("Malformed  malformed", Errors("""{"salary":"\ud800"}"""));
        Assert.Equal("Fenced /soon fenced", Errors("""{"salary":1,"soon":1}"""));
        Assert.Equal("Fenced /soon fenced", Errors("""{"soon":1,"salary":1}"""));
        Assert.Equal("Fenced /later fenced", Errors("""{"later":1,"salary":1}"""));
        Assert.Equal("Fenced /later fenced", Errors("""{"later":1}""", Hr));
        Assert.Equal("MissingScope /later missing_scope", Errors("""{"later":1}""", new() { LiftedFences = ["v2"] }));
        Assert.Equal("Invalid /later wrong_type", Errors("""{"later":[]}""", Hr with { LiftedFences = ["v2"] }));
    }

    [Fact]
    public void Fences_and_scopes_are_kept_apart_from_other_problems()
    {
        string many = string.Concat(Enumerable.Range(0, 70).Select(static i => $"\"u{i}\":1,"));
        Assert.Equal("MissingScope /salary missing_scope", Errors($$"""{{{many}}"salary":1}"""));
        string scoped = string.Concat(Enumerable.Range(0, 70).Select(static _ => "\"salary\":1,"));
        Assert.Equal("Fenced /soon fenced", Errors($$"""{{{scoped}}"soon":1}"""));
        StaffPatch.TryRead($$"""{{{scoped}}"name":"a"}""", out _, out PatchProblems problems);
        Assert.Equal((64, 6), (problems.Count, problems.Truncated));
    }

    [Theory]
    [InlineData("salar", "")]
    [InlineData("soo", "")]
    [InlineData("nam", "name")]
    [InlineData("wor", "")]
    public void Suggestions_name_only_members_that_the_caller_may_write(string name, string suggested)
    {
        Assert.Equal(Unknown(suggested), Message($$"""{"{{name}}":1}"""));
        Assert.Equal(Unknown(name == "salar" ? "salary" : suggested), Message($$"""{"{{name}}":1}""", Hr));
        Assert.Equal(Unknown(name == "soo" ? "soon" : suggested), Message($$"""{"{{name}}":1}""", new() { LiftedFences = ["v1"] }));

        static string Unknown(string meant) => meant.Length == 0 ? "Unknown member." : $"Unknown member. Did you mean \"{meant}\"?";
    }

    [Fact]
    public void The_schema_is_the_same_for_all_callers()
    {
        string schema = Schema(PatchReadOptions.Default);
        Assert.Equal(schema, Schema(Hr));
        using var document = JsonDocument.Parse(schema);
        Assert.Equal(
            """[{"path":"salary","scope":"hr"},{"path":"office","scope":"hr:admin"}]""",
            document.RootElement.GetProperty("x-write-scopes").GetRawText());
        Assert.True(document.RootElement.GetProperty("properties").TryGetProperty("salary", out _));

        static string Schema(PatchReadOptions options)
        {
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
            {
                StaffPatch.WriteJsonSchema(writer, options);
            }

            return Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    [Fact]
    public void What_code_sets_is_written_and_validated_without_scopes()
    {
        var patch = new StaffPatch { Salary = 5 };
        Assert.Equal("""{"salary":5}""", patch.ToJson());
        Assert.Equal(PatchVerdict.Ok, patch.Validate().Verdict);
        Assert.Equal("Alice", patch.ApplyTo(new Staff { Name = "Alice" }).Name);
    }

    private static string Errors(string json, PatchReadOptions? options = null)
    {
        StaffPatch.TryRead(json, options ?? PatchReadOptions.Default, out _, out PatchProblems problems);
        return $"{problems.Verdict} {string.Join(", ", problems.Select(static problem => $"{problem.Pointer} {problem.Code}"))}";
    }

    private static string Message(string json, PatchReadOptions? options = null)
    {
        StaffPatch.TryRead(json, options ?? PatchReadOptions.Default, out _, out PatchProblems problems);
        return Assert.Single(problems).Message;
    }

    public sealed record Staff
    {
        public string Name { get; init; } = "";

        public int Salary { get; init; }

        public string? Soon { get; init; }

        public string? Later { get; init; }

        public Place Home { get; init; } = new();

        public Place? Office { get; init; }

        public Dictionary<string, Place> Moves { get; init; } = [];
    }

    public sealed record Place
    {
        public string? City { get; init; }

        public string? Code { get; init; }
    }

    [Patch<Staff>]
    public sealed partial record StaffPatch
    {
        [MinLength(1)]
        public partial string Name { get; init; }

        [WriteScope("hr"), Range(0, 10)]
        public partial int Salary { get; init; }

        [FencedUntil("v1")]
        public partial string? Soon { get; init; }

        [FencedUntil("v2"), WriteScope("hr")]
        public partial string? Later { get; init; }

        public partial PlacePatch Home { get; init; }

        [WriteScope("hr:admin")]
        public partial PlacePatch? Office { get; init; }

        public partial Dictionary<string, PlacePatch> Moves { get; init; }
    }

    [Patch<Place>]
    public sealed partial record PlacePatch
    {
        public partial string? City { get; init; }

        [WriteScope("hr"), MaxLength(3)]
        public partial string? Code { get; init; }
    }
}
