using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Host.Influencers;

/// <summary>The personality of an influencer. Traits without a property are stored as sent; a cleared trait is absent.</summary>
public sealed record Personality
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Traits { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Humor { get; init; }

    [JsonExtensionData]
    // "set": System.Text.Json fills an init-only member before it knows the extra ones
    public IDictionary<string, JsonElement>? Other { get; set; }
}
