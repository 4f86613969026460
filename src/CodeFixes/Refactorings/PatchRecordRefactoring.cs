using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Layers.PatchGen.CodeFixes.Refactorings;

/// <summary>Writes the patch record of a document, or the members that a patch record does not have yet.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(PatchRecordRefactoring)), Shared]
public sealed class PatchRecordRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        Document document = context.Document;
        CancellationToken cancellationToken = context.CancellationToken;
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || root.FindToken(context.Span.Start).Parent?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || !IsInHeader(declaration, context.Span.Start)
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || model.Compilation.GetTypeByMetadataName(KnownTypes.PatchOf) is null
            || model.GetDeclaredSymbol(declaration, cancellationToken) is not { } type)
        {
            return;
        }

        (string title, Draft? draft) = type.PatchAttribute() is { } patch
            ? ("Add missing members", Draft.OfMissingMembers(type, patch, declaration, model))
            : ($"Generate patch record from '{type.Name}'", Draft.OfRecord(type, declaration, model));

        // What would be written is known before it is offered: nothing is offered that comes to nothing.
        if (draft?.Complete(cancellationToken) is { } change)
        {
            context.RegisterRefactoring(CodeAction.Create(
                title,
                token => ApplyAsync(document, change, token),
                nameof(PatchRecordRefactoring)));
        }
    }

    private static bool IsInHeader(TypeDeclarationSyntax declaration, int position) =>
        position >= declaration.SpanStart && position <= (declaration.OpenBraceToken.IsKind(SyntaxKind.None)
            ? declaration.Span.End
            : declaration.OpenBraceToken.SpanStart);

    // The draft is written in full names, which are shortened as far as the usings allow.
    private static async Task<Document> ApplyAsync(Document document, DraftChange change, CancellationToken cancellationToken)
    {
        Document drafted = document.WithText(change.Text);
        SyntaxNode root = (await drafted.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var mark = new SyntaxAnnotation();
        IEnumerable<SyntaxNode> written = root.DescendantNodes(change.Written).Where(n =>
            n is MemberDeclarationSyntax && change.Written.Contains(n.Span) && !change.Written.Contains(n.Parent!.Span));
        root = root.ReplaceNodes(written.ToArray(), (_, node) => node.WithAdditionalAnnotations(mark, Simplifier.Annotation));
        drafted = drafted.WithSyntaxRoot(root);
        SemanticModel model = (await drafted.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        if (!model.LookupNamespacesAndTypes(change.Written.Start, name: "PatchAttribute")
                .Any(static t => t is ITypeSymbol type && type.IsNamed(KnownTypes.Patch)))
        {
            drafted = await ImportAdder.AddImportsAsync(drafted, mark, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        return await Simplifier.ReduceAsync(drafted, Simplifier.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
