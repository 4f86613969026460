using System.Collections.Generic;
using System.Linq;
using Layers.PatchGen.Generator.Diagnostics;
using Layers.PatchGen.Generator.Emitters;
using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>Reports calls of <c>ExecutePatchAsync</c> with a patch that has members which one UPDATE cannot set.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ExecutePatchAnalyzer() : PatchGenAnalyzer(KnownTypes.EntityPatch, DiagnosticDescriptors.UpdateObstacle)
{
    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext context) =>
        context.RegisterOperationAction(static operation => Report(operation), OperationKind.Invocation);

    private static void Report(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is not { Name: "ExecutePatchAsync", TypeArguments: [INamedTypeSymbol patch, ..] } method
            || !method.ContainingType.IsNamed(KnownTypes.ExecutePatch))
        {
            return;
        }

        Location location = call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
            ? access.Name.GetLocation()
            : call.Syntax.GetLocation();
        foreach (SetterSpec setter in Obstacles(PatchParser.Setters(patch)))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticDescriptors.UpdateObstacle, location, patch.Name, setter.Reason()));
        }
    }

    private static IEnumerable<SetterSpec> Obstacles(IEnumerable<SetterSpec> setters) =>
        setters.SelectMany(static setter => setter.Obstacle is null ? Obstacles(setter.Setters) : [setter]);
}
