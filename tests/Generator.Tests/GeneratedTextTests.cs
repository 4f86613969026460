using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>The size and the layout of generated code. Users read it on F12, and their builds compile all of it.</summary>
public class GeneratedTextTests
{
    private const int Columns = 140;

    // The host's influencer patch, as an example of an ordinary patch with a document.
    private const string Document = """
        public enum Gender { Male, Female }
        public sealed record Personality { public string? Humor { get; init; } }
        public sealed record Influencer
        {
            public string Name { get; init; } = "";
            public Gender? Gender { get; init; }
            public string? AgeRange { get; init; }
            public string? Ethnicity { get; init; }
            public string? BodyType { get; init; }
            public string? HairColor { get; init; }
            public string? HairStyle { get; init; }
            public string? Style { get; init; }
            public string? Vibe { get; init; }
            public string? VoiceDescription { get; init; }
            public Personality Personality { get; init; } = new();
        }
        [Patch<Personality>] public sealed partial record PersonalityPatch { public partial string? Humor { get; init; } }

        """;

    private static readonly string[] Members =
    [
        "[StringLength(128, MinimumLength = 1)] public partial string Name { get; init; }",
        "public partial Gender? Gender { get; init; }",
        "public partial string? AgeRange { get; init; }",
        "public partial string? Ethnicity { get; init; }",
        "public partial string? BodyType { get; init; }",
        "public partial string? HairColor { get; init; }",
        "public partial string? HairStyle { get; init; }",
        "public partial string? Style { get; init; }",
        "public partial string? Vibe { get; init; }",
        "public partial string? VoiceDescription { get; init; }",
        "public partial PersonalityPatch Personality { get; init; }",
    ];

    [Fact]
    public void The_size_of_a_patch_and_of_a_member_is_limited()
    {
        int none = Characters([]), all = Characters(Members);
        Assert.InRange(none, 1, 7_500);
        Assert.InRange((all - none) / Members.Length, 1, 1_200);
    }

    [Fact]
    public void Lines_have_at_most_140_columns() =>
        Assert.All(
            Directory.GetFiles(Path.Combine(SnapshotTests.Root(), "tests", "Generator.Tests", "Snapshots"), "*.verified.cs"),
            static file => Assert.DoesNotContain(File.ReadLines(file), static line => line.Length > Columns));

    /// <summary>Code with long names has line breaks wherever possible, and must still compile.</summary>
    [Fact]
    public void Names_longer_than_a_line_compile()
    {
        string name = "A" + new string('b', 100), source = GeneratorTest.Usings + $$"""
            namespace {{name}}.{{name}};
            public enum {{name}}Kind { {{name}} }
            public record {{name}}Document { public {{name}}Kind {{name}} { get; init; }
                public Dictionary<string, {{name}}Kind> Map { get; init; } = []; public long Number { get; init; } }
            [Patch<{{name}}Document>(RequireAny = true), Fence("{{name}}.{{name}}")]
            public readonly partial record struct {{name}}Patch
            {
                [FencedUntil("{{name}}"), WriteScope("{{name}}")] public partial {{name}}Kind {{name}} { get; init; }
                public partial Dictionary<string, {{name}}Kind> Map { get; init; }
                public partial int Number { get; init; }
            }
            """;
        GeneratorTest.Run(source);
    }

    /// <summary>Coverage tools and analyzers skip members with [GeneratedCode]. The user's own properties must not have it.</summary>
    [Fact]
    public void Generated_members_have_the_GeneratedCode_attribute()
    {
        const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
            | BindingFlags.NonPublic;
        Assembly assembly = GeneratorTest.Run(Source(Members)).LoadAssembly();
        Type patch = assembly.GetType("Shop.InfluencerPatch", throwOnError: true)!;
        MemberInfo[] generated =
        [
            .. patch.GetMembers(Declared)
                .Where(static m => m is PropertyInfo or Type or MethodInfo { IsSpecialName: false })
                .Where(static m => !m.IsDefined(typeof(CompilerGeneratedAttribute))),
        ];
        string[] own = [.. Members.Select(static m => m.Split(' ')[^5])];
        Assert.Equal(
            own.Order(StringComparer.Ordinal),
            generated.Where(static m => !m.IsDefined(typeof(GeneratedCodeAttribute))).Select(static m => m.Name)
                .Order(StringComparer.Ordinal));
        Assert.Contains(
            generated,
            static m => m.Name == "HasName"
                && m.GetCustomAttribute<GeneratedCodeAttribute>() is { Tool: "Layers.PatchGen", Version: { Length: > 0 } });
    }

    private static int Characters(string[] members) =>
        GeneratorTest.Run(Source(members)).Sources.Where(static s => s.Key.StartsWith("Shop.InfluencerPatch.", StringComparison.Ordinal))
            .Sum(static s => s.Value.Length);

    private static string Source(string[] members) =>
        GeneratorTest.Usings + "namespace Shop;\n" + Document
        + "[Patch<Influencer>(RequireAny = true)] public sealed partial record InfluencerPatch { " + string.Join(" ", members) + " }";
}
