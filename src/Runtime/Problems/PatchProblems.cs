using System.Collections;

namespace Layers.PatchGen;

/// <summary>The problems of a body that decided its verdict, in the order of the body.</summary>
/// <remarks>Pointers and messages are created when a problem is read, anew each time: rejecting a body creates no strings.</remarks>
public sealed class PatchProblems : IReadOnlyList<PatchProblem>
{
    private readonly ProblemRecord[] _records;

    internal PatchProblems(PatchVerdict verdict, ProblemRecord[] records, int count, int truncated)
    {
        Verdict = verdict;
        _records = records;
        Count = count;
        Truncated = truncated;
    }

    /// <summary>No problem.</summary>
    public static PatchProblems None { get; } = new(PatchVerdict.Ok, [], 0, 0);

    /// <summary>The verdict on the body.</summary>
    public PatchVerdict Verdict { get; }

    /// <summary>How many problems were found beyond those kept.</summary>
    public int Truncated { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public PatchProblem this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _records[index].ToProblem();
        }
    }

    /// <inheritdoc/>
    public IEnumerator<PatchProblem> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return _records[i].ToProblem();
        }
    }

    /// <summary>Lists every problem with its place, for logs and exceptions: <c>/name: Must not be null.</c></summary>
    public override string ToString() => string.Join(
        " ", this.Select(static problem => $"{(problem.Pointer.Length == 0 ? "The body" : problem.Pointer)}: {problem.Message}"));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The problems whose count is higher than it was at the same place.</summary>
    internal IReadOnlyList<PatchProblem> GrownFrom(PatchProblems before)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (ref readonly ProblemRecord record in before._records.AsSpan(0, before.Count))
        {
            counts[record.Pointer()] = record.First;
        }

        List<PatchProblem> grown = [];
        foreach (ref readonly ProblemRecord record in _records.AsSpan(0, Count))
        {
            if (record.First > counts.GetValueOrDefault(record.Pointer()))
            {
                grown.Add(record.ToProblem());
            }
        }

        return grown;
    }
}
