using System.Collections;
using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen;

/// <summary>
/// A set of members of a patch: <c>InfluencerPatch.Members.Name | InfluencerPatch.Members.Vibe</c>, the members that are
/// <see cref="IPatch{TSelf}.Present"/>, or those that a patch has changed. Immutable; enumerates its members in the order of their
/// declaration.
/// </summary>
/// <remarks>Sets of the first 64 members of a patch do not allocate; one with a later member allocates an array for it.</remarks>
/// <typeparam name="TPatch">The patch.</typeparam>
public readonly struct MemberSet<TPatch> : IReadOnlyCollection<PatchMember>, IEquatable<MemberSet<TPatch>>
    where TPatch : IPatch<TPatch>
{
    private const int BitsPerWord = 64;

    private readonly ulong _low;
    private readonly ulong[]? _high; // The members from the 65th on; null if there are none. Never modified; its last word is not zero.

    /// <summary>The set of one member. Called by generated code.</summary>
    /// <param name="index">The member's index.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MemberSet(int index)
    {
        _low = index < BitsPerWord ? 1UL << index : 0;
        _high = index < BitsPerWord ? null : Single(index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal MemberSet(ReadOnlySpan<ulong> words) => (_low, _high) = (words[0], words.Length == 1 ? null : Trimmed(words[1..]));

    private MemberSet(ulong low, ulong[]? high) => (_low, _high) = (low, high);

    /// <summary>Whether the set has no member.</summary>
    public bool IsEmpty => _low == 0 && _high is null;

    /// <summary>How many members the set has.</summary>
    public int Count
    {
        get
        {
            int count = BitOperations.PopCount(_low);
            foreach (ulong word in _high ?? [])
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>The members that are in one of the sets or in both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MemberSet<TPatch> operator |(MemberSet<TPatch> left, MemberSet<TPatch> right) =>
        new(left._low | right._low, left._high is null ? right._high
            : right._high is null ? left._high
            : Combine(left, right, static (l, r) => l | r));

    /// <summary>The members that are in both sets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MemberSet<TPatch> operator &(MemberSet<TPatch> left, MemberSet<TPatch> right) =>
        new(left._low & right._low, left._high is null || right._high is null ? null : Combine(left, right, static (l, r) => l & r));

    /// <summary>The other members of the patch.</summary>
    public static MemberSet<TPatch> operator ~(MemberSet<TPatch> members)
    {
        var words = new ulong[WordCount(TPatch.Table.Count)];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = ~members.Word(i);
        }

        int unused = words.Length * BitsPerWord - TPatch.Table.Count;
        words[^1] &= ulong.MaxValue >> unused;
        return new(words);
    }

    /// <inheritdoc cref="Equals(MemberSet{TPatch})"/>
    public static bool operator ==(MemberSet<TPatch> left, MemberSet<TPatch> right) => left.Equals(right);

    /// <summary>Whether a member is in one set and not in the other.</summary>
    public static bool operator !=(MemberSet<TPatch> left, MemberSet<TPatch> right) => !left.Equals(right);

    /// <summary>Whether every member of <paramref name="members"/> is in the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(MemberSet<TPatch> members) =>
        (members._low & ~_low) == 0 && (members._high is null || (members & this) == members);

    /// <summary>Whether both sets have the same members.</summary>
    public bool Equals(MemberSet<TPatch> other) => _low == other._low && _high.AsSpan().SequenceEqual(other._high);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MemberSet<TPatch> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(_low);
        foreach (ulong word in _high ?? [])
        {
            hash.Add(word);
        }

        return hash.ToHashCode();
    }

    /// <summary>The names of the members in JSON, joined by commas.</summary>
    public override string ToString() => string.Join(", ", this);

    /// <summary>Enumerates the members in the order of their declaration.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<PatchMember> IEnumerable<PatchMember>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A word of 64 members; zero beyond the last.</summary>
    internal ulong Word(int index) => index == 0 ? _low : index <= (_high?.Length ?? 0) ? _high![index - 1] : 0;

    private static int WordCount(int members) => Math.Max(1, (members + BitsPerWord - 1) / BitsPerWord);

    private static ulong[] Single(int index)
    {
        var high = new ulong[index / BitsPerWord];
        high[^1] = 1UL << index;
        return high;
    }

    private static ulong[]? Trimmed(ReadOnlySpan<ulong> high)
    {
        high = high.TrimEnd(0UL);
        return high.IsEmpty ? null : high.ToArray();
    }

    private static ulong[]? Combine(MemberSet<TPatch> left, MemberSet<TPatch> right, Func<ulong, ulong, ulong> operation)
    {
        var words = new ulong[Math.Max(left._high!.Length, right._high!.Length)];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = operation(left.Word(i + 1), right.Word(i + 1));
        }

        return words[^1] != 0 ? words : Trimmed(words);
    }

    /// <summary>Enumerates the members of a set.</summary>
    public struct Enumerator : IEnumerator<PatchMember>
    {
        private readonly MemberSet<TPatch> _members;
        private int _index = -1;

        internal Enumerator(MemberSet<TPatch> members) => _members = members;

        /// <inheritdoc/>
        public readonly PatchMember Current => TPatch.Table[_index].Info.Member;

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            int count = TPatch.Table.Count;
            do
            {
                _index++;
            }
            while (_index < count && (_members.Word(_index / BitsPerWord) >> _index & 1) == 0);
            return _index < count;
        }

        /// <inheritdoc/>
        public void Reset() => _index = -1;

        readonly void IDisposable.Dispose()
        {
        }
    }
}
