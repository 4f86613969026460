using System.Text.Json.Serialization;
using Layers.PatchGen;

/// <summary>
/// What a client says of an influencer: a patch without a document. The converter lets System.Text.Json send what was set, and nothing
/// else; it must stand on this half, because other generators do not see the generated one.
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
/// Makes the program fit for trimming and ahead-of-time compilation; <c>JsonContent.Create(patch)</c> alone would do without it.
/// </summary>
[JsonSerializable(typeof(InfluencerPatch))]
internal sealed partial class ClientJson : JsonSerializerContext;
