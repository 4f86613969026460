namespace Layers.PatchGen.AspNetCore;

/// <summary>Collects what <see cref="PatchHandler{TPatch, TDocument}.Validate"/> finds wrong with a patch. One problem is enough for 422.</summary>
public sealed class PatchValidation
{
    private readonly List<PatchProblem> _problems = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<PatchProblem> Problems => _problems;

    /// <summary>Adds a problem.</summary>
    /// <param name="pointer">Where: a JSON Pointer (RFC 6901) into the body, such as <c>/personality/humor</c>; empty for the body as a whole.</param>
    /// <param name="code">What: a stable code, one of <see cref="PatchProblemCodes"/> or one of your own.</param>
    /// <param name="message">The same for people, saying what would be right.</param>
    /// <param name="arguments">The values of the rule by name, such as <c>max</c>.</param>
    public void Add(string pointer, string code, string message, IReadOnlyDictionary<string, string>? arguments = null) =>
        _problems.Add(new PatchProblem(pointer, code, message, arguments));
}
