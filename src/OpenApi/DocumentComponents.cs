using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>The components of an OpenAPI document that operations share.</summary>
internal sealed class DocumentComponents(OpenApiDocument document)
{
    /// <summary>The body of a patch.</summary>
    public (IOpenApiSchema Reference, JsonObject Schema) Body(PatchBodyDescription body, PatchReadOptions limits)
    {
        JsonObject schema = JsonText.Parse(writer => body.WriteJsonSchema(writer, limits, Descriptions.Of)).AsObject();
        schema.Remove("$schema"); // the whole document has one dialect
        return (Add(body.PatchType.Name, schema), schema);
    }

    /// <summary>The operations of a JSON Patch (RFC 6902).</summary>
    public IOpenApiSchema Operations() => Add("JsonPatch", JsonNode.Parse($$"""
        {
          "type": "array",
          "maxItems": {{JsonPatchReader.MaxOperations}},
          "items": {
            "type": "object",
            "properties": {
              "op": { "enum": ["add", "remove", "replace", "move", "copy", "test"] },
              "path": { "type": "string", "format": "json-pointer", "minLength": 1 },
              "from": { "type": "string", "format": "json-pointer", "minLength": 1 },
              "value": {}
            },
            "required": ["op", "path"],
            "oneOf": [
              { "properties": { "op": { "enum": ["add", "replace", "test"] } }, "required": ["value"] },
              { "properties": { "op": { "enum": ["move", "copy"] } }, "required": ["from"] },
              { "properties": { "op": { "const": "remove" } } }
            ]
          }
        }
        """)!);

    /// <summary>A document as responses show it.</summary>
    public IOpenApiSchema Document(DocumentContract contract) =>
        AddContract(contract.View.ShowsAll ? contract.Document : WithoutHidden(contract.Document));

    /// <summary>The body of an error.</summary>
    public IOpenApiSchema Error(JsonErrorWriter form) => AddContract(form.BodyType);

    /// <summary>A way to authenticate.</summary>
    public OpenApiSecuritySchemeReference Security(string name, OpenApiSecurityScheme scheme)
    {
        if (document.Components?.SecuritySchemes?.ContainsKey(name) != true)
        {
            document.AddComponent(name, scheme);
        }

        return new OpenApiSecuritySchemeReference(name, document);
    }

    private OpenApiSchemaReference AddContract(JsonTypeInfo contract) =>
        Add(contract.Type.Name, ContractSchema.Of(contract, $"#/components/schemas/{contract.Type.Name}"));

    // Two types with the same name get different numbers.
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

    // The hidden members are removed from the contract, not from the schema: other parts of the schema may refer to what would be removed.
    private static JsonTypeInfo WithoutHidden(JsonTypeInfo document)
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
}
