using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.OpenApi;

/// <summary>The schema of what a serializer contract writes.</summary>
internal static class ContractSchema
{
    private static readonly JsonSchemaExporterOptions ExporterOptions = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Transform,
    };

    /// <summary>Creates the schema.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="root">Where the schema is in the OpenAPI document; references in the schema start there.</param>
    public static JsonNode Of(JsonTypeInfo contract, string root)
    {
        JsonNode schema = contract.GetJsonSchemaAsNode(ExporterOptions);
        Redirect(schema, root);
        return schema;
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        // A converter of the application writes durations: the exporter knows nothing about it, and there is one usual form.
        if (schema.GetValueKind() == JsonValueKind.True && context.TypeInfo.Type == typeof(TimeSpan))
        {
            schema = new JsonObject { ["type"] = "string", ["format"] = "duration" };
        }

        string? description = DescriptionOf(context);
        if (schema is not JsonObject keywords)
        {
            return description is null || schema.GetValueKind() != JsonValueKind.True
                ? schema
                : new JsonObject { ["description"] = description };
        }

        if (context.PropertyInfo is { } property && !WrittenMembers.CanBeNull(property))
        {
            RemoveNull(keywords);
        }

        if (description is not null)
        {
            keywords["description"] = description;
        }

        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            RequireMembers(keywords, context.TypeInfo);
            OpenMembers(keywords, context.TypeInfo);
        }

        return keywords;
    }

    private static string? DescriptionOf(JsonSchemaExporterContext context)
    {
        string? ofMember = context.PropertyInfo?.AttributeProvider is { } member ? Descriptions.Of(member) : null;
        return ofMember ?? (context.TypeInfo.Kind == JsonTypeInfoKind.Object ? Descriptions.Of(context.TypeInfo.Type) : null);
    }

    private static void RemoveNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types && types.FirstOrDefault(static type => (string?)type == "null") is { } none)
        {
            types.Remove(none);
            if (types is [var only])
            {
                schema["type"] = only?.DeepClone();
            }
        }

        (schema["enum"] as JsonArray)?.RemoveAll(static value => value is null);
    }

    // What is always written is required. The exporter requires what must be sent to be read, which is another question.
    private static void RequireMembers(JsonObject schema, JsonTypeInfo contract)
    {
        if (schema["properties"] is not JsonObject properties)
        {
            return;
        }

        var members = contract.Properties.Where(static member => !member.IsExtensionData).ToDictionary(static member => member.Name);
        string[] required =
        [
            .. properties.Select(static property => property.Key).Where(name => members.TryGetValue(name, out JsonPropertyInfo? member)
                ? WrittenMembers.IsAlwaysWritten(member)
                : IsRequired(name)), // a type discriminator
        ];
        schema.Remove("required");
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(static name => JsonValue.Create(name))]);
        }

        bool IsRequired(string name) => (schema["required"] as JsonArray)?.Any(listed => (string?)listed == name) == true;
    }

    // An object with extension data has further members.
    private static void OpenMembers(JsonObject schema, JsonTypeInfo contract)
    {
        if (contract.Properties.FirstOrDefault(static property => property.IsExtensionData) is { } data)
        {
            string? description = data.AttributeProvider is { } provider ? Descriptions.Of(provider) : null;
            schema["additionalProperties"] = description is null ? true : new JsonObject { ["description"] = description };
        }
    }

    // References within the schema of a recursive type start at the schema; in OpenAPI they start at the document.
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
