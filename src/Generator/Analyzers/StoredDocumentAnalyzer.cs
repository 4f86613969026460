using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Warns of documents that a serializer context does not read back as they are declared. System.Text.Json's generator assigns every init
/// member: extension data cannot be assigned, which throws, and an initializer is overwritten where the stored JSON lacks the member.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StoredDocumentAnalyzer()
    : PatchGenAnalyzer(KnownTypes.PatchOf, DiagnosticDescriptors.InitExtensionData, DiagnosticDescriptors.LostInitializer)
{
    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext context)
    {
        var patched = new ConcurrentBag<ITypeSymbol>();
        var listed = new ConcurrentBag<ITypeSymbol>();
        context.RegisterSymbolAction(
            symbol =>
            {
                foreach (AttributeData attribute in symbol.Symbol.GetAttributes())
                {
                    if (attribute.Is(KnownTypes.Patch) && attribute.AttributeClass is { TypeArguments: [var document] })
                    {
                        patched.Add(document);
                    }
                    else if (attribute.Is(KnownTypes.JsonSerializable) && attribute.FirstArgument() is ITypeSymbol root)
                    {
                        listed.Add(root);
                    }
                }
            },
            SymbolKind.NamedType);
        context.RegisterCompilationEndAction(end => Report(end, patched, listed));
    }

    private static void Report(CompilationAnalysisContext context, IEnumerable<ITypeSymbol> patched, IEnumerable<ITypeSymbol> listed)
    {
        var documents = new HashSet<ITypeSymbol>(patched, SymbolEqualityComparer.Default);
        var walk = new SerializedTypes(context.Compilation, includesFields: false);
        IEnumerable<ITypeSymbol> types = listed.Where(documents.Contains).SelectMany(root => walk.From(root, context.CancellationToken));
        foreach (IPropertySymbol property in types.SelectMany(static t => t.AllProperties()).Where(static p => !p.IsIgnored()))
        {
            SyntaxNode? syntax = property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken);
            if (property is { SetMethod.IsInitOnly: true, IsRequired: false } && syntax is PropertyDeclarationSyntax declaration)
            {
                ReportProperty(context, property, declaration);
            }
        }
    }

    private static void ReportProperty(CompilationAnalysisContext context, IPropertySymbol property, PropertyDeclarationSyntax syntax)
    {
        Location location = syntax.Identifier.GetLocation();
        if (property.Has(KnownTypes.JsonExtensionData))
        {
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.InitExtensionData, location, property.Name));
        }
        else if (syntax.Initializer is { Value: var value } && !IsDefault(value))
        {
            string lost = property.Type.ToDefaultText();
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.LostInitializer, location, property.Name, lost));
        }
    }

    private static bool IsDefault(ExpressionSyntax value) => value switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } forgiven => IsDefault(forgiven.Operand),
        LiteralExpressionSyntax literal => literal.Token.Value is null or false or 0 || literal.IsKind(SyntaxKind.DefaultLiteralExpression),
        _ => value is DefaultExpressionSyntax,
    };
}
