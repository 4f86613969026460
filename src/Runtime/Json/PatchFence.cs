using System.ComponentModel;
using System.Text;

namespace Layers.PatchGen.Json;

/// <summary>Reserved members below a member that is not modelled: a small tree, whose leaves are reserved.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PatchFence
{
    private readonly byte[] _utf8;

    /// <summary>Creates a fence of one name and the names below it.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="until">The version the fence waits for, or null.</param>
    /// <param name="children">The names below; empty if this one is reserved itself.</param>
    public PatchFence(string name, string? until, params PatchFence[] children)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(children);
        Name = name;
        Until = until;
        Children = children;
        _utf8 = Encoding.UTF8.GetBytes(name);
    }

    internal string Name { get; }

    internal string? Until { get; }

    internal PatchFence[] Children { get; }

    /// <summary>Whether the member itself is reserved, and not something below it.</summary>
    internal bool IsReserved => Children.Length == 0;

    /// <summary>The reserved members.</summary>
    /// <param name="parent">The names above this one, each followed by a dot.</param>
    internal IEnumerable<ReservedMember> Reserved(string parent) =>
        IsReserved ? [new(parent + Name, Until)] : Children.SelectMany(child => child.Reserved($"{parent}{Name}."));

    /// <summary>The child of a name; null if there is none.</summary>
    internal PatchFence? Find(ReadOnlySpan<byte> name)
    {
        foreach (PatchFence child in Children)
        {
            if (name.SequenceEqual(child._utf8))
            {
                return child;
            }
        }

        return null;
    }
}
