using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Benchmarks.Peers;

/// <summary>What a JSON Patch is applied to: it asks for properties that can be set.</summary>
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

/// <summary>Nodes, without reflection.</summary>
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class JsonNodeJson : JsonSerializerContext;
