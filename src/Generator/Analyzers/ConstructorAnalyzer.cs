using System.Collections.Immutable;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Warns of members that the constructor assigns by which the reader makes a patch: they would count as sent, and as sent twice when they
/// are.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConstructorAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.AssignedInConstructor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationBlockStartAction(static block =>
        {
            if (block.OwningSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { IsValueType: false } type } constructor
                && type.PatchAttribute() is not null && IsCalledByReader(constructor))
            {
                block.RegisterOperationAction(Analyze, OperationKind.PropertyReference);
            }
        });
    }

    private static bool IsCalledByReader(IMethodSymbol constructor) =>
        constructor.Parameters.IsEmpty
        || (constructor.IsCalledWithoutArguments() && !constructor.ContainingType.InstanceConstructors.Any(static c => c.Parameters.IsEmpty));

    private static void Analyze(OperationAnalysisContext context)
    {
        var reference = (IPropertyReferenceOperation)context.Operation;
        if (reference is { Property.IsPartialDefinition: true, Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } }
            && reference.IsAssigned())
        {
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.AssignedInConstructor, reference.Syntax.GetLocation(), reference.Property.Name));
        }
    }
}
