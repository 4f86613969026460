using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The members that responses hide in a JSON value, at every depth. Created by <see cref="HiddenMembersBuilder"/>; may contain itself, as
/// types may.
/// </summary>
internal sealed class HiddenMembers
{
    /// <summary>
    /// The members that are hidden or have something hidden below; with <see cref="HidesOthers"/> also the other declared members.
    /// </summary>
    public List<Member> Members { get; } = [];

    /// <summary>Whether members that are not listed are hidden: extension data with <c>[NotInResponse]</c>.</summary>
    public bool HidesOthers { get; set; }

    /// <summary>What is hidden in values of members that are not listed, such as values of a dictionary.</summary>
    public HiddenMembers? Others { get; set; }

    /// <summary>What is hidden in each item of an array.</summary>
    public HiddenMembers? Items { get; set; }

    /// <summary>The type discriminator of an object that may have several types; null for one type.</summary>
    public TypeDiscriminator? Discriminator { get; set; }

    /// <summary>Whether any member of the object itself is hidden.</summary>
    public bool HidesMembers => HidesOthers || Members.Exists(static member => member.IsHidden);

    /// <summary>All values one level below.</summary>
    public IEnumerable<HiddenMembers> Below() =>
        Members.Select(static member => member.Below)
            .Append(Others)
            .Append(Items)
            .Concat(Discriminator?.Types.Select(static type => type.Members) ?? [])
            .OfType<HiddenMembers>();

    /// <summary>Removes what hides nothing, so that it is skipped while reading.</summary>
    public void KeepBelow(Func<HiddenMembers, bool> hides)
    {
        HiddenMembers? Keep(HiddenMembers? below) => below is not null && hides(below) ? below : null;

        for (int i = 0; i < Members.Count; i++)
        {
            Members[i] = Members[i] with { Below = Keep(Members[i].Below) };
        }

        Members.RemoveAll(member => !HidesOthers && member is { IsHidden: false, Below: null });
        Others = Keep(Others);
        Items = Keep(Items);
        if (Discriminator is { } discriminator)
        {
            Discriminator = discriminator with
            {
                Types = [.. discriminator.Types.Select(type => type with { Members = Keep(type.Members) })],
            };
        }
    }

    /// <summary>A member of an object.</summary>
    /// <param name="Name">Its name in JSON.</param>
    /// <param name="IsHidden">Whether it is hidden.</param>
    /// <param name="Below">What is hidden in its value.</param>
    internal readonly record struct Member(string Name, bool IsHidden, HiddenMembers? Below);

    /// <summary>The member with the type of an object (<c>[JsonDerivedType]</c>).</summary>
    /// <param name="Name">Its name in JSON.</param>
    /// <param name="Types">The declared types.</param>
    internal sealed record TypeDiscriminator(string Name, IReadOnlyList<DiscriminatedType> Types);

    /// <summary>A type that an object may have.</summary>
    /// <param name="Value">The value of the discriminator: a <see cref="string"/> or an <see cref="int"/>.</param>
    /// <param name="Members">What is hidden in an object of this type.</param>
    internal readonly record struct DiscriminatedType(object Value, HiddenMembers? Members)
    {
        /// <summary>Whether the current token is this value.</summary>
        public bool IsAt(ref Utf8JsonReader reader) => Value switch
        {
            string text => reader.TokenType == JsonTokenType.String && JsonNames.AreEqual(ref reader, text),
            int number => reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) && value == number,
            _ => false,
        };
    }
}
