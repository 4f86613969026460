using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.CodeFixes;

/// <summary>
/// What the code fixes share. A fix finds, for one diagnostic, an <see cref="Edit"/> of the original nodes; one edit or all of a solution
/// are applied in the same way.
/// </summary>
public abstract class PatchCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => PatchFixAll.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics.Where(d => FixableDiagnosticIds.Contains(d.Id)))
        {
            if (await FindAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } edit)
            {
                Solution solution = context.Document.Project.Solution;
                context.RegisterCodeFix(
                    CodeAction.Create(edit.Title, cancellationToken => ApplyAsync(solution, [edit], cancellationToken), edit.Key),
                    diagnostic);
            }
        }
    }

    /// <summary>The edit that fixes a diagnostic, or null where none is known.</summary>
    private protected abstract Task<Edit?> FindAsync(
        Document document,
        SyntaxNode node,
        Diagnostic diagnostic,
        CancellationToken cancellationToken);

    internal async Task<Edit?> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root
            ? await FindAsync(document, root.FindNode(diagnostic.Location.SourceSpan), diagnostic, cancellationToken).ConfigureAwait(false)
            : null;

    internal static async Task<Solution> ApplyAsync(Solution solution, IEnumerable<Edit> edits, CancellationToken cancellationToken)
    {
        // A generated half of a partial type belongs to no document, and needs no fix.
        foreach (var file in edits.SelectMany(static e => e.Changes).GroupBy(static c => c.Node.SyntaxTree))
        {
            if (solution.GetDocument(file.Key) is { } document
                && await file.Key.GetRootAsync(cancellationToken).ConfigureAwait(false) is { } root)
            {
                root = root.TrackNodes(file.Select(static c => c.Node).Distinct());
                foreach ((SyntaxNode node, Func<SyntaxNode, SyntaxNode> change) in file)
                {
                    root = root.GetCurrentNode(node) is { } current ? root.ReplaceNode(current, change(current)) : root;
                }

                solution = solution.WithDocumentSyntaxRoot(document.Id, root);
            }
        }

        return solution;
    }
}

/// <summary>A change of the source.</summary>
/// <param name="Title">What the IDE calls it.</param>
/// <param name="Key">What it does, whatever it is done to: "Fix all" takes the diagnostics whose edits have one key.</param>
/// <param name="Changes">
/// The nodes to change, and how, in this order. Several edits may change one node, or a node within another: each is given the node as the
/// ones before it left it, and
/// leaves out a node that they removed.
/// </param>
internal sealed record Edit(string Title, string Key, ImmutableArray<(SyntaxNode Node, Func<SyntaxNode, SyntaxNode> Change)> Changes)
{
    public static Edit Of<T>(string title, string key, T node, Func<T, SyntaxNode> change)
        where T : SyntaxNode => new(title, key, [Change(node, change)]);

    public static (SyntaxNode Node, Func<SyntaxNode, SyntaxNode> Change) Change<T>(T node, Func<T, SyntaxNode> change)
        where T : SyntaxNode => (node, current => change((T)current));

    /// <summary>The removal of an attribute, and of its brackets with the last of them.</summary>
    public static ImmutableArray<(SyntaxNode Node, Func<SyntaxNode, SyntaxNode> Change)> Removal(AttributeSyntax attribute)
    {
        var mark = new SyntaxAnnotation();
        return
        [
            Change(attribute, a => a.WithAdditionalAnnotations(mark)),
            Change(attribute.Parent!.Parent!, d => d.Without((AttributeSyntax)d.GetAnnotatedNodes(mark).Single())),
        ];
    }
}
