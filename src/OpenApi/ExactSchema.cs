using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>A JSON Schema (2020-12), which is what OpenAPI 3.1 speaks, written as it is: the object model would lose what it has no property for.</summary>
internal sealed class ExactSchema(JsonNode schema) : OpenApiSchema
{
    public string Text { get; } = schema.ToJsonString();

    public override void SerializeAsV31(IOpenApiWriter writer) => writer.WriteAny(schema);

    public override void SerializeAsV3(IOpenApiWriter writer) => writer.WriteAny(schema);
}
