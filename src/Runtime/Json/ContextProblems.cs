using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>
/// The problem of a value that a serializer context rejected. The serializer says where; what is expected there comes from the context's
/// metadata, since the serializer's messages name .NET types, which mean nothing to a client.
/// </summary>
internal static class ContextProblems
{
    /// <summary>Adds the problem.</summary>
    /// <param name="problems">Receives the problem, placed within the value.</param>
    /// <param name="json">The value: well-formed JSON.</param>
    /// <param name="info">The context's metadata of its type.</param>
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
                PatchMemberName[] known = [.. expected.Properties.Select(static p => new PatchMemberName(p.Name))];
                problems.Add(ProblemKind.UnknownMember, name, new PatchNames(known));
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
            problems.Add(ProblemKind.WrongType, null, Expected(value, expected) ?? ProblemTexts.Accepted);
        }
    }

    private static string? Expected(JsonElement value, JsonTypeInfo? expected)
    {
        switch (expected?.Kind)
        {
            case JsonTypeInfoKind.Object:
                string[] missing =
                    [.. expected.Properties.Where(p => p.IsRequired && !Has(value, p.Name)).Select(static p => $"\"{p.Name}\"")];
                return missing.Length > 0 ? $"{ProblemTexts.Object} with {string.Join(", ", missing)}"
                    : value.ValueKind == JsonValueKind.Object ? null
                    : ProblemTexts.Object;
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
        string.Create(CultureInfo.InvariantCulture, $"{ProblemTexts.WholeNumber} from {T.MinValue} to {T.MaxValue}");

    // Types that are strings with a format in JSON.
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
        StringComparison comparison =
            info.Options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
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

    /// <summary>
    /// The names and indexes of a path. The serializer does not escape text in quotes; where a path is ambiguous, it ends.
    /// </summary>
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
            else if ((end = path.IndexOf(']', start)) > 0
                && int.TryParse(path.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
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
