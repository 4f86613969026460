using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>Which specs an edit changes. Relevant edits are tested too, to show that the tests detect changes.</summary>
public class IncrementalTests
{
    private const string Patch = GeneratorTest.Usings + """
        namespace Shop;

        public record Todo { public string Title { get; init; } = ""; public Kind? Kind { get; init; } public Note? Note { get; init; } }

        [Patch<Todo>]
        public sealed partial record TodoPatch
        {
            [MaxLength(80)]
            public partial string Title { get; init; }
            public partial Kind? Kind { get; init; }
            public partial NotePatch Note { get; init; }
        }
        """;

    private const string Other = GeneratorTest.Usings + """
        namespace Shop;

        public record Note { public string Text { get; init; } = ""; }

        [Patch<Note>]
        public sealed partial record NotePatch { public partial string Text { get; init; } }

        [Patch]
        public sealed partial record UnboundPatch { public partial int Count { get; init; } }
        """;

    private const string Kind = "namespace Shop; public enum Kind { Red, Green }";

    [Fact]
    public void An_unrelated_edit_changes_no_spec() => Assert.Empty(Edit(3, "// unrelated", "class Unrelated { int edited; }"));

    /// <summary>The compiler's metadata resolver throws when it is compared. A build server compares it in the second build.</summary>
    [Fact]
    public void The_metadata_resolver_is_not_compared()
    {
        for (int build = 0; build < 2; build++)
        {
            CSharpCompilation input = GeneratorTest.Compile(Patch, Other, Kind);
            input = input.WithOptions(input.Options.WithMetadataReferenceResolver(new Incomparable()));
            GeneratorRunResult result = GeneratorTest.CreateDriver().RunGenerators(input).GetRunResult().Results[0];
            Assert.Null(result.Exception);
            Assert.NotEmpty(result.GeneratedSources);
        }
    }

    [Fact]
    public void An_edit_around_the_record_changes_no_spec() =>
        Assert.Empty(Edit(
            0,
            Patch,
            Patch.Replace("[Patch<Todo>]", "// a comment\n\nfile class Beside;\n\n   [Patch<Todo>]", StringComparison.Ordinal)));

    [Fact]
    public void A_method_added_to_the_record_changes_no_spec() =>
        Assert.Empty(Edit(
            0,
            Patch,
            Patch.Replace("public partial Kind?", "public int Twice() => 2;\n    public partial Kind?", StringComparison.Ordinal)));

    [Fact]
    public void A_reordered_using_changes_no_spec() =>
        Assert.Empty(Edit(
            0,
            Patch,
            Patch.Replace("using System;\n", "", StringComparison.Ordinal)
                .Replace("namespace Shop;", "using System;\nnamespace Shop;", StringComparison.Ordinal)));

    [Theory]
    [InlineData("MaxLength(80)", "MaxLength(81)")]
    [InlineData("public partial Kind? Kind", "[JsonPropertyName(\"colour\")] public partial Kind? Kind")]
    [InlineData("[Patch<Todo>]", "[Patch<Todo>(RequireAny = true)]")]
    [InlineData("[Patch<Todo>]", "[Patch<Todo>, Fence(\"due\")]")]
    public void A_relevant_edit_changes_the_spec_of_that_record_only(string from, string to) =>
        Assert.Equal(["Shop.TodoPatch"], Edit(0, Patch, Patch.Replace(from, to, StringComparison.Ordinal)));

    [Fact]
    public void An_enum_edited_in_another_file_changes_the_spec_that_uses_it() =>
        Assert.Equal(["Shop.TodoPatch"], Edit(2, Kind, Kind.Replace("Green", "Green, Blue", StringComparison.Ordinal)));

    [Fact]
    public void A_relevant_edit_of_a_document_in_another_file_changes_the_spec()
    {
        Assert.Empty(Edit(
            1,
            Other,
            Other.Replace(
                "public string Text { get; init; } = \"\"; }",
                "public string Text { get; init; } = \"\"; public int Size { get; init; } }",
                StringComparison.Ordinal)));
        Assert.Equal(
            ["Shop.NotePatch"],
            Edit(
                1,
                Other,
                Other.Replace(
                    "public string Text { get; init; } = \"\"; }",
                    "public string? Text { get; init; } public int Size { get; init; } [ChangedAt] public DateTime At { get; init; } }",
                    StringComparison.Ordinal)));
    }

