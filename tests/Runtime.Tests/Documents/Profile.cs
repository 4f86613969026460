using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Runtime.Tests.Documents;

/// <summary>A record with nested documents, an open one among them, and the time of the change at the end.</summary>
public sealed record Profile
{
    [Key]
    public required string Id { get; init; }

    public required string Name { get; init; }

    public Mood? Mood { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Nickname { get; init; }

    public string? Motto { get; init; }

    public Traits Traits { get; set; } = new();

    public Address? Home { get; set; }

    public string[] Images { get; set; } = [];

    public List<Address> Places { get; set; } = [];

    [ChangedAt]
    public required DateTime UpdatedAt { get; init; }
}

public enum Mood
{
    [JsonStringEnumMemberName("calm")]
    Calm,

    [JsonStringEnumMemberName("very loud")]
    Loud,
}

public sealed record Traits
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Likes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Humor { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }
}

public sealed record Address
{
    [JsonPropertyOrder(1)]
    public string? Street { get; init; }

    public int Number { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; } = "none";

    public Point? At { get; init; }
}

public readonly record struct Point(double X, double Y);

[Patch<Profile>]
public sealed partial record ProfilePatch
{
    public partial string Name { get; init; }

    public partial Mood? Mood { get; init; }

    public partial string? Nickname { get; init; }

    [PatchTo(nameof(Profile.Motto))]
    public partial string? Saying { get; init; }

    public partial TraitsPatch Traits { get; init; }

    [Anything]
    public partial AddressPatch? Home { get; init; }

    public partial string[] Images { get; init; }
}

[Patch<Traits>]
public sealed partial record TraitsPatch
{
    public partial string[]? Likes { get; init; }

    public partial string? Humor { get; init; }

    [JsonExtensionData]
    public partial IDictionary<string, JsonElement> Other { get; init; }
}

/// <summary>A rule that every value meets.</summary>
public sealed class AnythingAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => true;
}

[Patch<Address>]
public sealed partial record AddressPatch
{
    public partial string? Street { get; init; }

    public partial int Number { get; init; }

    public partial string? Note { get; init; }

    public partial PointPatch? At { get; init; }
}

[Patch<Point>]
public partial record struct PointPatch
{
    public partial double X { get; set; }

    public partial double Y { get; set; }
}
