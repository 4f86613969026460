using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>What an OpenAPI document says beyond what the endpoints know.</summary>
public sealed class PatchOpenApiOptions
{
    private readonly Dictionary<Type, JsonNode> _examples = [];

    /// <summary>The security schemes by name. Any one of them is sufficient for an endpoint that requires a scope.</summary>
    public IDictionary<string, OpenApiSecurityScheme> SecuritySchemes { get; } =
        new Dictionary<string, OpenApiSecurityScheme>(StringComparer.Ordinal);

    /// <summary>Sets the example of a body. It shows the members that are set.</summary>
    /// <param name="patch">The example.</param>
    /// <typeparam name="TPatch">The patch.</typeparam>
    public void AddExample<TPatch>(TPatch patch)
        where TPatch : IPatch<TPatch> => _examples[typeof(TPatch)] = JsonText.Parse(writer => patch.WriteTo(writer));

    internal JsonNode? ExampleOf(Type patch) => _examples.GetValueOrDefault(patch)?.DeepClone();
}
