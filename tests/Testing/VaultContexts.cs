using System.Text.Json.Serialization;

namespace Layers.PatchGen.Testing;

/// <summary>The serializer contexts of <see cref="Vault"/>, by their naming policy.</summary>
public static class VaultContexts
{
    public static IReadOnlyDictionary<string, JsonSerializerContext> All { get; } = new Dictionary<string, JsonSerializerContext>
    {
        ["declared"] = AsDeclaredJson.Default,
        ["web"] = WebJson.Default,
        ["camel"] = CamelJson.Default,
        ["snake"] = SnakeLowerJson.Default,
        ["SNAKE"] = SnakeUpperJson.Default,
        ["kebab"] = KebabLowerJson.Default,
        ["KEBAB"] = KebabUpperJson.Default,
    };
}
