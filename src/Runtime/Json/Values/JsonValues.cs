using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.Json;

/// <summary>Any JSON, kept as sent; duplicate names in it are a problem.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct JsonElementValue : IPatchValue<JsonElement>
{
    /// <inheritdoc/>
    static bool IPatchValue<JsonElement>.KeepsObjects => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out JsonElement value) => scanner.ReadElement(at, out value);

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, JsonElement value) => value.WriteTo(writer);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            problems.Add(ProblemKind.NullNotAllowed, null, null);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Any();
    }

    /// <inheritdoc/>
    public bool AreEqual(JsonElement left, JsonElement right) => PatchEquality.Same(left, right);

    /// <inheritdoc/>
    public int Hash(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return PatchValues.String.Hash(value.GetString()!);
            case JsonValueKind.Number:
                return PatchValues.Double.Hash(value.GetDouble());
            case JsonValueKind.Array:
                HashCode items = default;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    items.Add(Hash(item));
                }

                return items.ToHashCode();
            case JsonValueKind.Object:
                // The order of members does not matter.
                int sum = 0;
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    sum += HashCode.Combine(PatchValues.String.Hash(member.Name), Hash(member.Value));
                }

                return HashCode.Combine(sum);
            default:
                return (int)value.ValueKind;
        }
    }
}

/// <summary>Any JSON, as nodes; duplicate names in it are a problem.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct JsonNodeValue : IPatchValue<JsonNode>
{
    /// <inheritdoc/>
    static bool IPatchValue<JsonNode>.KeepsObjects => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out JsonNode? value)
    {
        int start = at;
        at = scanner.ReadJson(at, out bool accepted);
        value = accepted ? JsonNode.Parse(scanner.Between(start, at), null, PatchScanner.AnyDepth) : null;
        return at;
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, JsonNode value) => value.WriteTo(writer);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, JsonNode value)
    {
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Any();
    }

    /// <inheritdoc/>
    public bool AreEqual(JsonNode left, JsonNode right) => PatchEquality.Same(left, right);

    /// <inheritdoc/>
    public int Hash(JsonNode value) => PatchValues.JsonElement.Hash(JsonElement.Parse(value.ToJsonString()));
}
