using System.Collections.Immutable;
using Layers.PatchGen.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Layers.PatchGen.Generator.Tests.CodeFixes;

/// <summary>
/// Applies code fixes and refactorings in a workspace where the generator and the analyzers run as they do in an IDE. The result must be
/// the expected text and have no diagnostics.
/// </summary>
internal static class CodeFixTest
{
    /// <summary>The other file of the project: global usings and documents.</summary>
    private const string Documents = """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.Text.Json;
        global using System.Text.Json.Serialization;
        global using Layers.PatchGen;

        public record Note { public string? Text { get; init; } }
        [Patch<Note>] public sealed partial record NotePatch { public partial string? Text { get; init; } }
        public record Todo
        {
            [Key] public string Id { get; init; } = "";
            public string Title { get; init; } = "";
            public string? Text { get; init; }
            public int Count { get; init; }
            public Note? Note { get; init; }
        }
        """;

    private static readonly CodeFixProvider[] Providers = [.. Instances<CodeFixProvider>()];

    private static readonly AnalyzerReference PatchGenReference = new PatchGenAnalyzers();

    /// <summary>The fix of the first diagnostic with the id changes the source, and the other file, to the expected text.</summary>
    public static async Task Fixes(
        string id,
        string before,
        string after,
        string? title = null,
        (string Before, string After) other = default)
    {
        Document document = Open(before, Documents + other.Before);
        Diagnostic diagnostic = (await DiagnoseAsync(document.Project)).First(d => d.Id == id);
        CodeAction action = Assert.Single(await ActionsAsync(document, diagnostic));
        if (title is not null)
        {
            Assert.Equal(title, action.Title);
        }

        Solution changed = await ApplyAsync(action);
        await AssertAsync(document.Id, changed, after);
        Assert.Equal(Documents + other.After, (await changed.Projects.Single().Documents.First().GetTextAsync()).ToString());
    }

    /// <summary>"Fix all" from the first diagnostic with the id changes the source to the expected text.</summary>
    public static async Task FixesAll(string id, string before, string after, FixAllScope scope = FixAllScope.Document) =>
        await FixesAll(id, before, after, scope, static action => action.EquivalenceKey);

    /// <summary>"Fix all" with a given equivalence key.</summary>
    public static Task FixesAll(string id, string before, string after, string? key) =>
        FixesAll(id, before, after, FixAllScope.Project, _ => key);

    private static async Task FixesAll(string id, string before, string after, FixAllScope scope, Func<CodeAction, string?> keyOf)
    {
        Document document = Open(before);
        Diagnostic[] diagnostics = [.. (await DiagnoseAsync(document.Project)).Where(d => d.Id == id)];
        Assert.True(diagnostics.Length > 1, "There is only one diagnostic.");
        string key = keyOf(Assert.Single(await ActionsAsync(document, diagnostics[0])))!;
        CodeFixProvider provider = Providers.Single(f => f.FixableDiagnosticIds.Contains(id));
        FixAllProvider all = provider.GetFixAllProvider()!;
        Assert.Contains(scope, all.GetSupportedFixAllScopes());
        var context = scope == FixAllScope.Document
            ? new FixAllContext(document, provider, scope, key, [id], new FixedDiagnostics(diagnostics), CancellationToken.None)
            : new FixAllContext(
                document.Project,
                provider,
                scope,
                key,
                [id],
                new FixedDiagnostics(diagnostics),
                CancellationToken.None);
        await AssertAsync(document.Id, await ApplyAsync((await all.GetFixAsync(context))!), after);
    }

