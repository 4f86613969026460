using System.Collections.Concurrent;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Reports reads of a member in code that never checks whether it was sent, where an absent one would be taken for 0, or for a null that
/// clears. Of members that are neither nullable nor structs the compiler itself warns.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PresenceAnalyzer() : PatchGenAnalyzer(KnownTypes.Patch, DiagnosticDescriptors.UnguardedRead)
{
    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext context) =>
        context.RegisterOperationBlockStartAction(static start =>
        {
            var block = new Block();
            start.RegisterOperationAction(read => block.Add((IPropertyReferenceOperation)read.Operation), OperationKind.PropertyReference);
            start.RegisterOperationAction(call => block.Add(((IInvocationOperation)call.Operation).TargetMethod), OperationKind.Invocation);
            start.RegisterOperationBlockEndAction(block.Report);
        });

    /// <summary>
    /// The reads and the presence checks of one method, its lambdas included. Their order does not matter: any check counts.
    /// </summary>
    private sealed class Block
    {
        private readonly ConcurrentBag<IPropertyReferenceOperation> _reads = [];
        private readonly ConcurrentBag<(INamedTypeSymbol Patch, string Name)> _checked = [];

        public void Add(IPropertyReferenceOperation reference)
        {
            IPropertySymbol property = reference.Property;
            if (property.ContainingType is not { } type)
            {
                return;
            }

            if (type is { Name: "Members", ContainingType: { } owner } && owner.PatchAttribute() is not null)
            {
                _checked.Add((owner, property.Name));
            }
            else if (type.PatchAttribute() is not null)
            {
                if (property.Name.StartsWith("Has", StringComparison.Ordinal))
                {
                    _checked.Add((type, property.Name.Substring("Has".Length)));
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
                _checked.Add((method.ContainingType, method.Name.Substring("TryGet".Length)));
            }
        }

        public void Report(OperationBlockAnalysisContext context)
        {
            foreach (IPropertyReferenceOperation read in _reads)
            {
                IPropertySymbol property = read.Property;
                if (!_checked.Any(a => a.Name == property.Name && SymbolEqualityComparer.Default.Equals(a.Patch, property.ContainingType)))
                {
                    SyntaxNode syntax = read.Syntax is MemberAccessExpressionSyntax access ? access.Name : read.Syntax;
                    context.ReportDiagnostic(Diagnostic.Create(
                        DiagnosticDescriptors.UnguardedRead,
                        syntax.GetLocation(),
                        property.Name,
                        property.Type.ToDefaultText(),
                        "Has" + property.Name));
                }
            }
        }

        // A member with its presence beside it, in source or in another assembly.
        private static bool IsUnwarned(IPropertySymbol property) =>
            property is { IsStatic: false, SetMethod: not null }
            && (property.Type.IsValueType || property.Type.IsNullable() || !property.Has(KnownTypes.MaybeNull))
            && !property.Has(KnownTypes.Selector)
            && property.ContainingType.GetMembers("Has" + property.Name).OfType<IPropertySymbol>()
                .Any(static p => p.Type.SpecialType == SpecialType.System_Boolean);

        // A null test counts as a check, and a name is no value.
        private static bool IsTested(IPropertyReferenceOperation reference)
        {
            IOperation? parent = reference.Parent;
            while (parent is IConversionOperation)
            {
                parent = parent.Parent;
            }

            return parent is INameOfOperation or IMemberInitializerOperation
                || (reference.Property.Type.IsNullable() && parent is IIsPatternOperation or IBinaryOperation or ICoalesceOperation
                    or IConditionalAccessOperation or ISwitchOperation or ISwitchExpressionOperation or IPropertySubpatternOperation);
        }
    }
}
