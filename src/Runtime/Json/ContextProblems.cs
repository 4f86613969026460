using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>
/// What is wrong with a value that a serializer context would not read. The serializer says where; what should stand there is worked out from what the context knows of
/// the types, since the serializer's own words are about types that a client has not heard of.
/// </summary>
internal static class ContextProblems
{
    /// <summary>Adds the problem.</summary>
    /// <param name="problems">Takes the problem, placed within the value.</param>
    /// <param name="json">The value: JSON without fault.</param>
    /// <param name="info">What the context knows of its type.</param>
    /// <param name="path">Where the serializer stopped, as it writes paths: <c>$.lines[2]['unit.price']</c>.</param>
    public static void Add(ref PatchProblemCollector problems, ReadOnlySpan<byte> json, JsonTypeInfo info, string path)
    {
        List<(string? Name, int Index)> places = Parse(path);
        JsonElement value = JsonElement.Parse(json, PatchScanner.AnyDepth);
        JsonTypeInfo? expected = info;
        int entered = problems.Enter(), depth = 0;
        for (; depth < places.Count && expected is not null; depth++)
        {
            (string? name, int index) = places[depth];
            if (expected.Kind == JsonTypeInfoKind.Object && name is not null && Property(expected, name) is null)
            {
                problems.Add(ProblemKind.UnknownMember, name, new PatchNames([.. expected.Properties.Select(static p => p.Name)]));
                break;
            }

            if (!TryEnter(ref value, name, index))
            {
                break;
            }

            expected = Inner(expected, name);
        }

        if (problems.Count == entered)
        {
            AddExpected(ref problems, value, expected);
        }

        for (int i = depth - 1; i >= 0; i--)
        {
            (string? name, int index) = places[i];
            _ = name is not null ? problems.Leave(entered, name) : problems.LeaveIndex(entered, index);
        }
    }

    private static void AddExpected(ref PatchProblemCollector problems, JsonElement value, JsonTypeInfo? expected)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            problems.Add(ProblemKind.NullNotAllowed, null, null);
        }
        else if (value.ValueKind == JsonValueKind.String && expected is not null && Format(expected.Type) is { } format)
        {
            problems.Add(ProblemKind.BadFormat, null, format);
        }
        else
        {
            problems.Add(ProblemKind.WrongType, null, Expected(value, expected) ?? ProblemTexts.Taken);
        }
    }

    private static string? Expected(JsonElement value, JsonTypeInfo? expected)
    {
        switch (expected?.Kind)
        {
            case JsonTypeInfoKind.Object:
                string[] missing = [.. expected.Properties.Where(p => p.IsRequired && !Has(value, p.Name)).Select(static p => $"\"{p.Name}\"")];
                return missing.Length > 0 ? $"{ProblemTexts.Object} with {string.Join(", ", missing)}" : value.ValueKind == JsonValueKind.Object ? null : ProblemTexts.Object;
            case JsonTypeInfoKind.Enumerable:
                return value.ValueKind == JsonValueKind.Array ? null : ProblemTexts.Array;
            case JsonTypeInfoKind.Dictionary:
                return value.ValueKind == JsonValueKind.Object ? null : ProblemTexts.Object;
            case null:
                return null;
        }

        Type type = Nullable.GetUnderlyingType(expected.Type) ?? expected.Type;
        return type.IsEnum ? null : Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => ProblemTexts.Boolean,
            TypeCode.String or TypeCode.Char or TypeCode.DateTime => value.ValueKind == JsonValueKind.String ? null : ProblemTexts.String,
            TypeCode.SByte => WholeNumber<sbyte>(),
            TypeCode.Byte => WholeNumber<byte>(),
            TypeCode.Int16 => WholeNumber<short>(),
            TypeCode.UInt16 => WholeNumber<ushort>(),
            TypeCode.Int32 => WholeNumber<int>(),
            TypeCode.UInt32 => WholeNumber<uint>(),
            TypeCode.Int64 => WholeNumber<long>(),
            TypeCode.UInt64 => WholeNumber<ulong>(),
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => ProblemTexts.Number,
            _ => Format(type) is null ? null : ProblemTexts.String,
        };
    }

    private static string WholeNumber<T>()
        where T : IMinMaxValue<T>, IFormattable =>
        $"{ProblemTexts.WholeNumber} from {T.MinValue.ToString(null, CultureInfo.InvariantCulture)} to {T.MaxValue.ToString(null, CultureInfo.InvariantCulture)}";

    // Of the types that are strings of a format in JSON.
    private static string? Format(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var guid when guid == typeof(Guid) => ProblemTexts.Guid,
        var time when time == typeof(DateTime) || time == typeof(DateTimeOffset) => ProblemTexts.IsoDateTime,
        var date when date == typeof(DateOnly) => ProblemTexts.Date,
        var time when time == typeof(TimeOnly) => ProblemTexts.Time,
        var uri when uri == typeof(Uri) => ProblemTexts.Uri,
        var bytes when bytes == typeof(byte[]) => ProblemTexts.Base64,
        _ => null,
    };

    private static bool Has(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out _);

    private static JsonPropertyInfo? Property(JsonTypeInfo info, string name)
    {
        StringComparison comparison = info.Options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return info.Properties.FirstOrDefault(p => string.Equals(p.Name, name, comparison));
    }

    private static JsonTypeInfo? Inner(JsonTypeInfo info, string? name)
    {
        Type? inner = name is not null && info.Kind == JsonTypeInfoKind.Object ? Property(info, name)!.PropertyType : info.ElementType;
        return inner is not null && info.Options.TryGetTypeInfo(inner, out JsonTypeInfo? found) ? found : null;
    }

    private static bool TryEnter(ref JsonElement value, string? name, int index)
    {
        JsonElement inner = default;
        bool exists = name is not null
            ? value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out inner)
            : value.ValueKind == JsonValueKind.Array && index < value.GetArrayLength();
        if (exists)
        {
            value = name is not null ? inner : value[index];
        }

        return exists;
    }

    /// <summary>The names and indexes of a path. It does not escape what is in quotes; what cannot be told ends it.</summary>
    private static List<(string? Name, int Index)> Parse(string path)
    {
        var places = new List<(string?, int)>();
        for (int at = 1; at < path.Length;)
        {
            int start = at + 1, end;
            if (path[at] == '.')
            {
                end = path.AsSpan(start).IndexOfAny('.', '[');
                end = end < 0 ? path.Length : start + end;
                places.Add((path[start..end], 0));
                at = end;
            }
            else if (path.AsSpan(at).StartsWith("['"))
            {
                end = EndOfQuotes(path, at + 2);
                places.Add((path[(at + 2)..end], 0));
                at = end + 2;
            }
            else if ((end = path.IndexOf(']', start)) > 0 && int.TryParse(path.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            {
                places.Add((null, index));
                at = end + 1;
            }
            else
            {
                break;
            }
        }

        return places;
    }

    private static int EndOfQuotes(string path, int start)
    {
        int end = path.IndexOf("']", start, StringComparison.Ordinal);
        while (end >= 0 && end + 2 < path.Length && path[end + 2] is not ('.' or '['))
        {
            end = path.IndexOf("']", end + 1, StringComparison.Ordinal);
        }

        return end < 0 ? path.Length : end;
    }
}
