using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
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
            return new JsonObject { ["type"] = "string", ["format"] = "duration" };
        }

        if (schema is not JsonObject members)
        {
            return schema;
        }

        if (context.PropertyInfo?.AttributeProvider is { } property)
        {
            RemoveNull(members, property);
            Describe(members, property);
        }
        else
        {
            Describe(members, context.TypeInfo.Type);
        }

        DescribeExtensionData(members, context.TypeInfo);
        return members;
    }

    // A member that is left out when it is null is never null.
    private static void RemoveNull(JsonObject schema, ICustomAttributeProvider property)
    {
        if (Find<JsonIgnoreAttribute>(property) is { Condition: JsonIgnoreCondition.WhenWritingNull }
            && schema["type"] is JsonArray types
            && types.FirstOrDefault(static type => (string?)type == "null") is { } none)
        {
            types.Remove(none);
            if (types is [var only])
            {
                schema["type"] = only?.DeepClone();
            }
        }
    }

    private static void Describe(JsonObject schema, ICustomAttributeProvider member)
    {
        if (Find<DescriptionAttribute>(member) is { Description: { Length: > 0 } text })
        {
            schema["description"] = text;
        }
    }

    private static void DescribeExtensionData(JsonObject schema, JsonTypeInfo contract)
    {
        JsonPropertyInfo? data = contract.Kind == JsonTypeInfoKind.Object
            ? contract.Properties.FirstOrDefault(static property => property.IsExtensionData)
            : null;
        if (data?.AttributeProvider is { } provider && Find<DescriptionAttribute>(provider) is { } description)
        {
            schema["additionalProperties"] = new JsonObject { ["description"] = description.Description };
        }
    }

    private static TAttribute? Find<TAttribute>(ICustomAttributeProvider provider)
        where TAttribute : Attribute => provider.GetCustomAttributes(
            typeof(TAttribute), inherit: true).OfType<TAttribute>().FirstOrDefault();

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
