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
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Layers.PatchGen.CodeFixes;

/// <summary>Puts the converter on a patch that is handed to System.Text.Json.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConverterCodeFix)), Shared]
public sealed class ConverterCodeFix : PatchCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.NoConverter.Id];

    private protected override async Task<Edit?> FindAsync(Document document, SyntaxNode node, Diagnostic diagnostic, CancellationToken cancellationToken)
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
        // Several uses of one patch are mended by one attribute.
        if (patch.AttributeLists.SelectMany(static list => list.Attributes).Any(static a => a.Name.ToString().EndsWith("JsonConverter", StringComparison.Ordinal)))
        {
            return patch;
        }

        TypeSyntax converter = SyntaxFactory.ParseTypeName($"Layers.PatchGen.PatchJsonConverter<{patch.Identifier.Text}>").WithAdditionalAnnotations(Simplifier.Annotation);
        AttributeArgumentSyntax argument = SyntaxFactory.AttributeArgument(SyntaxFactory.TypeOfExpression(converter));
        AttributeSyntax attribute = SyntaxFactory.Attribute(
            SyntaxFactory.ParseName("System.Text.Json.Serialization.JsonConverter").WithAdditionalAnnotations(Simplifier.Annotation),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(argument)));
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(patch.GetLeadingTrivia())
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation);
        TypeDeclarationSyntax bare = patch.WithLeadingTrivia(patch.GetLeadingTrivia().Where(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)));
        return bare.WithAttributeLists(bare.AttributeLists.Insert(0, list));
    }
}
