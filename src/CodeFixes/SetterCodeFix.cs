using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.CodeFixes;

/// <summary>Turns the init accessor of a document's property into a set accessor.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetterCodeFix)), Shared]
public sealed class SetterCodeFix : PatchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticDescriptors.InitExtensionData.Id, DiagnosticDescriptors.LostInitializer.Id];

    private protected override Task<Edit?> FindAsync(
        Document document,
        SyntaxNode node,
        Diagnostic diagnostic,
        CancellationToken cancellationToken) =>
        Task.FromResult(node.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.AccessorList?.Accessors
                .FirstOrDefault(static a => a.IsKind(SyntaxKind.InitAccessorDeclaration)) is { } init
            ? Edit.Of("Declare it 'set'", "InitToSet", init, static accessor => SyntaxFactory.AccessorDeclaration(
                SyntaxKind.SetAccessorDeclaration,
                accessor.AttributeLists,
                accessor.Modifiers,
                SyntaxFactory.Token(accessor.Keyword.LeadingTrivia, SyntaxKind.SetKeyword, accessor.Keyword.TrailingTrivia),
                accessor.Body,
                accessor.ExpressionBody,
                accessor.SemicolonToken))
            : null);
}
