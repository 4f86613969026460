using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>Each mistake in a declaration is reported once, at its location, with the fix, and causes no other error.</summary>
public partial class DiagnosticTests
{
    private const string Documents = """

        public enum Kind { Red, Green }
        public record Note { public string? Text { get; init; } }
        public record Sealed(string Text);
        public record Todo
        {
            [Key] public string Id { get; init; } = "";
            public string Title { get; init; } = "";
            public string? Text { get; init; }
            public int Count { get; init; }
            public TimeSpan Delay { get; init; }
            public string[] Tags { get; init; } = [];
            public Note? Note { get; init; }
            public Sealed? Sealed { get; init; }
            public string Computed => Title;
        }
        public class Entity { [Key] public string Id { get; set; } = ""; public string Title { get; init; } = ""; }
        public partial class Context : JsonSerializerContext
        {
            public Context() : base(null) { }
            public static Context Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    private static readonly Dictionary<string, string> Patches = new()
    {
        ["NotePatch"] = "[Patch<Note>] public sealed partial record NotePatch { public partial string? Text { get; init; } }",
        ["SealedPatch"] = "[Patch<Sealed>] public sealed partial record SealedPatch { public partial string Text { get; init; } }",
        ["FreePatch"] = "[Patch] public sealed partial record FreePatch { public partial string Text { get; init; } }",
    };

    /// <summary>The id, the text at the location, a part of the message, and the declaration.</summary>
    public static IEnumerable<object[]> Cases =>
    [
        .. ShapeCases, .. PropertyCases, .. ValueCases, .. FenceCases, .. SelectorCases, .. DocumentCases, .. EndpointCases,
        .. ConstraintCases, .. NearMissCases, .. ListCases,
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_reported_once_at_its_location(string id, string at, string message, string declaration)
    {
        // The compiler reports CS8050 for the same initializer; generated code cannot prevent that.
        ImmutableArray<Diagnostic> diagnostics = Diagnose(declaration).RemoveAll(d => id == "PG0015" && d.Id == "CS8050");

        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(message, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(at, diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan));
    }

    /// <summary>For an error of the compiler, we add no diagnostic, and the generator does not throw.</summary>
    [Theory]
    [InlineData("CS0246", "[Patch<Missing>] public partial record P { public partial int Count { get; init; } }")]
    [InlineData("CS0246", "[Patch<Todo>] public partial record P { public partial Missing Count { get; init; } }")]
    [InlineData("CS0579", "[Patch<Todo>, Patch<Note>] public partial record P { public partial int Count { get; init; } }")]
    [InlineData(
        "CS0579",
        "[Patch<Todo>] public partial record P { public partial int Count { get; init; } } [Patch<Todo>] public partial record P { }")]
    [InlineData(
        "CS0102 CS9250",
        "[Patch<Todo>] public partial record P { public partial int Count { get; init; } public partial int Count { get; init; } }")]
    [InlineData(
        "CS0754 CS9248",
        "[Patch<Todo>] public partial record P : IThing { public partial int Count { get; init; } partial int IThing.Count { get; "
        + "set; } } public interface IThing { int Count { get; set; } }")]
    [InlineData("CS9248", "[Patch<Todo>] public partial record P { public static partial int Count { get; set; } }")]
    [InlineData(
        "CS8625",
        "[Patch<Todo>] public partial record P { [JsonPropertyName(null)] public partial int Count { get; init; } "
        + "[RegularExpression(null)] public partial string Title { get; init; } }")]
    public void Errors_of_the_compiler_are_left_to_it(string ids, string declaration) =>
        Assert.Equal(ids, string.Join(" ", Diagnose(declaration).Select(static d => d.Id).Distinct().Order(StringComparer.Ordinal)));

    /// <summary>Valid code that resembles a mistake.</summary>
    [Theory]
    [InlineData(
        "[Patch<Todo>] public partial record P { public P() { } public P(string title) => Title = title; public partial string Title "
        + "{ get; init; } }")]
    [InlineData("[Patch<Todo>] public partial record struct P { public P() { Title = \"\"; } public partial string Title { get; init; } }")]
    [InlineData(
        "[Patch<Todo>] public partial record P { [JsonIgnore] public string? Note { get; set; } public void Merge(int a, int b, int "
        + "c) { } public override string ToString() => \"\"; public static int Made { get; set; } public string Shown => \"\"; }")]
    [InlineData(
        "[Patch<Todo>] public partial record P { public partial int Count { get; init; } public static int Of(P patch) => "
        + "patch.HasCount ? patch.Count : 1; }")]
    [InlineData(
        "[Patch<Todo>] public partial record P { public partial int Count { get; init; } public static bool Big(P patch) => patch is "
        + "{ HasCount: true, Count: > 5 }; }")]
    [InlineData(
        "[Patch<Todo>] public partial record P { public partial int Count { get; init; } public static int Of(P patch) => "
        + "patch.Present.Contains(Members.Count) ? patch.Count : 1; }")]
    [InlineData(
        "[Patch<Todo>] public partial record P { public partial string? Text { get; init; } public static string Of(P patch) => "
        + "patch.Text is { } text ? text : patch.Text ?? nameof(patch.Text); }")]
    [InlineData(
        "public record D { public int Size { get; init; } = 5; } [Patch<D>] public partial record P { } "
        + "[JsonSerializable(typeof(List<D>))] public partial class C : Context;")]
    [InlineData("public record D { public int Size { get; init; } = 5; } [JsonSerializable(typeof(D))] public partial class C : Context;")]
    [InlineData(
        "[JsonDerivedType(typeof(Ball), \"ball\")] public abstract record Shape; public record Ball : Shape; "
        + "[JsonSerializable(typeof(Shape))] public partial class C : Context; [Patch(Context = typeof(C))] public partial record P { "
        + "public partial Shape Shape { get; init; } }")]
    [InlineData("public enum Size { Big = 1, BIG = 1 } [Patch] public partial record P { public partial Size Size { get; init; } }")]
    [InlineData(
        "[JsonConverter(typeof(JsonStringEnumConverter<Size>))] public enum Size { BigOne, [JsonStringEnumMemberName(\"s\")] Small } "
        + "public record D { [Key] public int Id { get; set; } public Size Size { get; set; } } [Patch<D>, PatchEndpoint(\"/d/{id}\", "
        + "Context = typeof(C))] public partial record P { public partial Size Size { get; init; } } "
        + "[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)] public partial class C : Context;")]
    [InlineData(
        "public record D { [Key] public int Id { get; set; } [JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] public "
        + "DayOfWeek Day { get; set; } [JsonIgnore] public int Hidden { get; set; } [JsonPropertyName(\"n\")] public int Named { get; "
        + "set; } } [Patch<D>(Naming = PatchNaming.AsDeclared), PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record "
        + "P { public partial DayOfWeek Day { get; init; } public partial int Hidden { get; init; } [JsonPropertyName(\"n\")] public "
        + "partial int Named { get; init; } } public partial class C : Context;")]
    [InlineData(
        "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))] public partial record P { } [Patch<Todo>, "
        + "PatchEndpoint(\"/todos/{id}/text\", Context = typeof(Context))] public partial record Q { }")]
    public void Valid_code_has_no_diagnostics(string declaration) => Assert.Empty(Diagnose(declaration));

    // Adds the documents, and the patches that the declaration names.
    private static ImmutableArray<Diagnostic> Diagnose(string declaration) =>
        GeneratorTest.Diagnose(GeneratorTest.Usings + declaration + Documents + string.Concat(
            Patches.Where(p => declaration.Contains(p.Key, StringComparison.Ordinal)).Select(static p => "\n" + p.Value)));
}
