using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Layers.PatchGen.CodeFixes;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// Every rule has a descriptor that an analyzer supports, a row in the release table, a page that its help link names, a row in the index,
/// and a case in <see cref="DiagnosticTests"/>.
/// </summary>
public partial class RuleTableTests
{
    private static readonly string Generator = Path.Combine(SnapshotTests.Root(), "src", "Generator");

    private static readonly string Pages = Path.Combine(SnapshotTests.Root(), "docs", "rules");

    private static readonly DiagnosticDescriptor[] Rules =
    [
        .. typeof(DiagnosticDescriptors).GetFields(BindingFlags.Static | BindingFlags.Public).Select(static f => f.GetValue(null))
            .OfType<DiagnosticDescriptor>().OrderBy(static d => d.Id, StringComparer.Ordinal),
    ];

    private static readonly HashSet<string> Fixable =
    [
        .. typeof(PatchCodeFix).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(CodeFixProvider)) && !t.IsAbstract)
            .SelectMany(static t => ((CodeFixProvider)Activator.CreateInstance(t)!).FixableDiagnosticIds),
    ];

    public static TheoryData<string> Ids => [.. Rules.Select(static r => r.Id)];

    [Fact]
    public void Each_rule_is_reported_by_one_analyzer() =>
        Assert.Equal(
            Rules.Select(static r => r.Id),
            GeneratorTest.Analyzers.SelectMany(static a => a.SupportedDiagnostics).Select(static d => d.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_rule_has_a_case() =>
        Assert.Equal(
            Rules.Select(static r => r.Id),
            DiagnosticTests.Cases.Select(static row => (string)row[0]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Each_rule_has_a_row_in_the_release_table() =>
        Assert.Equal(
            Rules.Select(static r => $"{r.Id} | {r.Category} | {r.DefaultSeverity} | {r.Title}"),
            Directory.GetFiles(Generator, "AnalyzerReleases.*.md").SelectMany(File.ReadAllLines)
                .Where(static line => line.StartsWith("PG", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_rule_has_a_row_in_the_index() =>
        Assert.Equal(
            Rules.Select(static r =>
                $"| [{r.Id}]({r.Id}.md) | {r.Title} | {r.DefaultSeverity} | {(Fixable.Contains(r.Id) ? "yes" : "")} |"),
            File.ReadAllLines(Path.Combine(Pages, "README.md")).Where(static line => line.StartsWith("| [PG", StringComparison.Ordinal)));

    [Fact]
    public void Each_page_belongs_to_a_rule() =>
        Assert.Equal(
            Rules.Select(static r => r.Id),
            Directory.GetFiles(Pages, "PG*.md").Select(static f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    [Fact]
    public void Fixes_belong_to_rules() => Assert.Empty(Fixable.Except(Rules.Select(static r => r.Id)));

    /// <summary>An IDE finds only providers with an export attribute.</summary>
    [Fact]
    public void Fixes_are_exported() =>
        Assert.All(
            typeof(PatchCodeFix).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(CodeFixProvider)) && !t.IsAbstract),
            static t =>
                Assert.Equal(LanguageNames.CSharp, Assert.Single(t.GetCustomAttribute<ExportCodeFixProviderAttribute>()?.Languages ?? [])));

    /// <summary>
    /// The page has the rule's title and severity. Its wrong example has only the rule's diagnostic, its right example has none.
    /// </summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_page_matches_its_rule(string id)
    {
        DiagnosticDescriptor rule = Rules.Single(r => r.Id == id);
        Assert.EndsWith($"docs/rules/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);

        string page = File.ReadAllText(Path.Combine(Pages, id + ".md"));
        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Match facts = FactsPattern().Match(page);
        Assert.Equal(rule.DefaultSeverity.ToString(), facts.Groups["severity"].Value);
        Assert.Equal(Fixable.Contains(id), facts.Groups["fix"].Value != "none");

        Assert.Equal([id], Diagnose(Block(page, "Wrong")).Select(static d => d.Id).Where(static d => d != "CS8050").Distinct());
        Assert.Empty(Diagnose(Block(page, "Right")));
    }

    private static ImmutableArray<Diagnostic> Diagnose(string example)
    {
        // The half of the context that System.Text.Json's generator writes.
        const string Context = """

            partial class ShopJson
            {
                public ShopJson() : base(null) { }
                public static ShopJson Default { get; } = new();
                protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
            }
            """;
        string documents = CodePattern().Match(File.ReadAllText(Path.Combine(Pages, "README.md"))).Groups["code"].Value;
        return GeneratorTest.Diagnose(GeneratorTest.Usings + documents + example + Context);
    }

    private static string Block(string page, string heading) =>
        CodePattern().Match(page, page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal)) is { Success: true } match
            ? match.Groups["code"].Value
            : throw new InvalidDataException(heading);

    [GeneratedRegex(@"\|---\|---\|\n\| (?<severity>\w+) \| (?<fix>[^|]+) \|\n")]
    private static partial Regex FactsPattern();

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodePattern();
}
