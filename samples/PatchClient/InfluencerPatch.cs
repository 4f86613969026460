using System.Text.Json.Serialization;
using Layers.PatchGen;

/// <summary>
/// A client's patch of an influencer, without a document. With the converter, System.Text.Json sends only what was set; it must be on this
/// half, because other source generators do not see the generated one.
/// </summary>
[Patch]
[JsonConverter(typeof(PatchJsonConverter<InfluencerPatch>))]
internal sealed partial record InfluencerPatch
{
    public partial string Name { get; init; }

    public partial string? Vibe { get; init; }

    public partial string? HairColor { get; init; }

    public partial PersonalityPatch Personality { get; init; }
}

[Patch]
internal sealed partial record PersonalityPatch
{
    public partial string[]? Traits { get; init; }

    public partial string? Humor { get; init; }
}

/// <summary>
/// For trimming and ahead-of-time compilation; <c>JsonContent.Create(patch)</c> alone does not need it.
/// </summary>
[JsonSerializable(typeof(InfluencerPatch))]
internal sealed partial class ClientJson : JsonSerializerContext;
