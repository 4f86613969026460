using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Layers.PatchGen.Benchmarks.Generator;

/// <summary>
/// A project of many annotated types: each file has a document of ten members and its patch, and one context lists the documents for
/// System.Text.Json.
/// </summary>
internal sealed class Project
{
    private const int Others = 200;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp13);

    private static readonly (string Type, string Attribute)[] Members =
    [
        ("string", "[StringLength(80, MinimumLength = 1)] "), ("string?", "[MaxLength(200)] "), ("int", "[Range(0, 100)] "), ("long?", ""),
        ("bool", ""),
        ("decimal", ""), ("DateTimeOffset?", ""), ("Guid", ""), ("string[]", "[MaxLength(8)] "), ("DayOfWeek?", ""),
    ];

    private readonly SyntaxTree[] _trees;
    private readonly CSharpCompilation _empty;
    private int _edits;

    /// <param name="patches">The number of patches.</param>
    /// <param name="withDocuments">Whether the patches have documents, so that the merge is generated.</param>
    public Project(int patches, bool withDocuments = false)
    {
        const string Usings = "using System;\nusing System.ComponentModel.DataAnnotations;\n"
            + "using System.Text.Json.Serialization;\nusing Layers.PatchGen;\n\nnamespace Shop;\n\n";
        var context = new StringBuilder(Usings);
        var files = new List<string>();
        for (int i = 0; i < patches; i++)
        {
            context.Append(CultureInfo.InvariantCulture, $"[JsonSerializable(typeof(Document{i}))]\n");
            files.Add(Usings + Types(i, withDocuments));
        }

        files.Add(context.Append("public sealed partial class ShopJson : JsonSerializerContext;\n").ToString());
        for (int i = 0; i < Others; i++)
        {
            files.Add(Other(i, 0));
        }

        _trees = [.. files.Select(static (text, i) => Parse(text, string.Create(CultureInfo.InvariantCulture, $"File{i}.cs")))];
        _empty = CSharpCompilation.Create(
            "Shop",
            references: ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(
                    static path => Path.GetFileName(path) is var name
                        && (
                            name.StartsWith("System.", StringComparison.Ordinal)
                                || name is "Layers.PatchGen.dll" or "mscorlib.dll" or "netstandard.dll"))
                .Select(static path => MetadataReference.CreateFromFile(path)),
            options: new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>A driver of one generator.</summary>
    public static GeneratorDriver Driver(ISourceGenerator generator, bool isTracked = false) =>
        CSharpGeneratorDriver.Create(
            [generator], parseOptions: Options, driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, isTracked));

    /// <summary>The parsed project, without bound symbols.</summary>
    public CSharpCompilation Compile() => _empty.AddSyntaxTrees(_trees);

    /// <summary>The project from files that were parsed again: no generator can reuse results of an earlier run.</summary>
    public CSharpCompilation CompileFromScratch() =>
        _empty.WithAssemblyName("FromScratch").AddSyntaxTrees(_trees.Select(static tree => Parse(tree.ToString() + " ", tree.FilePath)));

    /// <summary>The project after an edit within a class that no generator uses; a different edit each time.</summary>
    public CSharpCompilation EditOther(CSharpCompilation compilation) =>
        compilation.ReplaceSyntaxTree(_trees[^1], Parse(Other(Others - 1, ++_edits), _trees[^1].FilePath));

    /// <summary>The project after an edit of a declaration in such a class.</summary>
    public CSharpCompilation EditDeclaration(CSharpCompilation compilation) =>
        compilation.ReplaceSyntaxTree(
            _trees[^1],
            Parse(
                Other(Others - 1, 0).Replace(
                    "Call(int by)", string.Create(CultureInfo.InvariantCulture, $"Call{++_edits}(int by)"), StringComparison.Ordinal),
                _trees[^1].FilePath));

    /// <summary>The project after an edit of one patch.</summary>
    public CSharpCompilation EditPatch(CSharpCompilation compilation) =>
        compilation.ReplaceSyntaxTree(
            _trees[0],
            Parse(
                _trees[0].ToString().Replace(
                    "Range(0, 100)", string.Create(CultureInfo.InvariantCulture, $"Range(0, {100 + ++_edits})"), StringComparison.Ordinal),
                _trees[0].FilePath));

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), Options, path);

    private static string Initializer(string type) => type switch
    {
        "string" => " = \"\";",
        "string[]" => " = [];",
        _ => "",
    };

    private static string Types(int number, bool withDocuments)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"public sealed record Document{number}\n{{\n");
        for (int i = 0; i < Members.Length; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"    public {Members[i].Type} Member{i} {{ get; set; }}{Initializer(Members[i].Type)}\n");
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"}}\n\n[Patch{(withDocuments ? $"<Document{number}>" : "")}]\npublic sealed partial record Patch{number}\n{{\n");
        for (int i = 0; i < Members.Length; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"    {Members[i].Attribute}public partial {Members[i].Type} Member{i} {{ get; init; }}\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Other(int number, int edit) => string.Create(CultureInfo.InvariantCulture, $$"""
        namespace Shop;

        /// <summary>A service like any other.</summary>
        [System.Serializable]
        public class Service{{number}}
        {
            private int _calls = {{edit}};

            public string Name { get; set; } = "";

            public int Call(int by)
            {
                _calls += by;
                return _calls;
            }
        }
        """);
}
