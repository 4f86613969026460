using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Layers.PatchGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Layers.PatchGen.CodeFixes;

/// <summary>Puts the converter on a patch that is handed to System.Text.Json.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConverterCodeFix)), Shared]
public sealed class ConverterCodeFix : PatchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.NoConverter.Id];

    private protected override async Task<Edit?> FindAsync(
        Document document,
        SyntaxNode node,
        Diagnostic diagnostic,
        CancellationToken cancellationToken)
    {
        if (diagnostic.AdditionalLocations.Count == 0 || diagnostic.AdditionalLocations[0] is not { SourceTree: { } tree } location)
        {
            return null;
        }

        SyntaxNode root = await tree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        return root.FindNode(location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } patch
            ? Edit.Of($"Write '{patch.Identifier.ValueText}' by its converter", "Converter", patch, AddConverter)
            : null;
    }

    private static TypeDeclarationSyntax AddConverter(TypeDeclarationSyntax patch)
    {
        // One attribute fixes several uses of a patch.
        if (patch.AttributeLists.SelectMany(static list => list.Attributes)
            .Any(static a => a.Name.ToString().EndsWith("JsonConverter", StringComparison.Ordinal)))
        {
            return patch;
        }

        string converter = $"Layers.PatchGen.PatchJsonConverter<{patch.Identifier.Text}>";
        TypeDeclarationSyntax written = patch.WithAttribute($"System.Text.Json.Serialization.JsonConverter(typeof({converter}))");
        return written.ReplaceNode(written.AttributeLists[0], written.AttributeLists[0].WithAdditionalAnnotations(Simplifier.Annotation));
    }
}
