using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Xml;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Documents;

/// <summary>Random documents of any contract, and random bodies for them.</summary>
/// <param name="random">The source.</param>
internal sealed class RandomDocument(Random random)
{
    private static readonly string[] Bits =
    [
        "a", "Z", " ", "é", "—", "日", "😀", "\"", "\\", "/", "\n", "\t", "\u0001", "\u007f", "\u2028", "\ufeff", "<", "&", "'", "\u00a0",
        "\ue000", "\u0000", "word ", "dry",
    ];

    private static readonly string[] Keys = ["zest", "edge", "k1", "é", "mood", "a\"b", "tab\t", "humour", "x.y", "K1"];

    /// <summary>A value of a type.</summary>
    public JsonNode? Value(JsonTypeInfo type, int depth = 3)
    {
        Type plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if ((!type.Type.IsValueType || plain != type.Type) && random.Next(depth > 0 ? 4 : 2) == 0)
        {
            return null;
        }

        JsonTypeInfo contract = plain == type.Type ? type : type.Options.GetTypeInfo(plain);
        return contract.Kind switch
        {
            JsonTypeInfoKind.Object => Object(contract, depth),
            JsonTypeInfoKind.Enumerable => Items(contract, depth),
            _ => Scalar(plain, contract),
        };
    }

    /// <summary>A body that a patch may accept. Half of the values are those of the document.</summary>
    public JsonObject Body(MemberTable table, JsonTypeInfo contract, JsonObject document, int depth = 3)
    {
        var body = new JsonObject();
        foreach (MemberRow row in table.Rows)
        {
            if (random.Next(3) > 0)
            {
                continue;
            }

            if (row.IsOpen)
            {
                Open(body, document, nullable: true);
                continue;
            }

            JsonPropertyInfo property = contract.Properties.Single(one => DocumentWays.Declared(one) == row.DocumentProperty);
            JsonTypeInfo type = DocumentWays.Contents(property);
            JsonNode? old = document[property.Name];
            JsonNode? sent = random.Next(8) == 0 ? null
                : row.Nested is { Table: { } nested }
                    ? depth > 0 ? Body(nested, type, old as JsonObject ?? [], depth - 1) : new JsonObject()
                : Sent(type, random.Next(2) == 0 ? old?.DeepClone() : Value(type, depth));
            if (sent is not null || row.Info.IsNullable)
            {
                body[row.Info.Name] = sent;
            }
        }

        return body;
    }

    /// <summary>JSON as others may write it: with another encoder, or indented.</summary>
    public byte[] Spell(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString(new JsonSerializerOptions
    {
        WriteIndented = random.Next(4) == 0,
        Encoder = random.Next(2) == 0 ? System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping : null,
    }));

    /// <summary>A text, of one kind of characters or of many.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        bool plain = random.Next(3) > 0;
        for (int i = random.Next(4) == 0 ? random.Next(60) : random.Next(12); i > 0; i--)
        {
            text.Append(plain ? ((char)('a' + random.Next(26))).ToString() : Bits[random.Next(Bits.Length)]);
        }

        return text.ToString();
    }

    // Patches read durations and enums in their own form, whatever the document's.
    private static JsonNode? Sent(JsonTypeInfo type, JsonNode? value) =>
        value is null ? null
        : type is JsonTypeInfo<TimeSpan> duration ? XmlConvert.ToString(value.Deserialize(duration))
        : type is JsonTypeInfo<Mood> mood ? value.Deserialize(mood) == Mood.Calm ? "calm" : "very loud"
        : value;

    /// <summary>A document.</summary>
    public JsonObject Object(JsonTypeInfo contract, int depth)
    {
        var made = new JsonObject();
        foreach (JsonPropertyInfo property in contract.Properties)
        {
            if (property.IsExtensionData)
            {
                Open(made, [], nullable: true);
            }
            else if (property.IsRequired || random.Next(8) > 0)
            {
                JsonTypeInfo type = contract.Options.GetTypeInfo(property.PropertyType);
                JsonNode? value = Value(type, depth - 1);
                for (int i = 0; value is null && !property.IsGetNullable && i < 20; i++)
                {
                    value = Value(type, depth - 1);
                }

                made[property.Name] = value;
            }
        }

        return made;
    }

    private JsonArray Items(JsonTypeInfo contract, int depth)
    {
        JsonTypeInfo item = contract.Options.GetTypeInfo(contract.ElementType!);
        var items = new JsonArray();
        for (int i = random.Next(4); i > 0; i--)
        {
            items.Add(Value(item, depth - 1) ?? (item.Type == typeof(string) ? "" : null));
        }

        return items;
    }

    private void Open(JsonObject made, JsonObject old, bool nullable)
    {
        foreach (string key in Keys)
        {
            if (random.Next(4) == 0)
            {
                made[key] = random.Next(3) == 0 ? old[key]?.DeepClone() : Any(nullable ? 2 : 1);
            }
        }
    }

    private JsonNode? Any(int depth) => random.Next(depth > 0 ? 8 : 6) switch
    {
        0 => null,
        1 => random.Next(3),
        2 => JsonNode.Parse(random.Next(3) switch { 0 => "1.50", 1 => "1e3", _ => "-0.0" }),
        3 => random.Next(2) == 0,
        4 or 5 => Text(),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Any(depth - 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(3)).Select(i => KeyValuePair.Create("k" + i, Any(depth - 1)))),
    };

    private JsonNode? Scalar(Type type, JsonTypeInfo contract)
    {
        if (type.IsEnum)
        {
            return JsonNode.Parse(JsonSerializer.Serialize(Enum.ToObject(type, random.Next(2)), contract));
        }

        object value = type == typeof(string) ? Text()
            : type == typeof(bool) ? random.Next(2) == 0
            : type == typeof(int) ? random.Next(4) == 0 ? random.Next() : random.Next(5)
            : type == typeof(long) ? random.NextInt64() >> random.Next(64)
            : type == typeof(decimal) ? decimal.Parse(
                new[] { "1", "1.0", "1.50", "-0.001", "79228162514264337593543950335" }[random.Next(5)], CultureInfo.InvariantCulture)
            : type == typeof(double) ? random.Next(3) == 0 ? random.Next(3) : random.NextDouble() * Math.Pow(10, random.Next(-20, 20))
            : type == typeof(Guid) ? random.Next(2) == 0 ? Guid.Empty : new Guid(random.Next(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
            : type == typeof(Uri) ? new Uri($"/{random.Next(3)}?q=é", UriKind.Relative)
            : type == typeof(DateOnly) ? new DateOnly(2020, 1, 1 + random.Next(28))
            : type == typeof(DateTime) ? Time().UtcDateTime
            : type == typeof(DateTimeOffset) ? Time()
            : type == typeof(TimeSpan) ? TimeSpan.FromMilliseconds(random.Next(3) * 700)
            : type == typeof(byte[]) ? Encoding.UTF8.GetBytes(Text())
            : type == typeof(JsonElement) ? JsonSerializer.SerializeToElement(Any(2))
            : throw new NotSupportedException(type.ToString());
        return JsonNode.Parse(JsonSerializer.Serialize(value, contract));
    }

    private DateTimeOffset Time() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(random.Next(3) - 1))
        .AddTicks(random.Next(3) switch { 0 => 0, 1 => random.Next(), _ => random.NextInt64(TimeSpan.TicksPerDay * 500) });
}
