using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Collects the problems that <see cref="PatchHandler{TPatch, TDocument}.Validate"/> and
/// <see cref="PatchHandler{TPatch, TDocument}.CheckAsync"/> find in a patch. One problem is enough for 422.
/// </summary>
public sealed class PatchValidation
{
    private List<PatchProblem>? _problems;

    /// <summary>The problems so far.</summary>
    public IReadOnlyList<PatchProblem> Problems => (IReadOnlyList<PatchProblem>?)_problems ?? [];

    /// <summary>The error (422) with the problems; null if there are none.</summary>
    internal PatchError? Error => _problems is null
        ? null
        : PatchError.ForStatus(StatusCodes.Status422UnprocessableEntity) with { Problems = _problems };

    /// <summary>Adds a problem.</summary>
    /// <param name="pointer">
    /// Where: a JSON Pointer (RFC 6901) into the body, such as <c>/personality/humor</c>; empty for the body as a whole.
    /// </param>
    /// <param name="code">What: a stable code, one of <see cref="PatchProblemCodes"/> or your own.</param>
    /// <param name="message">The message for people; it should say what would be right.</param>
    /// <param name="arguments">The arguments of the rule by name, such as <c>max</c>.</param>
    public void Add(string pointer, string code, string message, IReadOnlyDictionary<string, string>? arguments = null) =>
        (_problems ??= []).Add(new PatchProblem(pointer, code, message, arguments));
}
