using System.Globalization;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Collects the problems of a body that is not plain; the verdict is that of <see cref="PatchProblems"/>.</summary>
/// <param name="max">How many problems are kept.</param>
internal sealed class BodyProblems(int max)
{
    private List<PatchProblem>? _fenced;
    private List<PatchProblem>? _scoped;
    private List<PatchProblem>? _invalid;

    /// <summary>Adds a problem that makes the body invalid.</summary>
    public void Add(PatchProblem problem) => (_invalid ??= []).Add(problem);

    /// <inheritdoc cref="Add(PatchProblem)"/>
    public void Add(string pointer, string code, string message, params (string Name, string Value)[] arguments) =>
        Add(new(pointer, code, message, arguments.ToDictionary(static one => one.Name, static one => one.Value)));

    /// <summary>Adds reserved members.</summary>
    public void AddFenced(IEnumerable<PatchProblem> problems) => (_fenced ??= []).AddRange(problems);

    /// <summary>Adds members that the caller may not write.</summary>
    public void AddScoped(IEnumerable<PatchProblem> problems) => (_scoped ??= []).AddRange(problems);

    /// <summary>The error; null if there are no problems.</summary>
    public PatchError? Error =>
        _fenced is not null ? ErrorFor(PatchVerdict.Fenced, _fenced)
        : _scoped is not null ? ErrorFor(PatchVerdict.MissingScope, _scoped)
        : _invalid is not null ? ErrorFor(PatchVerdict.Invalid, _invalid)
        : null;

    private PatchError ErrorFor(PatchVerdict verdict, List<PatchProblem> problems)
    {
        PatchProblem[] distinct = [.. problems.DistinctBy(static problem => (problem.Pointer, problem.Code, problem.Field))];
        return RequestBody.ErrorFor(verdict, [.. distinct.Take(max)], Math.Max(0, distinct.Length - max));
    }

    /// <summary>A number as an argument.</summary>
    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
