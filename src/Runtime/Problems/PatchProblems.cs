using System.Collections;

namespace Layers.PatchGen;

/// <summary>What was wrong with a body: the problems that decided its verdict, in the order of the body.</summary>
public sealed class PatchProblems : IReadOnlyList<PatchProblem>
{
    /// <summary>No problem.</summary>
    public static PatchProblems None { get; } = new();

    /// <summary>The verdict on the body.</summary>
    public PatchVerdict Verdict { get; }

    /// <summary>How many problems were found beyond those kept.</summary>
    public int Truncated { get; }

    /// <inheritdoc/>
    public int Count => 0;

    /// <inheritdoc/>
    public PatchProblem this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

    /// <inheritdoc/>
    public IEnumerator<PatchProblem> GetEnumerator() => Enumerable.Empty<PatchProblem>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
