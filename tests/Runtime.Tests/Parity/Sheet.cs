using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Runtime.Tests.Parity;

/// <summary>A document with every kind of member.</summary>
public sealed record Sheet
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Note { get; init; }

    public Colour? Colour { get; init; }

    public bool Enabled { get; init; }

    public int Count { get; init; }

    public long? Weight { get; init; }

    public TimeSpan Delay { get; init; } = TimeSpan.FromMinutes(3);

    public Colour[] Colours { get; init; } = [];

    public IReadOnlyList<string>? Tags { get; init; }

    public int[] Sizes { get; init; } = [];

    public Part? Part { get; init; }

    public Dictionary<string, int> Labels { get; init; } = [];

    public IReadOnlyDictionary<string, Part>? Parts { get; init; }

    public string? Later { get; init; }

    [ChangedAt]
    public DateTimeOffset ChangedAt { get; init; }
}

public sealed record Part
{
    public string? Label { get; init; }

    public bool? Spare { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }
}

[JsonConverter(typeof(ColourConverter))]
public enum Colour
{
    Red,

    [JsonStringEnumMemberName("sea green")]
    SeaGreen,

    DarkBlue,
}

[Patch<Sheet>(RequireAny = true)]
[Fence("owner", "history.author", "history.state.code", Until = "v2")]
public sealed partial record SheetPatch
{
    [Selector]
    public partial string Id { get; init; }

    [StringLength(8, MinimumLength = 1)]
    public partial string Name { get; init; }

    [MaxLength(12)]
    [RegularExpression("[a-z ]*")]
    public partial string? Note { get; init; }

    public partial Colour? Colour { get; init; }

    public partial bool Enabled { get; init; }

    [Range(-5, 100)]
    public partial int Count { get; init; }

    public partial long? Weight { get; init; }

    [IsoDuration("PT30S", "PT1H")]
    public partial TimeSpan Delay { get; init; }

    [Distinct]
    public partial Colour[] Colours { get; init; }

    [MaxLength(3)]
    public partial string[]? Tags { get; init; }

    [JsonPropertyName("si\"zes")]
    public partial int[] Sizes { get; init; }

    public partial PartPatch? Part { get; init; }

    public partial Dictionary<string, int?> Labels { get; init; }

    public partial IReadOnlyDictionary<string, PartPatch?>? Parts { get; init; }

    [FencedUntil("v3")]
    public partial string? Later { get; init; }
}

[Patch<Part>]
[Fence("maker", Until = "v2")]
public sealed partial record PartPatch
{
    public partial string? Label { get; init; }

    public partial bool? Spare { get; init; }

    [JsonExtensionData]
    public partial IDictionary<string, JsonElement> Other { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Sheet))]
internal sealed partial class SheetJson : JsonSerializerContext;

internal sealed class ColourConverter() : JsonStringEnumConverter<Colour>(JsonNamingPolicy.CamelCase);
