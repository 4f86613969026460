using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// The C# blocks of a documentation page, compiled together, so that a block can use declarations of other blocks. Types are compiled as
/// they are, statements as a method, members as part of a record. A page can declare more in a hidden comment,
/// <c>&lt;!-- compiled with … --&gt;</c>; statements can use the fields of <c>partial class Page</c>. A block can also quote a file
/// of the repository, without qualifications and with <c>// …</c> for omissions.
/// </summary>
internal sealed partial class DocumentationPage
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14);

    private readonly List<string> _types = [];

    private DocumentationPage()
    {
    }

    /// <summary>The blocks that are neither valid C# nor quotations.</summary>
    public List<string> Invalid { get; } = [];

    /// <summary>The sources to compile.</summary>
    public IReadOnlyList<string> Sources => _types;

    /// <param name="markdown">The text of the page.</param>
    /// <param name="sources">The files that a page may quote, normalised.</param>
    public static DocumentationPage Read(string markdown, IReadOnlyList<string> sources)
    {
        var page = new DocumentationPage();
        int number = 0;
        foreach (Match match in Block().Matches(markdown.ReplaceLineEndings("\n")))
        {
            string code = match.Groups["code"].Value;
            if (match.Groups["fence"].Success && IsQuoted(code, sources))
            {
                continue;
            }

            if (ToSource(code, $"Block{++number}") is { } source)
            {
                page._types.Add($"namespace Documentation;\n{source}{Halves(source)}");
            }
            else
            {
                page.Invalid.Add(code);
            }
        }

        return page;
    }

    /// <summary>Removes qualifications and [GeneratedCode], and collapses white space, so that quotations can be compared.</summary>
    public static string Normalise(string text) => WhiteSpace().Replace(Qualification().Replace(text, ""), " ").Trim();

    private static bool IsQuoted(string code, IReadOnlyList<string> sources)
    {
        string[] parts = [.. Elision().Split(code).Select(Normalise).Where(static part => part.Length > 0)];
        return sources.Any(source =>
        {
            int at = 0;
            return parts.All(part => (at = source.IndexOf(part, at, StringComparison.Ordinal)) >= 0);
        });
    }

    private static string? ToSource(string code, string name)
    {
        string returned = Returns(code) ? "Task<object?>" : "Task";
        (string Before, string After)[] wrappings =
        [
            ("", ""),
            ($"internal static partial class Page {{ static async {returned} {name}() {{ await Task.CompletedTask;\n", "\n} }"),
            ($"partial record {name} {{\n", "\n}"),
        ];
        foreach ((string before, string after) in wrappings)
        {
            string source = before + code + after;
            CompilationUnitSyntax unit = SyntaxFactory.ParseCompilationUnit(source, options: Options);
            if (!unit.ContainsDiagnostics && !unit.Members.OfType<GlobalStatementSyntax>().Any()
                    && unit.Members.All(static member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax))
            {
                return source + "\n";
            }
        }

        return null;
    }

    // Whether the statements return a value. Lambdas and local functions are not searched.
    private static bool Returns(string code) => SyntaxFactory.ParseCompilationUnit(code, options: Options)
        .DescendantNodes(static node =>
            node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseTypeDeclarationSyntax))
        .OfType<ReturnStatementSyntax>().Any(static statement => statement.Expression is not null);

    // The half of a context that System.Text.Json's generator writes.
    private static string Halves(string source) =>
        string.Concat(SyntaxFactory.ParseCompilationUnit(source, options: Options).Members.OfType<ClassDeclarationSyntax>()
        .Where(static type => type.BaseList?.Types.Any(static b => b.Type.ToString() == "JsonSerializerContext") == true)
        .Select(static type => $$"""

            partial class {{type.Identifier}}
            {
                public {{type.Identifier}}() : base(null) { }
                public static {{type.Identifier}} Default { get; } = new();
                protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
                {{Properties(type)}}
            }

            """));

    private static string Properties(ClassDeclarationSyntax context) =>
        string.Concat(Listed().Matches(context.AttributeLists.ToString()).Select(static match => match.Groups[1].Value)
            .Select(static type => $"public System.Text.Json.Serialization.Metadata.JsonTypeInfo<{type}> {type} => null!;\n"));

    [GeneratedRegex(
        @"<!-- compiled with\n(?<code>.*?)-->|(?<fence>^ *```csharp)\n(?<code>.*?)^ *```",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\bJsonSerializable\(typeof\((\w+)\)\)")]
    private static partial Regex Listed();

    [GeneratedRegex(@"\bglobal::(\w+\.)+|\bPatchGen(?!Values)\w+\.|\[GeneratedCode\([^)]*\)\]\s*")]
    private static partial Regex Qualification();

    [GeneratedRegex("^ *// …\n", RegexOptions.Multiline)]
    private static partial Regex Elision();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