    /// <summary>No fix is offered for any diagnostic with the id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="source">The source.</param>
    /// <param name="ofAnyProvider">Whether to try the providers of other rules too, as <c>dotnet format</c> does.</param>
    public static async Task OffersNothing(string id, string source, bool ofAnyProvider = false)
    {
        Document document = Open(source);
        Diagnostic[] diagnostics = [.. (await DiagnoseAsync(document.Project)).Where(d => d.Id == id)];
        Assert.NotEmpty(diagnostics);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            Assert.Empty(await ActionsAsync(document, diagnostic, ofAnyProvider));
        }
    }

    /// <summary>The refactoring at the position marked <c>$$</c> changes the source to the expected text.</summary>
    public static async Task Refactors(string before, string after, string? title = null, string other = Documents)
    {
        (Document document, CodeAction[] actions) = await RefactoringsAsync(before, other);
        CodeAction action = Assert.Single(actions);
        if (title is not null)
        {
            Assert.Equal(title, action.Title);
        }

        await AssertAsync(document.Id, await ApplyAsync(action), after);
    }

    /// <summary>No refactoring is offered at the position marked <c>$$</c>.</summary>
    public static async Task RefactorsNothing(string source) => Assert.Empty((await RefactoringsAsync(source, Documents)).Actions);

    private static async Task<(Document Document, CodeAction[] Actions)> RefactoringsAsync(string source, string other)
    {
        int at = source.IndexOf("$$", StringComparison.Ordinal);
        Document document = Open(source.Remove(at, 2), other);
        var actions = new List<CodeAction>();
        foreach (CodeRefactoringProvider provider in Instances<CodeRefactoringProvider>())
        {
            await provider.ComputeRefactoringsAsync(new CodeRefactoringContext(
                document,
                new TextSpan(at, 0),
                actions.Add,
                CancellationToken.None));
        }

        return (document, [.. actions]);
    }

    private static async Task<CodeAction[]> ActionsAsync(Document document, Diagnostic diagnostic, bool ofAnyProvider = false)
    {
        var actions = new List<CodeAction>();
        foreach (CodeFixProvider provider in Providers.Where(f => ofAnyProvider || f.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await provider.RegisterCodeFixesAsync(new CodeFixContext(
                document,
                diagnostic,
                (action, _) => actions.Add(action),
                CancellationToken.None));
        }

        return [.. actions];
    }

    private static async Task<Solution> ApplyAsync(CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private static async Task AssertAsync(DocumentId id, Solution solution, string expected)
    {
        Document document = solution.GetDocument(id)!;
        Assert.Equal(expected, (await document.GetTextAsync()).ToString());
        Assert.Empty(await DiagnoseAsync(document.Project));
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Project project) =>
        GeneratorTest.InOrder(await (await project.GetCompilationAsync())!.WithAnalyzers(GeneratorTest.Analyzers).GetAllDiagnosticsAsync());

    private static Document Open(string source, string other = Documents)
    {
        var workspace = new AdhocWorkspace();
        Microsoft.CodeAnalysis.CSharp.CSharpCompilation settings = GeneratorTest.Compile(source);
        ProjectInfo shop = ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "Shop", "Shop", LanguageNames.CSharp)
            .WithCompilationOptions(settings.Options)
            .WithParseOptions(settings.SyntaxTrees[0].Options)
            .WithMetadataReferences(settings.References)
            .WithAnalyzerReferences([PatchGenReference]);
        return workspace.AddProject(shop)
            .AddDocument("Other.cs", other, filePath: "Other.cs").Project.AddDocument("Source.cs", source, filePath: "Source.cs");
    }

    private static IEnumerable<T> Instances<T>() =>
        typeof(PatchCodeFix).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(T)) && !t.IsAbstract)
            .Select(static t => (T)Activator.CreateInstance(t)!);

    private sealed class PatchGenAnalyzers : AnalyzerReference
    {
        // The same instances every time: a workspace compares generators by reference.
        private readonly ImmutableArray<ISourceGenerator> _generators = [new PatchGenerator().AsSourceGenerator()];

        public override string? FullPath => null;

        public override object Id => nameof(PatchGenAnalyzers);

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => GeneratorTest.Analyzers;

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => GeneratorTest.Analyzers;

        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => _generators;
    }

    private sealed class FixedDiagnostics(Diagnostic[] diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
