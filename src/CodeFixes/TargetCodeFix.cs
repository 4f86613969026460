using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.CodeFixes;

/// <summary>
/// Makes a member fit the document: names the property that is meant, takes back a '?' that the document cannot hold, or makes its key a
/// selector.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TargetCodeFix)), Shared]
public sealed class TargetCodeFix : PatchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.Target.Id];

    private protected override async Task<Edit?> FindAsync(
        Document document,
        SyntaxNode node,
        Diagnostic diagnostic,
        CancellationToken cancellationToken)
    {
        if (node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { } property)
        {
            return null;
        }

        if (diagnostic.Properties.ContainsKey(FixProperties.NotNullable))
        {
            return property.Type is NullableTypeSyntax nullable
                ? Edit.Of("Remove the '?'", "RemoveNullable", nullable, static type => type.ElementType.WithTriviaFrom(type))
                : null;
        }

        if (diagnostic.Properties.ContainsKey(FixProperties.Selector))
        {
            return Edit.Of(
                $"Make '{property.Identifier.ValueText}' a selector",
                "MakeSelector",
                property,
                static p => p.WithAttribute("Selector"));
        }

        if (!diagnostic.Properties.TryGetValue(FixProperties.PatchTo, out string? target)
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || model.GetDeclaredSymbol(property, cancellationToken) is not { } symbol
            || symbol.ContainingType.PatchAttribute()?.AttributeClass is not { TypeArguments: [var type] })
        {
            return null;
        }

        // Where the name in [PatchTo] is wrong and the property's own is right, [PatchTo] goes.
        AttributeSyntax? wrong =
            symbol.Attribute(KnownTypes.PatchTo)?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;
        if (target == symbol.Name)
        {
            return wrong is null ? null : new Edit($"Remove [{wrong.Name}]", "RemovePatchTo", Edit.Removal(wrong));
        }

        string attribute = $"PatchTo(nameof({type.ToMinimalDisplayString(model, property.SpanStart)}.{target}))";
        return new Edit(
            $"Add [{attribute}]",
            "AddPatchTo",
            [.. wrong is null ? [] : Edit.Removal(wrong), Edit.Change(property, p => p.WithAttribute(attribute))]);
    }
}
