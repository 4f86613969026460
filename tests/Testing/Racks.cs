using System.Text.Json.Serialization;

namespace Layers.PatchGen.Testing;

/// <summary>A document with lists in a list, all of which are patched by key.</summary>
public sealed record Rack
{
    public List<Peg> Pegs { get; init; } = [];
}

public sealed record Peg
{
    public int Id { get; init; }

    public int? Size { get; init; }

    public string? Color { get; init; }

    public Pin[]? Pins { get; init; }
}

public sealed record Pin
{
    public string Name { get; init; } = "";

    public int Weight { get; init; }
}

[Patch<Rack>]
public sealed partial record RackPatch
{
    [KeyedBy(nameof(Peg.Id), AllowCreate = true)]
    public partial Dictionary<int, PegPatch?> Pegs { get; init; }
}

[Patch<Peg>]
public sealed partial record PegPatch
{
    public partial int? Size { get; init; }

    public partial string? Color { get; init; }

    [KeyedBy(nameof(Pin.Name), AllowCreate = true)]
    public partial IReadOnlyDictionary<string, PinPatch?>? Pins { get; init; }
}

[Patch<Pin>]
public sealed partial record PinPatch
{
    public partial int Weight { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Rack))]
public sealed partial class RackJson : JsonSerializerContext;
