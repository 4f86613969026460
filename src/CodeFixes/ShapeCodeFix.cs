using System.Collections.Generic;
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

/// <summary>Makes a record one that can be a patch: partial, not abstract, without positional parameters.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ShapeCodeFix)), Shared]
public sealed class ShapeCodeFix : PatchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.Shape.Id];

    private protected override async Task<Edit?> FindAsync(
        Document document,
        SyntaxNode node,
        Diagnostic diagnostic,
        CancellationToken cancellationToken)
    {
        if (node is not RecordDeclarationSyntax record || record.Has(SyntaxKind.FileKeyword)
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || model.GetDeclaredSymbol(record, cancellationToken) is not { } type)
        {
            return null;
        }

        TypeDeclarationSyntax[] notPartial =
            [.. record.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Reverse().Where(static t => !t.Has(SyntaxKind.PartialKeyword))];
        if (notPartial.Length > 0)
        {
            string names = string.Join(" and ", notPartial.Select(static t => $"'{t.Identifier.Text}'"));
            return new Edit(
                $"Declare {names} partial",
                "AddPartial",
                [.. notPartial.Select(static t => Edit.Change(t, static type => type.WithPartial()))]);
        }

        RecordDeclarationSyntax[] declarations =
            [.. type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellationToken)).OfType<RecordDeclarationSyntax>()];
        if (type.IsAbstract)
        {
            IEnumerable<RecordDeclarationSyntax> abstracts = declarations.Where(static d => d.Has(SyntaxKind.AbstractKeyword));
            return new Edit(
                "Remove 'abstract'",
                "RemoveAbstract",
                [.. abstracts.Select(static d => Edit.Change(d, static type => type.Without(SyntaxKind.AbstractKeyword)))]);
        }

        return declarations.FirstOrDefault(static d => d.ParameterList is { Parameters.Count: > 0 }) is { } positional
            && PositionalParameters.CanBeProperties(type, positional)
            ? Edit.Of(
                "Declare partial properties instead of parameters",
                "ParametersToProperties",
                positional,
                PositionalParameters.ToProperties)
            : null;
    }
}
