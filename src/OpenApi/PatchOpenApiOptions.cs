using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>What a description tells beyond what the endpoints know of themselves.</summary>
public sealed class PatchOpenApiOptions
{
    private readonly Dictionary<Type, JsonNode> _examples = [];

    /// <summary>The ways to authenticate, by name; any one of them suffices for an endpoint that asks for a scope.</summary>
    public IDictionary<string, OpenApiSecurityScheme> SecuritySchemes { get; } = new Dictionary<string, OpenApiSecurityScheme>(StringComparer.Ordinal);

    /// <summary>Gives the example of a body: only the members that are set are shown.</summary>
    public void AddExample<TPatch>(TPatch patch)
        where TPatch : IPatch<TPatch> => _examples[typeof(TPatch)] = JsonText.Of(writer => patch.WriteTo(writer));

    internal JsonNode? ExampleOf(Type patch) => _examples.GetValueOrDefault(patch)?.DeepClone();
}
