using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The errors of exceptions by which a patch is rejected where it meets the document.</summary>
internal static class Rejections
{
    /// <summary>The error that an exception means; null if it does not reject a patch.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="maxProblems">How many problems are in the response.</param>
    public static PatchError? ErrorOf(Exception? exception, int maxProblems) => exception switch
    {
        PatchRejectedException rejected => rejected.Error,
        PatchTargetException missing => Unexpected(
            PatchErrorCodes.MissingTarget,
            [.. missing.Problems.Take(maxProblems)]) with { Truncated = Math.Max(0, missing.Problems.Count - maxProblems) },
        _ => null,
    };

    /// <summary>The problem of a new item in a list whose items are not created.</summary>
    /// <param name="item">The place of the item.</param>
    public static PatchProblem NewItem(string[] item) =>
        new(Pointer.To(item), PatchErrorCodes.MissingTarget, "The document has no item with this key.");

    /// <summary>The error for a document that lacks what the body expects (409).</summary>
    public static PatchError Unexpected(string code, IReadOnlyList<PatchProblem> problems) =>
        new(StatusCodes.Status409Conflict, code, "The document is not as the patch expects; nothing was changed.") { Problems = problems };
}
