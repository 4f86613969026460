using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>Says what the generator found, from the same parser.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PatchAnalyzer() : PatchGenAnalyzer(
    KnownTypes.Patch,
    DiagnosticDescriptors.Shape,
    DiagnosticDescriptors.PropertyNotPartial,
    DiagnosticDescriptors.PropertyShape,
    DiagnosticDescriptors.UnsupportedType,
    DiagnosticDescriptors.DuplicateName,
    DiagnosticDescriptors.Fence,
    DiagnosticDescriptors.Selector,
    DiagnosticDescriptors.Target,
    DiagnosticDescriptors.Document,
    DiagnosticDescriptors.NameTaken,
    DiagnosticDescriptors.Route,
    DiagnosticDescriptors.Endpoint,
    DiagnosticDescriptors.Constraint,
    DiagnosticDescriptors.ReservedName,
    DiagnosticDescriptors.Initializer,
    DiagnosticDescriptors.UnknownNullability,
    DiagnosticDescriptors.NullInInterface,
    DiagnosticDescriptors.KeyedList)
{
    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext context) =>
        context.RegisterSymbolAction(static symbol =>
        {
            var type = (INamedTypeSymbol)symbol.Symbol;
            if (type.PatchAttribute() is { } patch)
            {
                foreach (Diagnostic diagnostic in PatchParser.Parse(type, patch, symbol.Compilation, symbol.CancellationToken).Diagnostics)
                {
                    symbol.ReportDiagnostic(diagnostic);
                }
            }
        }, SymbolKind.NamedType);
}
