using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// What responses hide of a JSON value: which members of an object, and what of the values below it. Made by <see cref="HiddenMembersBuilder"/>; may contain itself, as types do.
/// </summary>
internal sealed class HiddenMembers
{
    /// <summary>The members that are hidden, or hide something below them. With <see cref="HidesOthers"/>, all members that are not hidden as well.</summary>
    public List<Member> Members { get; } = [];

    /// <summary>Whether members that are not listed are hidden: extension data that is not in responses.</summary>
    public bool HidesOthers { get; set; }

    /// <summary>What is hidden of the value of a member that is not listed: the values of a dictionary.</summary>
    public HiddenMembers? Others { get; set; }

    /// <summary>What is hidden of each item of an array.</summary>
    public HiddenMembers? Items { get; set; }

    /// <summary>How an object says which of several types it has; null where it has only one.</summary>
    public TypeDiscriminator? Discriminator { get; set; }

    /// <summary>Whether anything of the object itself is hidden.</summary>
    public bool HidesMembers => HidesOthers || Members.Exists(static member => member.IsHidden);

    /// <summary>Everything one step below.</summary>
    public IEnumerable<HiddenMembers> Below() =>
        Members.Select(static member => member.Below).Append(Others).Append(Items).Concat(Discriminator?.Types.Select(static type => type.Members) ?? []).OfType<HiddenMembers>();

    /// <summary>Keeps of what is below only that which hides something: the rest need not be looked into.</summary>
    public void KeepBelow(Func<HiddenMembers, bool> hides)
    {
        HiddenMembers? Keep(HiddenMembers? below) => below is not null && hides(below) ? below : null;

        Member[] kept = [.. Members.Select(member => member with { Below = Keep(member.Below) }).Where(member => HidesOthers || member.IsHidden || member.Below is not null)];
        Members.Clear();
        Members.AddRange(kept);
        Others = Keep(Others);
        Items = Keep(Items);
        Discriminator = Discriminator is { } known ? known with { Types = [.. known.Types.Select(type => type with { Members = Keep(type.Members) })] } : null;
    }

    /// <summary>A member of an object.</summary>
    /// <param name="Name">Its name in JSON.</param>
    /// <param name="IsHidden">It is left out.</param>
    /// <param name="Below">What is hidden of its value.</param>
    internal readonly record struct Member(string Name, bool IsHidden, HiddenMembers? Below);

    /// <summary>The member that says of which type an object is (<c>[JsonDerivedType]</c>).</summary>
    /// <param name="Name">Its name in JSON.</param>
    /// <param name="Types">The types that are known.</param>
    internal sealed record TypeDiscriminator(string Name, IReadOnlyList<DiscriminatedType> Types);

    /// <summary>A type that an object may be of.</summary>
    /// <param name="Value">The value of the discriminator: a <see cref="string"/> or an <see cref="int"/>.</param>
    /// <param name="Members">What is hidden of an object of this type.</param>
    internal readonly record struct DiscriminatedType(object Value, HiddenMembers? Members)
    {
        /// <summary>Whether the reader is on this value.</summary>
        public bool IsAt(ref Utf8JsonReader reader) => Value switch
        {
            string text => reader.TokenType == JsonTokenType.String && JsonNames.AreEqual(ref reader, text),
            int number => reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) && value == number,
            _ => false,
        };
    }
}
