using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.AspNetCore.Tests.Formats;

/// <summary>The slow references, written from the RFCs.</summary>
internal static class SlowFormats
{
    /// <summary>RFC 7396 section 2, line by line. Null means that there is no document.</summary>
    public static JsonNode? MergePatch(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject members)
        {
            return patch?.DeepClone();
        }

        JsonObject result = target is JsonObject ? (JsonObject)target.DeepClone() : [];
        foreach ((string name, JsonNode? value) in members)
        {
            JsonNode? before = result[name];
            result.Remove(name);
            if (value is not null)
            {
                result[name] = MergePatch(before, value);
            }
        }

        return result;
    }

    /// <summary>RFC 6902 section 4: each operation in order; false if one of them fails.</summary>
    public static bool TryPatch(JsonNode? document, JsonArray operations, out JsonNode? result)
    {
        var root = new JsonObject { [""] = document?.DeepClone() }; // so that the document itself has a parent
        result = null;
        foreach (JsonNode? operation in operations)
        {
            string op = (string)operation!["op"]!, path = "/" + (string)operation["path"]!;
            JsonNode? value = operation["value"];
            if (op is "move" or "copy")
            {
                string from = "/" + (string)operation["from"]!;
                if (!Find(root, from, out value) || (op == "move" && path.StartsWith(from + "/", StringComparison.Ordinal)))
                {
                    return false;
                }

                _ = op == "move" && Remove(root, from);
            }

            bool isDone = op switch
            {
                "test" => Find(root, path, out JsonNode? found) && AreEqual(found, value),
                "remove" => Remove(root, path),
                "replace" => Find(root, path, out _) && Remove(root, path) && Add(root, path, value),
                _ => Add(root, path, value),
            };
            if (!isDone)
            {
                return false;
            }
        }

        result = root[""]?.DeepClone();
        return true;
    }

    /// <summary>Section 4.6.</summary>
    public static bool AreEqual(JsonNode? left, JsonNode? right) => (left, right) switch
    {
        (null, null) => true,
        (JsonObject a, JsonObject b) => a.Count == b.Count
            && a.All(member => b.TryGetPropertyName(member.Key) && AreEqual(member.Value, b[member.Key])),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(static pair => AreEqual(pair.First, pair.Second)),
        (JsonValue a, JsonValue b) => a.GetValueKind() == b.GetValueKind() && (a.GetValueKind() == JsonValueKind.Number
            ? Number(a) == Number(b)
            : a.ToJsonString() == b.ToJsonString()),
        _ => false,
    };

    private static bool TryGetPropertyName(this JsonObject of, string name) => of.ContainsKey(name);

    // As a fraction: the digits, over ten to the power of the digits after the point.
    private static (BigInteger Digits, int Exponent) Number(JsonValue value)
    {
        string[] parts = value.ToJsonString().ToUpperInvariant().Split('E');
        string[] mantissa = parts[0].Split('.');
        string fraction = mantissa.ElementAtOrDefault(1) ?? "";
        var digits = BigInteger.Parse(mantissa[0] + fraction, CultureInfo.InvariantCulture);
        int exponent = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - fraction.Length;
        while (!digits.IsZero && digits % 10 == 0)
        {
            (digits, exponent) = (digits / 10, exponent + 1);
        }

        return (digits, digits.IsZero ? 0 : exponent);
    }

    private static bool Find(JsonNode root, string pointer, out JsonNode? found)
    {
        found = root;
        foreach (string segment in Segments(pointer))
        {
            if (found is JsonObject members && members.ContainsKey(segment))
            {
                found = members[segment];
            }
            else if (found is JsonArray items && Index(segment) is >= 0 and int index && index < items.Count)
            {
                found = items[index];
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool Add(JsonNode root, string pointer, JsonNode? value)
    {
        (JsonNode? parent, string last) = Parent(root, pointer);
        switch (parent)
        {
            case JsonObject members:
                members[last] = value?.DeepClone();
                return true;
            case JsonArray items when (last == "-" ? items.Count : Index(last)) is >= 0 and int index && index <= items.Count:
                items.Insert(index, value?.DeepClone());
                return true;
            default:
                return false;
        }
    }

    private static bool Remove(JsonNode root, string pointer)
    {
        (JsonNode? parent, string last) = Parent(root, pointer);
        if (parent is JsonArray items && Index(last) is >= 0 and int index && index < items.Count)
        {
            items.RemoveAt(index);
            return true;
        }

        return parent is JsonObject members && members.Remove(last);
    }

    private static (JsonNode? Parent, string Last) Parent(JsonNode root, string pointer)
    {
        int slash = pointer.LastIndexOf('/');
        return (Find(root, pointer[..slash], out JsonNode? parent) ? parent : null, Segments(pointer)[^1]);
    }

    private static string[] Segments(string pointer) =>
        [.. pointer.Split('/').Skip(1).Select(static one => one.Replace("~1", "/").Replace("~0", "~"))];

    private static int Index(string segment) =>
        segment == "0" || (segment.All(char.IsAsciiDigit) && !segment.StartsWith('0') && segment.Length is > 0 and < 10)
            ? int.Parse(segment, CultureInfo.InvariantCulture)
            : -1;
}
