using System.ComponentModel;
using System.Text;

namespace Layers.PatchGen.Json;

/// <summary>A member's name as found in a body.</summary>
/// <param name="index">Which of <see cref="PatchNames"/>; -1 for none of them.</param>
/// <param name="end">The position after the name's closing quote.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PatchName(int index, int end)
{
    // One field, so that it is returned in one register: two would be written to memory apart and read back as one, which stalls.
    private readonly long _both = ((long)end << 32) | (uint)index;

    /// <summary>Which of <see cref="PatchNames"/>; -1 for none of them.</summary>
    public int Index => (int)_both;

    /// <summary>The position after the name's closing quote.</summary>
    public int End => (int)(_both >> 32);

    /// <summary>Takes the two apart.</summary>
    public void Deconstruct(out int index, out int end) => (index, end) = (Index, End);
}

/// <summary>The names that one patch knows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PatchNames
{
    private readonly string[] _names;

    // Ordered by length and then by bytes: found by halving, whatever names are sent.
    private readonly byte[][] _sorted;
    private readonly int[] _indexes;

    /// <summary>Takes the names.</summary>
    /// <param name="members">The members.</param>
    /// <param name="fenced">Names that are known without being members; their indexes follow those of the members.</param>
    public PatchNames(string[] members, params string[] fenced)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(fenced);
        MemberCount = members.Length;
        _names = [.. members, .. fenced];
        _sorted = Array.ConvertAll(_names, Encoding.UTF8.GetBytes);
        _indexes = [.. Enumerable.Range(0, _names.Length)];
        Array.Sort(_sorted, _indexes, Comparer<byte[]>.Create(static (left, right) => Compare(left, right)));
    }

    /// <summary>How many of the names are members.</summary>
    public int MemberCount { get; }

    /// <summary>A name by its index.</summary>
    public string this[int index] => _names[index];

    /// <summary>The index of a name, exactly; -1 when it is none of these.</summary>
    internal int Find(ReadOnlySpan<byte> name)
    {
        int low = 0;
        int high = _sorted.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int order = Compare(_sorted[middle], name);
            if (order == 0)
            {
                return _indexes[middle];
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }

    /// <summary>The member that was probably meant by a name that is none; null when nothing is close.</summary>
    internal string? Suggest(string name)
    {
        string? closest = null;
        int least = NameDistance.Far;
        foreach (string member in _names.AsSpan(0, MemberCount))
        {
            int distance = NameDistance.Between(name, member);
            if (distance < least)
            {
                least = distance;
                closest = member;
            }
        }

        return closest;
    }

    private static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
}
