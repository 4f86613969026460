using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Runtime.Tests.Models;

public enum Gender
{
    Male,
    Female,

    [JsonStringEnumMemberName("nonbinary")]
    NonBinary,

    Unspecified,
}

/// <summary>A structure that requires at least one member and contains an open object.</summary>
[Patch(RequireAny = true)]
internal partial record struct InfluencerPatch
{
    [StringLength(128, MinimumLength = 1)]
    public partial string Name { get; init; }

    public partial Gender? Gender { get; init; }

    public partial string? Vibe { get; init; }

    public partial PersonalityPatch Personality { get; init; }
}

[Patch]
internal sealed partial record PersonalityPatch
{
    public partial string[]? Traits { get; init; }

    public partial string? Humor { get; init; }

    [JsonExtensionData]
    public partial IDictionary<string, JsonElement> Other { get; init; }
}

/// <summary>A patch without declared members: an open object.</summary>
[Patch]
internal sealed partial record OpenPatch
{
    [JsonExtensionData]
    public partial IDictionary<string, JsonElement> Open { get; init; }
}
