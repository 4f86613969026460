using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Warns of patches that a <c>JsonSerializerContext</c> writes without their converter: every absent member would be sent as null, and
/// clear what should stay as it is. System.Text.Json's generator does not see the generated half of a patch, which has the converter;
/// reflection does, so that calls without a context are right as they are.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SerializationAnalyzer() : PatchGenAnalyzer(KnownTypes.Patch, DiagnosticDescriptors.NoConverter)
{
    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext context) =>
        context.RegisterSymbolAction(AnalyzeContext, SymbolKind.NamedType);

    private static void AnalyzeContext(SymbolAnalysisContext context)
    {
        bool includesFields = context.Symbol.Attribute(KnownTypes.JsonSourceGenerationOptions)?.Argument("IncludeFields") is true;
        var walk = new SerializedTypes(context.Compilation, includesFields);
        foreach (AttributeData attribute in context.Symbol.GetAttributes())
        {
            if (attribute.Is(KnownTypes.JsonSerializable) && attribute.FirstArgument() is ITypeSymbol root)
            {
                foreach (ITypeSymbol patch in walk.From(root, context.CancellationToken).Where(static t => t.PatchAttribute() is not null))
                {
                    // The fix goes to the record, wherever it is declared.
                    var declaration = patch.DeclaringSyntaxReferences.Take(1).Select(static r => Location.Create(r.SyntaxTree, r.Span));
                    Location location = attribute.LocationOr(context.Symbol);
                    context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.NoConverter, location, declaration, patch.Name));
                }
            }
        }
    }
}
