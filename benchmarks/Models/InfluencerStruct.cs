using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Benchmarks.Models;

/// <summary>The members of <see cref="InfluencerPatch"/>, as a structure.</summary>
[Patch<Influencer>(RequireAny = true)]
public readonly partial record struct InfluencerStruct
{
    [StringLength(128, MinimumLength = 1)]
    public partial string Name { get; init; }

    public partial Gender? Gender { get; init; }

    public partial string? AgeRange { get; init; }

    public partial string? Ethnicity { get; init; }

    public partial string? BodyType { get; init; }

    public partial string? HairColor { get; init; }

    public partial string? HairStyle { get; init; }

    public partial string? Style { get; init; }

    public partial string? Vibe { get; init; }

    public partial string? VoiceDescription { get; init; }

    public partial PersonalityStruct Personality { get; init; }
}

/// <summary>The members of <see cref="PersonalityPatch"/>, as a structure.</summary>
[Patch<Personality>]
public readonly partial record struct PersonalityStruct
{
    public partial string[]? Traits { get; init; }

    public partial string? Humor { get; init; }

    [JsonExtensionData]
    public partial IDictionary<string, JsonElement> Other { get; init; }
}
