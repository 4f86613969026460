using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.CodeFixes;

/// <summary>Moves a fence from the record to the property that it names.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FenceCodeFix)), Shared]
public sealed class FenceCodeFix : PatchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.Fence.Id];

    private protected override async Task<Edit?> FindAsync(
        Document document,
        SyntaxNode node,
        Diagnostic diagnostic,
        CancellationToken cancellationToken)
    {
        ImmutableDictionary<string, string?> fix = diagnostic.Properties;
        if (!fix.TryGetValue(FixProperties.Member, out string? member)
            || node.FirstAncestorOrSelf<AttributeSyntax>() is not { ArgumentList: { } arguments } fence
            || fence.Parent?.Parent is not TypeDeclarationSyntax declaration
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || arguments.Arguments.FirstOrDefault(a => a.NameEquals is null
                && model.GetConstantValue(a.Expression, cancellationToken).Value as string == fix[FixProperties.Path]) is not { } argument
            || model.GetDeclaredSymbol(declaration, cancellationToken)?.GetMembers(member!).OfType<IPropertySymbol>()
                .FirstOrDefault() is not { } property
            || property.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellationToken)).OfType<PropertyDeclarationSyntax>()
                .FirstOrDefault() is not { } target)
        {
            return null;
        }

        var mark = new SyntaxAnnotation();
        string attribute = $"FencedUntil({SymbolDisplay.FormatLiteral(fix[FixProperties.Until]!, quote: true)})";
        return new Edit($"Put [{attribute}] on '{member}' instead", "FenceOnProperty",
        [
            Edit.Change(argument, a => a.WithAdditionalAnnotations(mark)),
            Edit.Change(declaration, d => WithoutPath(d, (AttributeArgumentSyntax)d.GetAnnotatedNodes(mark).Single())),
            Edit.Change(target, p => property.Has(KnownTypes.FencedUntil) ? p : p.WithAttribute(attribute)),
        ]);
    }

    // The fence goes with its last path.
    private static TypeDeclarationSyntax WithoutPath(TypeDeclarationSyntax declaration, AttributeArgumentSyntax path)
    {
        var arguments = (AttributeArgumentListSyntax)path.Parent!;
        return arguments.Arguments.Count(static a => a.NameEquals is null) > 1
            ? declaration.WithoutItem(path)
            : declaration.Without((AttributeSyntax)arguments.Parent!);
    }
}