    [Fact]
    public void A_nested_patch_edited_in_another_file_changes_its_spec_and_the_owner_if_relevant()
    {
        Assert.Equal(
            ["Shop.NotePatch"],
            Edit(
                1,
                Other,
                Other.Replace(
                    "{ public partial string Text { get; init; } }",
                    "{ [MaxLength(5)] public partial string Text { get; init; } }",
                    StringComparison.Ordinal)));
        Assert.Equal(
            ["Shop.NotePatch", "Shop.TodoPatch"],
            Edit(
                1,
                Other,
                Other.Replace("sealed partial record NotePatch", "readonly partial record struct NotePatch", StringComparison.Ordinal)));
        Assert.Equal(["Shop.TodoPatch"], Edit(1, Other, Other.Replace("[Patch<Note>]", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_list_by_key_in_a_nested_patch_changes_the_spec_of_the_owner()
    {
        const string Part = GeneratorTest.Usings
            + "public record Part { public int Id { get; init; } public string? Text { get; init; } "
            + "public List<Part> Parts { get; init; } = []; } "
            + "[Patch<Part>] public partial record PartPatch { public partial string? Text { get; init; } }";
        const string Owner = GeneratorTest.Usings
            + "public record Whole { public Part? Part { get; init; } } "
            + "[Patch<Whole>] public partial record WholePatch { public partial PartPatch? Part { get; init; } }";
        const string List =
            "{ [KeyedBy(nameof(Part.Id))] public partial Dictionary<int, PartPatch?> Parts { get; init; } public partial string";
        string edited = Part.Replace("{ public partial string", List, StringComparison.Ordinal);
        Assert.Equal(["PartPatch", "WholePatch"], Edit([Part, Owner], 0, edited));
    }

    [Fact]
    public void A_serializer_context_edited_in_another_file_changes_the_spec()
    {
        const string Context = GeneratorTest.Usings
            + "public class Line; [JsonSerializable(typeof(Line))] public abstract partial class C() : JsonSerializerContext(null);";
        const string Owner = GeneratorTest.Usings
            + "[Patch(Context = typeof(C))] public sealed partial record P { public partial Line[] Lines { get; init; } }";
        Assert.Empty(Edit(
            [Context, Owner],
            0,
            Context.Replace("[JsonSerializable", "[JsonSerializable(typeof(int)), JsonSerializable", StringComparison.Ordinal)));
        Assert.Equal(["P"], Edit([Context, Owner], 0, Context.Replace("typeof(Line)", "typeof(int)", StringComparison.Ordinal)));
    }

    /// <summary>Edits outside the record and outside the declarations that it names, which change the meaning of a name.</summary>
    [Theory]
    [InlineData("public static class Limits { public const int Max = 5; }", "Max = 5", "Max = 6")]
    [InlineData("public static class Other { }", "public static", "namespace Shop { public enum DayOfWeek { Never } } public static")]
    [InlineData("public record D { public string Text { get; init; } = \"\"; }", "public record", "#nullable disable\npublic record")]
    [InlineData("public record D { public string Text { get; init; } = \"\"; }", "public string", "\n#nullable disable\npublic string")]
    public void An_edit_that_changes_the_meaning_of_a_name_changes_the_spec(string source, string from, string to)
    {
        const string Owner = GeneratorTest.Usings
            + "namespace Shop { [Patch<D>] public sealed partial record P { [MaxLength(Limits.Max)] public partial string? Text { get; "
            + "init; } } [Patch] public sealed partial record Q { public partial DayOfWeek Day { get; init; } } }";
        string[] sources = [
            source,
            Owner,
            source.Contains("Limits", StringComparison.Ordinal) ? "" : "public static class Limits { public const int Max = 5; }",
            source.Contains(" D ", StringComparison.Ordinal) ? "" : "public record D { public string? Text { get; init; } }"];
        Assert.Equal(
            [to.Contains("enum", StringComparison.Ordinal) ? "Shop.Q" : "Shop.P"],
            Edit(sources, 0, source.Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public void Equal_declarations_have_equal_specs_and_hash_codes()
    {
        Model.PatchSpec left =
            Spec(Patch), right = Spec(Patch.Replace("    public partial", "\n\n        public  partial", StringComparison.Ordinal));
        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.NotEqual(left, Spec(Patch.Replace("80", "79", StringComparison.Ordinal)));
    }

    private static string[] Edit(int index, string before, string after)
    {
        string[] sources = [Patch, Other, Kind, "// unrelated"];
        Assert.Equal(before, sources[index]);
        return Edit(sources, index, after);
    }

    /// <summary>Replaces one file and returns the records whose specs changed. Asserts that only their outputs changed.</summary>
    private static string[] Edit(string[] sources, int index, string after)
    {
        Assert.NotEqual(sources[index], after);
        CSharpCompilation compilation = GeneratorTest.Compile(sources);
        SyntaxTree tree = compilation.SyntaxTrees[index];
        GeneratorDriver driver = GeneratorTest.CreateDriver().RunGenerators(compilation);
        GeneratorRunResult result =
            driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, GeneratorTest.Parse(after, tree.FilePath))).GetRunResult().Results[0];
        string[] changed =
        [
            .. new[] { TrackingNames.Patches, TrackingNames.PatchesOf }
                .SelectMany(name => result.TrackedSteps.TryGetValue(name, out var steps) ? steps : [])
                .SelectMany(static step => step.Outputs)
                .Where(static output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified)
                .Select(static output => ((Model.PatchSpec)output.Value).DisplayName)
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(
            changed.Length,
            result.TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static step => step.Outputs)
                .Count(static output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified));
        return changed;
    }

    private static Model.PatchSpec Spec(string source) =>
        GeneratorTest.CreateDriver().RunGenerators(GeneratorTest.Compile(source, Other, Kind))
            .GetRunResult().Results[0].TrackedSteps[TrackingNames.PatchesOf]
            .SelectMany(static step => step.Outputs)
            .Select(static output => (Model.PatchSpec)output.Value)
            .Single(static spec => spec.DisplayName == "Shop.TodoPatch");

    private sealed class Incomparable : MetadataReferenceResolver
    {
        public override bool Equals(object? other) => throw new NotImplementedException();

        public override int GetHashCode() => throw new NotImplementedException();

        public override ImmutableArray<PortableExecutableReference> ResolveReference(
            string reference,
            string? baseFilePath,
            MetadataReferenceProperties properties) =>
            [];
    }
}
