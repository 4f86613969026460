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
using Microsoft.CodeAnalysis.Simplification;

namespace Layers.PatchGen.CodeFixes;

/// <summary>Gives a member the name that it has in the response, or an enum the converter by which both have one name.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NamesCodeFix)), Shared]
public sealed class NamesCodeFix : PatchCodeFix
{
    private const string Serialization = "System.Text.Json.Serialization.";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.OtherName.Id];

    private protected override async Task<Edit?> FindAsync(
        Document document,
        SyntaxNode node,
        Diagnostic diagnostic,
        CancellationToken cancellationToken)
    {
        if (diagnostic.Properties.TryGetValue(FixProperties.JsonName, out string? name))
        {
            return node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { } property
                ? await RenameAsync(document, property, name!, cancellationToken).ConfigureAwait(false)
                : null;
        }

        if (diagnostic.AdditionalLocations.Count == 0 || diagnostic.AdditionalLocations[0] is not { SourceTree: { } tree } location)
        {
            return null;
        }

        SyntaxNode root = await tree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        return root.FindNode(location.SourceSpan) switch
        {
            EnumDeclarationSyntax type => Edit.Of(
                $"Write '{type.Identifier.ValueText}' by its names",
                "EnumConverter",
                type,
                t => WithConverter(t, t.Identifier.Text)),
            PropertyDeclarationSyntax property => Edit.Of(
                $"Write '{property.Identifier.ValueText}' by its names",
                "EnumConverter",
                property,
                static p => WithConverter(p, p.Type is NullableTypeSyntax nullable ? nullable.ElementType.ToString() : p.Type.ToString())),
            _ => null,
        };
    }

    private static async Task<Edit?> RenameAsync(
        Document document, PropertyDeclarationSyntax property, string name, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var old = model?.GetDeclaredSymbol(property, cancellationToken)?.Attribute(KnownTypes.JsonPropertyName)?.ApplicationSyntaxReference?
            .GetSyntax(cancellationToken) as AttributeSyntax;
        string attribute = $"{Serialization}JsonPropertyName({SymbolDisplay.FormatLiteral(name, quote: true)})";
        return new Edit(
            $"Name it \"{name}\" in JSON",
            "JsonName",
            [.. old is null ? [] : Edit.Removal(old), Edit.Change(property, p => Simplified(p.WithAttribute(attribute)))]);
    }

    // One converter fixes every value of the enum, and every member that has it.
    private static T WithConverter<T>(T declaration, string type)
        where T : MemberDeclarationSyntax =>
        declaration.AttributeLists.SelectMany(static list => list.Attributes)
            .Any(static a => a.Name.ToString().EndsWith("JsonConverter", StringComparison.Ordinal))
            ? declaration
            : Simplified(declaration.WithAttribute(
                $"{Serialization}JsonConverter(typeof({Serialization}JsonStringEnumConverter<{type}>))"));

    private static T Simplified<T>(T declaration)
        where T : MemberDeclarationSyntax =>
        declaration.ReplaceNode(
            declaration.AttributeLists[0], declaration.AttributeLists[0].WithAdditionalAnnotations(Simplifier.Annotation));
}
