using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Runtime.Tests.Documents;

/// <summary>A struct that is open itself, and patched by a struct; its context has a naming policy, and leaves out null.</summary>
public record struct Sensor
{
    public Sensor()
    {
    }

    public string? DisplayName { get; set; }

    public int? MaxValue { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? LastError { get; set; }

    [JsonPropertyName("at")]
    public Point Position { get; set; }

    public Label? Label { get; set; }

    [ChangedAt]
    public DateTimeOffset LastSeen { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

/// <summary>Contains what contains it.</summary>
public sealed record Label
{
    public string? Text { get; init; }

    public Sensor? Next { get; init; }
}

[Patch<Sensor>]
public partial record struct SensorPatch
{
    public partial string? DisplayName { get; set; }

    public partial int? MaxValue { get; set; }

    public partial string? LastError { get; set; }

    [JsonPropertyName("at")]
    public partial PointPatch Position { get; set; }

    public partial LabelPatch? Label { get; set; }

    [JsonExtensionData]
    public partial Dictionary<string, JsonElement> Rest { get; set; }
}

[Patch<Label>]
public sealed partial record LabelPatch
{
    public partial string? Text { get; init; }

    public partial SensorPatch? Next { get; init; }
}
