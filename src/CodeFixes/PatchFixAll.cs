using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Layers.PatchGen.CodeFixes;

/// <summary>
/// "Fix all": the edits of every diagnostic of a document, a project or the solution, applied together, so that two of one node do not lose
/// each other.
/// </summary>
internal sealed class PatchFixAll : FixAllProvider
{
    public static PatchFixAll Instance { get; } = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() =>
        [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var edits = new List<Edit>();
        foreach (Diagnostic diagnostic in await DiagnosticsAsync(fixAllContext).ConfigureAwait(false))
        {
            if (fixAllContext.Solution.GetDocument(diagnostic.Location.SourceTree) is { } document
                && await ((PatchCodeFix)fixAllContext.CodeFixProvider).FindAsync(document, diagnostic, fixAllContext.CancellationToken)
                    .ConfigureAwait(false) is { } edit)
            {
                edits.Add(edit);
            }
        }

        // 'dotnet format' has no key, or that of another rule, where the first diagnostic that it found is not of the rule that it fixes.
        List<Edit> alike = edits.FindAll(e => e.Key == fixAllContext.CodeActionEquivalenceKey);
        edits = alike.Count > 0 ? alike : edits;
        Solution solution = fixAllContext.Solution;
        return edits.Count == 0
            ? null
            : CodeAction.Create(
                edits[0].Title,
                cancellationToken => PatchCodeFix.ApplyAsync(solution, edits, cancellationToken),
                edits[0].Key);
    }

    private static async Task<IEnumerable<Diagnostic>> DiagnosticsAsync(FixAllContext context)
    {
        if (context.Scope == FixAllScope.Document && context.Document is { } document)
        {
            return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
        }

        var diagnostics = new List<Diagnostic>();
        foreach (Project project in context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project])
        {
            ImmutableArray<Diagnostic> found = await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            diagnostics.AddRange(found.Where(static d => d.Location.IsInSource));
        }

        return diagnostics;
    }
}
