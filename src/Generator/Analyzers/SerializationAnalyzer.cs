using System.Collections.Immutable;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>Warns where a patch is handed to System.Text.Json without its converter: every absent member would be sent as null, and clear what it should leave alone.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SerializationAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Serializers =
        ["System.Text.Json.JsonSerializer", "System.Net.Http.Json.JsonContent", "System.Net.Http.Json.HttpClientJsonExtensions", "System.Net.Http.Json.HttpContentJsonExtensions"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.NoConverter];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static compilation =>
        {
            if (compilation.Compilation.GetTypeByMetadataName(KnownTypes.Patch) is not null)
            {
                compilation.RegisterSymbolAction(AnalyzeContext, SymbolKind.NamedType);
                compilation.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
            }
        });
    }

    private static void AnalyzeContext(SymbolAnalysisContext context)
    {
        foreach (AttributeData attribute in context.Symbol.GetAttributes())
        {
            if (attribute.Is(KnownTypes.JsonSerializable) && attribute.ConstructorArguments is [{ Value: ITypeSymbol type }] && IsUnconverted(type))
            {
                context.ReportDiagnostic(Report(type, attribute.LocationOr(context.Symbol)));
            }
        }
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (Serializers.Any(call.TargetMethod.ContainingType.IsNamed) && call.TargetMethod.TypeArguments.FirstOrDefault(IsUnconverted) is { } type)
        {
            context.ReportDiagnostic(Report(type, call.Syntax.GetLocation()));
        }
    }

    private static bool IsUnconverted(ITypeSymbol type) => type.WithoutNullable() is var bare && bare.PatchAttribute() is not null && !bare.Has(KnownTypes.JsonConverter);

    // The fix goes to the record, wherever it stands; one of another assembly is its author's to mend.
    private static Diagnostic Report(ITypeSymbol type, Location location)
    {
        ITypeSymbol patch = type.WithoutNullable();
        return Diagnostic.Create(DiagnosticDescriptors.NoConverter, location, patch.DeclaringSyntaxReferences.Take(1).Select(static r => Location.Create(r.SyntaxTree, r.Span)), patch.Name);
    }
}
