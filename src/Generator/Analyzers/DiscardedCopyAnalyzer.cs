using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>
/// Reports calls of <c>ApplyTo</c> whose result is discarded, where the document is copied: the same statement changes a class in place,
/// and loses the change of a record or struct.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DiscardedCopyAnalyzer() : PatchGenAnalyzer(KnownTypes.Patch, DiagnosticDescriptors.DiscardedCopy)
{
    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext context) =>
        context.RegisterOperationAction(static operation => Report(operation), OperationKind.ExpressionStatement);

    private static void Report(OperationAnalysisContext context)
    {
        IOperation value = ((IExpressionStatementOperation)context.Operation).Operation;
        IOperation call = value is IConditionalAccessOperation conditional ? conditional.WhenNotNull : value;
        if (call is IInvocationOperation { TargetMethod: { Name: "ApplyTo", ReturnType: { } document } } applied
            && (document.IsRecord || document.IsValueType)
            && PatchOf(applied)?.PatchAttribute() is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticDescriptors.DiscardedCopy, call.Syntax.GetLocation(), document.Name, document.IsValueType ? "struct" : "record"));
        }
    }

    // Without "out changed" it is an extension method.
    private static ITypeSymbol? PatchOf(IInvocationOperation call) =>
        (call.Instance ?? call.Arguments.FirstOrDefault()?.Value)?.Type?.WithoutNullable();
}
