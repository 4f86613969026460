using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Testing;

/// <summary>
/// A document that can grow in every way: by open members, dictionaries, documents in dictionaries and text. A class, changed in place.
/// </summary>
public sealed class Shelf
{
    public const string Collection = "shelves";

    [Key]
    public string ShelfId { get; set; } = "";

    public string? Note { get; set; }

    public Dictionary<string, int> Prices { get; set; } = [];

    public Dictionary<string, Box> Boxes { get; set; } = [];

    public Box? Front { get; set; }

    [ChangedAt]
    public DateTimeOffset ChangedAt { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }
}

public sealed record Box
{
    public int Size { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }
}

[Patch<Shelf>]
[PatchEndpoint("/shelves/{shelfId}", Context = typeof(ShelfJson), Collection = Shelf.Collection)]
public sealed partial record ShelfPatch
{
    /// <summary>Has another name in the document.</summary>
    [PatchTo(nameof(Shelf.Note))]
    public partial string? Remark { get; init; }

    public partial Dictionary<string, int?> Prices { get; init; }

    public partial Dictionary<string, BoxPatch?> Boxes { get; init; }

    public partial BoxPatch? Front { get; init; }

    [JsonExtensionData]
    public partial IDictionary<string, JsonElement> Other { get; init; }
}

[Patch<Box>]
public sealed partial record BoxPatch
{
    public partial int Size { get; init; }

    [JsonExtensionData]
    public partial IDictionary<string, JsonElement> Other { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Shelf))]
public sealed partial class ShelfJson : JsonSerializerContext;
