using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.Loader;
using Layers.PatchGen.Generator.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// Runs the generator on sources. <see cref="Run"/> and <see cref="RunOn"/> also assert that the output compiles without warnings, and that
/// a second run is cached after an unrelated file was added.
/// </summary>
internal sealed class GeneratorTest
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name
                && !name.StartsWith("xunit", StringComparison.Ordinal)
                && !name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
                && name is not "Layers.PatchGen.Generator.dll" and not "Layers.PatchGen.Generator.Tests.dll" and not EntityFramework)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private const string EntityFramework = "Layers.PatchGen.EntityFrameworkCore.dll";

    // More is generated in a project that references it.
    private static readonly MetadataReference EntityFrameworkReference =
        MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, EntityFramework));

    // All compilations are derived from this one, so that the references are read only once.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Shop",
        references: References,
        options: new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error,
            specificDiagnosticOptions: [new("CS1591", ReportDiagnostic.Suppress), new("CS1701", ReportDiagnostic.Suppress)]));

    /// <summary>Every analyzer of the assembly.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(PatchAnalyzer).Assembly.GetTypes()
            .Where(static t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !t.IsAbstract)
            .Select(static t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
    ];

    private readonly ImmutableArray<Diagnostic> _reported;

    private GeneratorTest(
        CSharpCompilation input,
        CSharpCompilation output,
        GeneratorDriverRunResult result,
        ImmutableArray<Diagnostic> reported)
    {
        _reported = reported;
        Input = input;
        Output = output;
        Result = result;
    }

    public CSharpCompilation Input { get; }

    public CSharpCompilation Output { get; }

    public GeneratorDriverRunResult Result { get; }

    /// <summary>The generated files by name.</summary>
    public IReadOnlyDictionary<string, string> Sources =>
        Result.Results[0].GeneratedSources.ToDictionary(static s => s.HintName, static s => s.SourceText.ToString());

    /// <summary>The specs that the generator created.</summary>
    public IEnumerable<object> Specs() =>
        Result.Results[0].TrackedSteps
            .Where(static step => step.Key is TrackingNames.Patches or TrackingNames.PatchesOf or TrackingNames.Registration)
            .SelectMany(static step => step.Value).SelectMany(static step => step.Outputs).Select(static output => output.Value);

    /// <summary>The usings of a typical project.</summary>
    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using Layers.PatchGen;
        using Layers.PatchGen.AspNetCore;

        """;

    /// <summary>Runs the generator on sources that must have no diagnostics.</summary>
    public static GeneratorTest Run(params string[] sources) => RunOn(Compile(sources));

    /// <summary>Runs the generator on a project that must have no diagnostics except those expected.</summary>
    /// <param name="input">The project.</param>
    /// <param name="expected">The id of diagnostics that must be reported.</param>
    public static GeneratorTest RunOn(CSharpCompilation input, string? expected = null)
    {
        GeneratorTest test = RunUnchecked(input);
        ImmutableArray<Diagnostic> all = test.Diagnostics(), diagnostics = all.RemoveAll(d => d.Id == expected);
        Assert.Equal(expected is not null, all.Length > diagnostics.Length);
        Assert.True(diagnostics.IsEmpty, Describe(test, diagnostics));
        test.AssertCached();
        return test;
    }

    /// <summary>Compiles the output and loads the assembly.</summary>
    public LoadedPatches Load() => new(LoadAssembly());

    /// <inheritdoc cref="Load"/>
    public System.Reflection.Assembly LoadAssembly()
    {
        using var stream = new MemoryStream();
        EmitResult result = Output.Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        stream.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
    }

    /// <summary>Runs the generator, and returns the diagnostics of the generator, the analyzers and the compiler.</summary>
    public static ImmutableArray<Diagnostic> Diagnose(params string[] sources) =>
        RunWithOther(sources).Diagnostics();

    /// <summary>Runs the generator beside another one.</summary>
    public static GeneratorTest RunWithOther(params string[] sources) => RunUnchecked(Compile(sources), new OtherGenerator());

    public static GeneratorTest RunUnchecked(params string[] sources) => RunUnchecked(Compile(sources));

    public static GeneratorTest RunUnchecked(CSharpCompilation input, params IIncrementalGenerator[] others)
    {
        GeneratorDriver driver = CreateDriver().AddGenerators([.. others.Select(static g => g.AsSourceGenerator())])
            .RunGeneratorsAndUpdateCompilation(input, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        GeneratorDriverRunResult result = driver.GetRunResult();
        Assert.All(result.Results, static r => Assert.Null(r.Exception));
        return new GeneratorTest(input, (CSharpCompilation)output, result, diagnostics);
    }

    /// <summary>Compiles sources, with the package for Entity Framework Core if they name that.</summary>
    public static CSharpCompilation Compile(params IEnumerable<string> sources)
    {
        List<string> all = [.. sources];
        bool usesEntities = all.Exists(static source => source.Contains("EntityFrameworkCore", StringComparison.Ordinal));
        CSharpCompilation compilation = usesEntities ? Empty.AddReferences(EntityFrameworkReference) : Empty;
        return compilation.AddSyntaxTrees(all.Select(static (source, index) => Parse(source, $"Source{index}.cs")));
    }

    public static SyntaxTree Parse(string source, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), ParseOptions, path);

    public static GeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        [new PatchGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Warnings, errors and our diagnostics, in source order.</summary>
    public static ImmutableArray<Diagnostic> InOrder(ImmutableArray<Diagnostic> diagnostics) =>
    [
        .. diagnostics
            .Where(static d => d.Severity >= DiagnosticSeverity.Warning || d.Id.StartsWith("PG", StringComparison.Ordinal))
            .Where(static d => !d.IsSuppressed)
            .OrderBy(static d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(static d => d.Location.SourceSpan.Start),
    ];

    /// <summary>The diagnostics of the compiler, the analyzers and the generator, without duplicates.</summary>
    public ImmutableArray<Diagnostic> Diagnostics()
    {
        // One call for compiler and analyzers, so that the source is bound only once.
        ImmutableArray<Diagnostic> analyzed = Output.WithAnalyzers(Analyzers).GetAllDiagnosticsAsync().GetAwaiter().GetResult();
        return InOrder([
            .. analyzed.Concat(_reported)
                .DistinctBy(static d => (d.Id, d.Location.SourceSpan, d.GetMessage(CultureInfo.InvariantCulture))),
        ]);
    }

    /// <summary>The diagnostics that a build shows: if declarations have errors, the compiler drops those of analyzers.</summary>
    public ImmutableArray<Diagnostic> Shown() =>
        Output.GetDeclarationDiagnostics().Any(static d => d.Severity == DiagnosticSeverity.Error)
            ? InOrder([.. Output.GetDiagnostics(), .. _reported])
            : Diagnostics();

    private void AssertCached()
    {
        GeneratorDriver driver = CreateDriver().RunGenerators(Input);
        GeneratorRunResult again =
            driver.RunGenerators(Input.AddSyntaxTrees(Parse("// unrelated", "Unrelated.cs"))).GetRunResult().Results[0];
        Assert.All(again.TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static step => step.Outputs), static output =>
            Assert.True(
                output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
                $"An output is not cached: {output.Reason}"));
    }

    private static string Describe(GeneratorTest test, ImmutableArray<Diagnostic> diagnostics) =>
        string.Join("\n", diagnostics.Take(10).Select(static d => d.ToString()))
        + string.Concat(diagnostics.Select(static d => d.Location.SourceTree)
            .Where(static t => t?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true).Distinct().Take(2)
            .Select(static t => $"\n\n{t!.FilePath}\n{Numbered(t.ToString())}"));

    private static string Numbered(string text) =>
        string.Join("\n", text.Split('\n').Select(static (line, i) => $"{i + 1,4} {line}"));
}
