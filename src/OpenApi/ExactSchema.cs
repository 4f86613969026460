using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>
/// A JSON Schema (2020-12, the dialect of OpenAPI 3.1), written unchanged: the object model would lose keywords that it has no property
/// for.
/// </summary>
internal sealed class ExactSchema(JsonNode schema) : OpenApiSchema
{
    public string Text { get; } = schema.ToJsonString();

    public override void SerializeAsV31(IOpenApiWriter writer) => writer.WriteAny(schema);

    public override void SerializeAsV3(IOpenApiWriter writer) => writer.WriteAny(schema);
}
