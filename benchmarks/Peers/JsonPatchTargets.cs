using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Benchmarks.Peers;

/// <summary>The target of a JSON Patch, which requires properties with setters.</summary>
internal sealed class InfluencerTarget
{
    public string? Vibe { get; set; }

    public PersonalityTarget Personality { get; set; } = new();
}

/// <inheritdoc cref="InfluencerTarget"/>
internal sealed class PersonalityTarget
{
    public string? Humor { get; set; }
}

/// <summary>Metadata of <see cref="JsonNode"/>, without reflection.</summary>
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class JsonNodeJson : JsonSerializerContext;
