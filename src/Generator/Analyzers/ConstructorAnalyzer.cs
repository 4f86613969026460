using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Warns of members that are assigned in the constructor that the reader calls: they would always count as sent, and as duplicates when
/// they are sent.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConstructorAnalyzer() : PatchGenAnalyzer(KnownTypes.Patch, DiagnosticDescriptors.AssignedInConstructor)
{
    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext context) =>
        context.RegisterOperationBlockStartAction(static block =>
        {
            if (block.OwningSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.IsValueType: false } constructor
                && constructor.ContainingType.PatchAttribute() is not null && IsCalledByReader(constructor))
            {
                block.RegisterOperationAction(Analyze, OperationKind.PropertyReference);
            }
        });

    private static bool IsCalledByReader(IMethodSymbol constructor) =>
        constructor.Parameters.IsEmpty
        || (constructor.IsCalledWithoutArguments()
            && !constructor.ContainingType.InstanceConstructors.Any(static c => c.Parameters.IsEmpty));

    private static void Analyze(OperationAnalysisContext context)
    {
        var reference = (IPropertyReferenceOperation)context.Operation;
        if (reference.Property.IsPartialDefinition && reference.IsAssigned()
            && reference.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance })
        {
            Location location = reference.Syntax.GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.AssignedInConstructor, location, reference.Property.Name));
        }
    }
}
