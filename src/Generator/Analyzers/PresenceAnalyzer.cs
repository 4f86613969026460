using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Points at reads of a member in code that never asks whether it was sent. Of members that are neither nullable nor structs the compiler
/// warns itself; of the others
/// nothing would, and an absent one would be taken for 0, or for null that clears.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PresenceAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.UnguardedRead];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static compilation =>
        {
            if (compilation.Compilation.GetTypeByMetadataName(KnownTypes.Patch) is not null)
            {
                compilation.RegisterOperationBlockStartAction(static start =>
                {
                    var block = new Block();
                    start.RegisterOperationAction(operation => block.Add((IPropertyReferenceOperation)operation.Operation), OperationKind.PropertyReference);
                    start.RegisterOperationAction(operation => block.Add(((IInvocationOperation)operation.Operation).TargetMethod), OperationKind.Invocation);
                    start.RegisterOperationBlockEndAction(block.Report);
                });
            }
        });
    }

    /// <summary>
    /// What is read and what is asked for in one method, its lambdas included. The order is not looked at: to ask at all shows that the
    /// question is known.
    /// </summary>
    private sealed class Block
    {
        private readonly ConcurrentBag<IPropertyReferenceOperation> _reads = [];
        private readonly ConcurrentBag<(INamedTypeSymbol Patch, string Name)> _asked = [];

        public void Add(IPropertyReferenceOperation reference)
        {
            IPropertySymbol property = reference.Property;
            if (property.ContainingType is not { } type)
            {
                return;
            }

            if (type is { Name: "Members", ContainingType: { } owner } && owner.PatchAttribute() is not null)
            {
                _asked.Add((owner, property.Name));
            }
            else if (type.PatchAttribute() is not null)
            {
                if (property.Name.StartsWith("Has", StringComparison.Ordinal))
                {
                    _asked.Add((type, property.Name.Substring("Has".Length)));
                }

                if (IsUnwarned(property) && !reference.IsAssigned() && !IsTested(reference))
                {
                    _reads.Add(reference);
                }
            }
        }

        public void Add(IMethodSymbol method)
        {
            if (method.Name.StartsWith("TryGet", StringComparison.Ordinal) && method.ContainingType?.PatchAttribute() is not null)
            {
                _asked.Add((method.ContainingType, method.Name.Substring("TryGet".Length)));
            }
        }

        public void Report(OperationBlockAnalysisContext context)
        {
            foreach (IPropertyReferenceOperation read in _reads)
            {
                IPropertySymbol property = read.Property;
                if (!_asked.Any(a => a.Name == property.Name && SymbolEqualityComparer.Default.Equals(a.Patch, property.ContainingType)))
                {
                    Location location = read.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax access ? access.Name.GetLocation() : read.Syntax.GetLocation();
                    context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.UnguardedRead, location, property.Name, property.Type.ToDefaultText(), "Has" + property.Name));
                }
            }
        }

        // A member with its presence beside it, in source or in another assembly.
        private static bool IsUnwarned(IPropertySymbol property) =>
            property is { IsStatic: false, SetMethod: not null } && (property.Type.IsValueType || property.Type.IsNullable())
            && !property.Has(KnownTypes.Selector)
            && property.ContainingType.GetMembers("Has" + property.Name).Any(static m => m is IPropertySymbol { Type.SpecialType: SpecialType.System_Boolean });

        // Who tests for null or takes another value for it has thought of null; and a name is no value.
        private static bool IsTested(IPropertyReferenceOperation reference)
        {
            IOperation? parent = reference.Parent;
            while (parent is IConversionOperation)
            {
                parent = parent.Parent;
            }

            return parent is INameOfOperation or IMemberInitializerOperation
                || (reference.Property.Type.IsNullable() && parent is IIsPatternOperation or IBinaryOperation or ICoalesceOperation or IConditionalAccessOperation
                    or ISwitchOperation or ISwitchExpressionOperation or IPropertySubpatternOperation);
        }
    }
}
