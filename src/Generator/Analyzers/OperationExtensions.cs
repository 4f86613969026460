using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Layers.PatchGen.Generator.Analyzers;

/// <summary>Helpers for operations.</summary>
internal static class OperationExtensions
{
    /// <summary>The reference is what an assignment, of one value or of a tuple, writes to.</summary>
    public static bool IsAssigned(this IOperation reference)
    {
        IOperation target = reference;
        while (target.Parent is ITupleOperation tuple)
        {
            target = tuple;
        }

        return target.Parent is IAssignmentOperation assignment && assignment.Target == target;
    }
}
