using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Models;

public enum Gender
{
    Male,
    Female,
    NonBinary,
    Unspecified,
}

/// <summary>A structure that asks for at least one member, and has an open object in it.</summary>
internal struct InfluencerPatch : IPatch<InfluencerPatch>
{
    private static readonly PatchNames Names = new(["name", "gender", "vibe", "personality"]);

    private static readonly EnumValue<Gender> GenderValue = PatchValues.Enum(
        ("male", Models.Gender.Male), ("female", Models.Gender.Female), ("nonbinary", Models.Gender.NonBinary), ("unspecified", Models.Gender.Unspecified));

    private uint _seen;

    public string? Name { get; private set; }

    public Gender? Gender { get; private set; }

    public string? Vibe { get; private set; }

    public PersonalityPatch? Personality { get; private set; }

    public readonly bool IsEmpty => _seen == 0;

    public readonly bool Has(int index) => (_seen & 1u << index) != 0;

    public readonly void WriteTo(Utf8JsonWriter writer) => throw new NotSupportedException();

    public static int Read(ref PatchScanner scanner, int at, out InfluencerPatch patch)
    {
        patch = default;
        for (at = scanner.FirstName(at); at >= 0; at = scanner.NextName(at))
        {
            int index = -1;
            int end = at;
            if (scanner.ByteAt(at) == (byte)'v' && scanner.NameIs(at, "vibe\""u8))
            {
                (index, end) = (2, at + 5);
            }

            if (index < 0)
            {
                (index, end) = scanner.FindName(at, Names);
            }

            at = scanner.Colon(end);
            if (index < 0)
            {
                at = scanner.Skip(at);
                continue;
            }

            if (patch.Has(index))
            {
                scanner.AddDuplicate(Names[index]);
                at = scanner.Skip(at);
                continue;
            }

            patch._seen |= 1u << index;
            at = patch.ReadMember(ref scanner, at, index);
        }

        if (patch._seen == 0)
        {
            scanner.AddEmptyPatch();
        }

        return ~at;
    }

    private int ReadMember(ref PatchScanner scanner, int at, int index)
    {
        switch (index)
        {
            case 0:
                at = scanner.Read(at, "name", PatchValues.String, out string? name);
                Name = name;
                if (scanner.Accepted)
                {
                    scanner.Problems.CheckLength("name", name, 1, 128);
                }

                return at;
            case 1:
                at = scanner.ReadNullable(at, "gender", GenderValue, out Gender? gender);
                Gender = gender;
                return at;
            case 2:
                at = scanner.ReadNullable(at, "vibe", PatchValues.String, out string? vibe);
                Vibe = vibe;
                return at;
            default:
                at = scanner.ReadPatch(at, "personality", out PersonalityPatch? personality);
                Personality = personality;
                return at;
        }
    }
}

internal sealed class PersonalityPatch : IPatch<PersonalityPatch>
{
    private static readonly PatchNames Names = new(["traits", "humor"]);
    private static readonly ArrayValue<string, StringValue> TraitsValue = new(PatchValues.String);

    private uint _seen;
    private Dictionary<string, JsonElement>? _other;

    public string[]? Traits { get; private set; }

    public string? Humor { get; private set; }

    public IReadOnlyDictionary<string, JsonElement> Other => _other ?? [];

    public bool IsEmpty => _seen == 0 && _other is null;

    public void WriteTo(Utf8JsonWriter writer) => throw new NotSupportedException();

    public static int Read(ref PatchScanner scanner, int at, out PersonalityPatch patch)
    {
        PersonalityPatch read = new();
        for (at = scanner.FirstName(at); at >= 0; at = scanner.NextName(at))
        {
            int nameAt = at;
            (int index, int end) = scanner.FindOpenName(at, Names);
            at = scanner.Colon(end);
            if (index < 0)
            {
                at = scanner.ReadOpenMember(nameAt, at, ref read._other);
                continue;
            }

            if ((read._seen & 1u << index) != 0)
            {
                scanner.AddDuplicate(Names[index]);
                at = scanner.Skip(at);
                continue;
            }

            read._seen |= 1u << index;
            if (index == 0)
            {
                at = scanner.ReadNullable(at, "traits", TraitsValue, out string[]? traits);
                read.Traits = traits;
            }
            else
            {
                at = scanner.ReadNullable(at, "humor", PatchValues.String, out string? humor);
                read.Humor = humor;
            }
        }

        patch = read;
        return ~at;
    }
}
