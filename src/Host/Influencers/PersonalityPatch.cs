using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Host.Influencers;

/// <summary>Changes traits. Keys other than the two known ones may have any value; null clears a key.</summary>
[Patch<Personality>]
public sealed partial record PersonalityPatch
{
    public partial string[]? Traits { get; init; }

    public partial string? Humor { get; init; }

    [JsonExtensionData]
    public partial IDictionary<string, JsonElement> Other { get; init; }
}
