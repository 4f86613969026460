using System.Buffers;
using System.Text.Json;
using LiteDB;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>
/// Converts JSON to BSON and back to the same bytes. LiteDB's own JSON reader and mapper change values: integers beyond 64 bits fail,
/// strings are trimmed, empty strings become null, dates lose digits.
/// </summary>
internal static class BsonJson
{
    /// <summary>
    /// Converts a document to BSON; null if it would not convert back to the same bytes: names that differ only in case, unusual or very
    /// large numbers, white space, or characters escaped differently than by System.Text.Json.
    /// </summary>
    public static BsonDocument? ToBson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DocumentJson.MaxDepth });
            reader.Read();
            if (Value(ref reader) is not BsonDocument document)
            {
                return null;
            }

            // Tested by converting it back, exactly as it will be stored and read.
            BsonDocument stored = BsonSerializer.Deserialize(BsonSerializer.Serialize(document), utcDate: true);
            return json.SequenceEqual(ToJson(stored)) ? document : null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or LiteException or OverflowException
            or NotSupportedException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    public static byte[] ToJson(BsonDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            Write(writer, document);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static BsonValue Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var document = new BsonDocument();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    string name = reader.GetString()!;
                    reader.Read();
                    document.Add(name, Value(ref reader));
                }

                return document;
            case JsonTokenType.StartArray:
                var array = new BsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    array.Add(Value(ref reader));
                }

                return array;
            case JsonTokenType.String:
                return new BsonValue(reader.GetString()!);
            case JsonTokenType.Number:
                return reader.TryGetInt32(out int small) ? new BsonValue(small)
                    : reader.TryGetInt64(out long large) ? new BsonValue(large)
                    : reader.TryGetDecimal(out decimal exact) ? new BsonValue(exact)
                    : new BsonValue(reader.GetDouble());
            case JsonTokenType.True or JsonTokenType.False:
                return new BsonValue(reader.GetBoolean());
            default:
                return BsonValue.Null;
        }
    }

    private static void Write(Utf8JsonWriter writer, BsonValue value)
    {
        switch (value.Type)
        {
            case BsonType.Document:
                writer.WriteStartObject();
                foreach (KeyValuePair<string, BsonValue> member in value.AsDocument)
                {
                    writer.WritePropertyName(member.Key);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case BsonType.Array:
                writer.WriteStartArray();
                foreach (BsonValue item in value.AsArray)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case BsonType.String:
                writer.WriteStringValue(value.AsString);
                break;
            case BsonType.Int32:
                writer.WriteNumberValue(value.AsInt32);
                break;
            case BsonType.Int64:
                writer.WriteNumberValue(value.AsInt64);
                break;
            case BsonType.Decimal:
                writer.WriteNumberValue(value.AsDecimal);
                break;
            case BsonType.Double:
                writer.WriteNumberValue(value.AsDouble);
                break;
            case BsonType.Boolean:
                writer.WriteBooleanValue(value.AsBoolean);
                break;
            case BsonType.Null:
                writer.WriteNullValue();
                break;
            default:
                throw new NotSupportedException($"A stored document has a value of type {value.Type}, which JSON does not have.");
        }
    }
}
