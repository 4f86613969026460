namespace Layers.PatchGen;

/// <summary>
/// Thrown by <c>ApplyTo</c> when a patch has values for items that the document does not have, in a list that is patched by key
/// (<see cref="KeyedByAttribute"/>) without <see cref="KeyedByAttribute.AllowCreate"/>. Nothing was changed. Endpoints respond with 409.
/// </summary>
#pragma warning disable CA1032 // The standard constructors would make an exception without problems.
public sealed class PatchTargetException : InvalidOperationException
#pragma warning restore CA1032
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problems">The items that are missing.</param>
    public PatchTargetException(IReadOnlyList<PatchProblem> problems)
        : base(string.Join(' ', (problems ?? []).Select(static problem => $"{problem.Pointer}: {problem.Message}"))) =>
        Problems = problems ?? throw new ArgumentNullException(nameof(problems));

    /// <summary>
    /// A <see cref="PatchProblemCodes.MissingTarget"/> for each item that is missing, in the order of the patch, with the pointer of the
    /// key: <c>/lines/7</c>.
    /// </summary>
    public IReadOnlyList<PatchProblem> Problems { get; }
}
