using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

// The time of the change. It is not written before something has changed: a patch without effect leaves the document as it is.
public ref partial struct DocumentSplicer
{
    private const int DateLength = 10;
    private const int UtcLength = 28; // 2026-01-31T12:34:56.1234567Z

    private void Time(DocumentMember member, int start)
    {
        int end = SkipValue(start);
        if (end == _document.End)
        {
            Fail();
            return;
        }

        if (_changes == 0)
        {
            // The run goes back to the start of the document: it has the time in it when it is written.
            (_time, _timeStart, _timeEnd) = (member, start, end);
            Keep(end);
            return;
        }

        Extend(_at, start);
        Flush();
        WriteTime(member, start, end);
        EndReplace(end);
    }

    private void WriteTime(DocumentMember member, int start, int end)
    {
        ReadOnlySpan<byte> old = _document.Between(start, end);
        switch (member.Type)
        {
            case JsonTypeInfo<DateTime> type when TryReadTime(member, type, old, out DateTime last):
                WriteTime(member, type, PatchTime.After(last, _now.UtcDateTime));
                break;
            case JsonTypeInfo<DateTime?> type when TryReadTime(member, type, old, out DateTime? last):
                WriteTime(member, type, PatchTime.After(last, _now.UtcDateTime));
                break;
            case JsonTypeInfo<DateTimeOffset> type when TryReadTime(member, type, old, out DateTimeOffset last):
                WriteTime(member, type, PatchTime.After(last, _now.ToUniversalTime()));
                break;
            case JsonTypeInfo<DateTimeOffset?> type when TryReadTime(member, type, old, out DateTimeOffset? last):
                WriteTime(member, type, PatchTime.After(last, _now.ToUniversalTime()));
                break;
            default:
                Fail();
                break;
        }
    }

    private static bool TryReadTime<T>(
        DocumentMember member, JsonTypeInfo<T> type, ReadOnlySpan<byte> json, out T? last)
    {
        last = default;
        if (member.IsExact && typeof(T) == typeof(DateTime))
        {
            if (json is [(byte)'"', .. { Length: > DateLength and <= UtcLength } text, (byte)'"']
                && text[DateLength] == (byte)'T' && text[^1] == (byte)'Z' && Rfc3339.TryParseDateTime(text, out DateTimeOffset utc))
            {
                last = (T)(object)utc.UtcDateTime;
                return true;
            }

            var reader = new Utf8JsonReader(json);
            if (reader.Read() && reader.TokenType == JsonTokenType.String && reader.TryGetDateTime(out DateTime time))
            {
                last = (T)(object)time;
                return true;
            }

            return false;
        }

#pragma warning disable CA1031 // As for values.
        try
        {
            last = JsonSerializer.Deserialize(json, type);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
#pragma warning restore CA1031
    }

    private void WriteTime<T>(DocumentMember member, JsonTypeInfo<T> type, T value)
    {
        if (member.IsExact && typeof(T) == typeof(DateTime) && (DateTime)(object)value! is { Kind: DateTimeKind.Utc } time)
        {
            WriteUtc(time);
            return;
        }

        DocumentWriter writer = DocumentWriter.Take(_level.Layout.Writing);
        Write(writer.Write(value, type));
        writer.Return();
    }

    /// <summary>Writes a time as System.Text.Json does: RFC 3339 without trailing zeros in the fraction.</summary>
    private void WriteUtc(DateTime time)
    {
        Span<byte> output = Reserve(UtcLength + 2);
        output[0] = (byte)'"';
        time.TryFormat(output[1..], out _, "O", CultureInfo.InvariantCulture);
        ReadOnlySpan<byte> digits = output[1..UtcLength].TrimEnd((byte)'0').TrimEnd((byte)'.');
        output[digits.Length + 1] = (byte)'Z';
        output[digits.Length + 2] = (byte)'"';
        _written += digits.Length + 3;
    }
}
