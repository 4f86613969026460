using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>An analyzer of the user's code, in compilations that can have patches.</summary>
/// <param name="requiredType">The full name of the attribute without which nothing can be wrong.</param>
/// <param name="rules">What it reports.</param>
public abstract class PatchGenAnalyzer(string requiredType, params DiagnosticDescriptor[] rules) : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. rules];

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(requiredType) is not null)
            {
                Start(start);
            }
        });
    }

    /// <summary>Registers what the analyzer looks at.</summary>
    protected abstract void Start(CompilationStartAnalysisContext context);
}
