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
/// Warns of documents that a serializer context does not read back as they are declared. System.Text.Json's generator gives every init
/// member a value, as it does a
/// parameter of a constructor: extension data cannot be given one, which throws, and an initializer is overwritten where the stored JSON
/// lacks the member.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StoredDocumentAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.InitExtensionData, DiagnosticDescriptors.LostInitializer];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static compilation =>
        {
            if (compilation.Compilation.GetTypeByMetadataName(KnownTypes.PatchOf) is null)
            {
                return;
            }

            var patched = new ConcurrentBag<ITypeSymbol>();
            var listed = new ConcurrentBag<ITypeSymbol>();
            compilation.RegisterSymbolAction(
                symbol =>
                {
                    foreach (AttributeData attribute in symbol.Symbol.GetAttributes())
                    {
                        if (attribute.AttributeClass is { TypeArguments: [var document] } type && type.IsNamed(KnownTypes.Patch))
                        {
                            patched.Add(document);
                        }
                        else if (attribute.Is(KnownTypes.JsonSerializable) && attribute.ConstructorArguments is [{ Value: ITypeSymbol root }])
                        {
                            listed.Add(root);
                        }
                    }
                },
                SymbolKind.NamedType);
            compilation.RegisterCompilationEndAction(end => Report(end, patched, listed));
        });
    }

    private static void Report(CompilationAnalysisContext context, IEnumerable<ITypeSymbol> patched, IEnumerable<ITypeSymbol> listed)
    {
        var documents = new HashSet<ITypeSymbol>(patched, SymbolEqualityComparer.Default);
        var seen = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var next = new Stack<ITypeSymbol>(listed.Where(documents.Contains));
        while (next.Count > 0)
        {
            ITypeSymbol type = next.Pop();
            if (type.DeclaringSyntaxReferences.IsEmpty || type.Has(KnownTypes.JsonConverter) || !seen.Add(type))
            {
                continue;
            }

            foreach (IPropertySymbol property in type.AllProperties().Where(static p => !p.IsIgnored()))
            {
                if (property is { SetMethod.IsInitOnly: true, IsRequired: false } && property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) is PropertyDeclarationSyntax syntax)
                {
                    ReportProperty(context, property, syntax);
                }

                next.Push(property.Type.WithoutNullable());
            }
        }
    }

    private static void ReportProperty(CompilationAnalysisContext context, IPropertySymbol property, PropertyDeclarationSyntax syntax)
    {
        if (property.Has(KnownTypes.JsonExtensionData))
        {
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.InitExtensionData, syntax.Identifier.GetLocation(), property.Name));
        }
        else if (syntax.Initializer is { Value: var value } && !IsDefault(value))
        {
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.LostInitializer, syntax.Identifier.GetLocation(), property.Name, property.Type.ToDefaultText()));
        }
    }

    private static bool IsDefault(ExpressionSyntax value) => value switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } forgiven => IsDefault(forgiven.Operand),
        LiteralExpressionSyntax literal => literal.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression or SyntaxKind.FalseLiteralExpression || literal.Token.Value is 0,
        _ => value is DefaultExpressionSyntax,
    };
}
