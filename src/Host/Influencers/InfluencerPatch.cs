using System.ComponentModel.DataAnnotations;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Host.Influencers;

/// <summary>The patch of an influencer. Other members are rejected; null clears a nullable member.</summary>
[Patch<Influencer>(RequireAny = true)]
[PatchEndpoint(
    "/v1/influencers/{influencerId}",
    Context = typeof(HostJson),
    Collection = Influencer.Collection,
    Scope = "influencers:write",
    ReadScope = "influencers:read")]
public sealed partial record InfluencerPatch
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

    /// <summary>Merged with the stored traits, key by key; null clears a key.</summary>
    public partial PersonalityPatch Personality { get; init; }
}
