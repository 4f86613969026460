using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>The schemas that several operations share.</summary>
internal sealed class Components(OpenApiDocument document)
{
    private static readonly JsonSchemaExporterOptions ExporterOptions = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    /// <summary>The body of a patch.</summary>
    public (IOpenApiSchema Reference, JsonObject Schema) Body(PatchBodyDescription body, PatchReadOptions limits)
    {
        JsonObject schema = JsonText.Of(writer => body.WriteJsonSchema(writer, limits)).AsObject();
        schema.Remove("$schema"); // the dialect is that of the whole document
        return (Add(body.PatchType.Name, schema), schema);
    }

    /// <summary>A document as it is answered.</summary>
    public IOpenApiSchema Document(DocumentContract contract)
    {
        JsonNode schema = (contract.View.ShowsAll ? contract.Document : Shown(contract.Document)).GetJsonSchemaAsNode(ExporterOptions);
        string component = contract.Document.Type.Name;
        Redirect(schema, $"#/components/schemas/{component}");
        return Add(component, schema);
    }

    /// <summary>A form of refusals.</summary>
    public IOpenApiSchema Error(JsonErrorWriter form) => Add(form.SchemaName, JsonNode.Parse(form.JsonSchema)!);

    /// <summary>A way to authenticate.</summary>
    public OpenApiSecuritySchemeReference Security(string name, OpenApiSecurityScheme scheme)
    {
        if (document.Components?.SecuritySchemes?.ContainsKey(name) != true)
        {
            document.AddComponent(name, scheme);
        }

        return new OpenApiSecuritySchemeReference(name, document);
    }

    // Two types of one name are told apart by a number.
    private OpenApiSchemaReference Add(string name, JsonNode schema)
    {
        var exact = new ExactSchema(schema);
        string free = name;
        for (int i = 2; document.Components?.Schemas?.TryGetValue(free, out IOpenApiSchema? taken) == true; i++)
        {
            if (taken is ExactSchema known && known.Text == exact.Text)
            {
                return new OpenApiSchemaReference(free, document);
            }

            free = $"{name}{i}";
        }

        document.AddComponent<IOpenApiSchema>(free, exact);
        return new OpenApiSchemaReference(free, document);
    }

    // The contract without what responses hide, of the document and of all that is in it. Not cut out of the schema: another part of it may refer to what is cut.
    private static JsonTypeInfo Shown(JsonTypeInfo document)
    {
        var options = new JsonSerializerOptions(document.Options);
        options.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(static contract =>
        {
            foreach (JsonPropertyInfo hidden in HiddenMembersBuilder.MembersOf(contract).Where(HiddenMembersBuilder.IsHidden).ToList())
            {
                contract.Properties.Remove(hidden);
            }
        });
        return options.GetTypeInfo(document.Type);
    }

    // Where a converter of the application's own writes the value, nothing is known of it; of a duration there is only one form that is usual.
    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema) =>
        schema.GetValueKind() == JsonValueKind.True && context.TypeInfo.Type == typeof(TimeSpan)
            ? new JsonObject { ["type"] = "string", ["format"] = "duration" }
            : schema;

    // A reference within the schema of a type that holds itself starts at that schema, not at the description.
    private static void Redirect(JsonNode? node, string root)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Redirect(item, root);
                }

                break;
            case JsonObject members:
                foreach ((_, JsonNode? member) in members)
                {
                    Redirect(member, root);
                }

                if (members["$ref"] is JsonValue value && value.TryGetValue(out string? pointer) && pointer.StartsWith('#'))
                {
                    members["$ref"] = root + pointer[1..];
                }

                break;
        }
    }
}
