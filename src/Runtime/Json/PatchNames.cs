using System.Buffers.Binary;
using System.ComponentModel;
using System.Numerics;
using System.Text;

namespace Layers.PatchGen.Json;

/// <summary>A member's name as found in a body.</summary>
/// <param name="index">The index in <see cref="PatchNames"/>; -1 if it is not there.</param>
/// <param name="end">The position after the name's closing quote.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PatchName(int index, int end)
{
    // One field, returned in one register. Two fields would be stored separately and loaded as one, which stalls store forwarding.
    private readonly long _both = ((long)end << 32) | (uint)index;

    /// <summary>The index in <see cref="PatchNames"/>; -1 if it is not there.</summary>
    public int Index => (int)_both;

    /// <summary>The position after the name's closing quote.</summary>
    public int End => (int)(_both >> 32);

    /// <summary>Deconstructs the name.</summary>
    public void Deconstruct(out int index, out int end) => (index, end) = (Index, End);
}

/// <summary>The name of a member, and what closes it.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="FencedUntil">What its fence waits for; null for no fence.</param>
/// <param name="WriteScope">The scope that a caller needs to write it; null for none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PatchMemberName(string Name, string? FencedUntil = null, string? WriteScope = null)
{
    /// <summary>The name of a member that is always open.</summary>
    public static implicit operator PatchMemberName(string name) => new(name);

    /// <summary>Whether the options open the member.</summary>
    internal bool IsOpen(PatchReadOptions options) =>
        (FencedUntil is null || options.IsLifted(FencedUntil)) && (WriteScope is null || options.HasScope(WriteScope));
}

/// <summary>The names of one patch's members and fences.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PatchNames : ISuggestNames
{
    // 2^64 divided by the golden ratio: the high bits of a product with it depend on every bit (D. E. Knuth, "The Art of Computer
    // Programming", 6.4).
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;

    private readonly string[] _names;

    private readonly PatchMemberName[] _members;

    private readonly bool _hasClosed;

    private readonly byte[][] _utf8;

    // Indexes, and -1 for none, by hash with linear probing. At most half of it is used. The length of a search depends
    // on our names and not on what is sent.
    private readonly int[] _table;

    /// <summary>Creates the table of names.</summary>
    /// <param name="members">The members.</param>
    /// <param name="fences">The reserved names that are not members; their indexes follow those of the members.</param>
    public PatchNames(PatchMemberName[] members, params PatchFence[] fences)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(fences);
        MemberCount = members.Length;
        _members = members;
        _hasClosed = members.Any(static member => member.FencedUntil is not null || member.WriteScope is not null);
        _names = [.. members.Select(static member => member.Name), .. fences.Select(static fence => fence.Name)];
        _utf8 = Array.ConvertAll(_names, Encoding.UTF8.GetBytes);
        _table = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * _names.Length, 2))];
        Array.Fill(_table, -1);
        for (int i = 0; i < _utf8.Length; i++)
        {
            int slot = Slot(_utf8[i]);
            while (_table[slot] >= 0)
            {
                slot = (slot + 1) & (_table.Length - 1);
            }

            _table[slot] = i;
        }
    }

    /// <summary>How many of the names are members.</summary>
    public int MemberCount { get; }

    /// <summary>A name by its index.</summary>
    public string this[int index] => _names[index];

    /// <summary>The index of a name; -1 if it is not in the table.</summary>
    internal int Find(ReadOnlySpan<byte> name)
    {
        int slot = Slot(name);
        int index;
        while ((index = _table[slot]) >= 0 && !name.SequenceEqual(_utf8[index]))
        {
            slot = (slot + 1) & (_table.Length - 1);
        }

        return index;
    }

    /// <summary>The names to suggest: those that the options open, since the others would be rejected as well.</summary>
    internal ISuggestNames Open(PatchReadOptions options) => _hasClosed ? new OpenNames(this, options) : this;

    string? ISuggestNames.Suggest(string name) => Suggest(name, null);

    private string? Suggest(string name, PatchReadOptions? options)
    {
        string? closest = null;
        int least = NameDistance.Far;
        for (int i = 0; i < MemberCount; i++)
        {
            string member = _names[i];
            if (options is not null && !_members[i].IsOpen(options))
            {
                continue;
            }

            int distance = NameDistance.Between(name, member);
            if (distance < least)
            {
                least = distance;
                closest = member;
            }
        }

        return closest;
    }

    // Most names differ at their ends: hash the first eight bytes, the last eight, and the length.
    private int Slot(ReadOnlySpan<byte> name)
    {
        ulong ends = name.Length >= sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(name) * Golden + BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..])
            : Few(name);
        return (int)((ends + (uint)name.Length) * Golden >> (BitOperations.LeadingZeroCount((ulong)_table.Length) + 1));
    }

    private static ulong Few(ReadOnlySpan<byte> bytes)
    {
        ulong few = 0;
        foreach (byte one in bytes)
        {
            few = few << 8 | one;
        }

        return few;
    }

    private sealed class OpenNames(PatchNames names, PatchReadOptions options) : ISuggestNames
    {
        public string? Suggest(string name) => names.Suggest(name, options);
    }
}

/// <summary>Names that an unknown name may have been meant to be.</summary>
internal interface ISuggestNames
{
    /// <summary>The member that an unknown name probably means; null if none is close.</summary>
    string? Suggest(string name);
}
