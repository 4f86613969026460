using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.Json;

/// <summary>Equality by value, for patches and for changes of documents.</summary>
internal static class PatchEquality
{
    /// <summary>Whether two values are equal, or both null, as their codec compares them.</summary>
    public static bool Same<T, TValue>(TValue codec, T? left, T? right)
        where TValue : struct, IPatchValue<T> =>
        left is null || right is null ? left is null && right is null : codec.AreEqual(left, right);

    /// <inheritdoc cref="Same{T, TValue}(TValue, T, T)"/>
    public static bool Same<T, TValue>(TValue codec, T? left, T? right)
        where T : struct
        where TValue : struct, IPatchValue<T> =>
        left is { } l && right is { } r ? codec.AreEqual(l, r) : left.HasValue == right.HasValue;

    /// <summary>Whether two collections have the same items, or both are null; the order of sets does not matter.</summary>
    public static bool SameItems<T, TItems>(TItems codec, IEnumerable<T>? left, IEnumerable<T>? right)
        where TItems : struct, IPatchItems<T> =>
        left is null || right is null ? left is null && right is null : codec.HaveSameItems(left, right);

    /// <summary>
    /// Whether two JSON values are equal: members in any order, numbers by value. A number with an exponent beyond 32 bits equals only
    /// the same text.
    /// </summary>
    public static bool Same(JsonElement left, JsonElement right)
    {
        if (left.ValueKind != right.ValueKind)
        {
            return false;
        }

        switch (left.ValueKind)
        {
            case JsonValueKind.Object:
                return SameMembers(Members(left), Members(right));
            case JsonValueKind.Array:
                if (left.GetArrayLength() != right.GetArrayLength())
                {
                    return false;
                }

                using (JsonElement.ArrayEnumerator items = right.EnumerateArray())
                {
                    return left.EnumerateArray().All(item => items.MoveNext() && Same(item, items.Current));
                }

            case JsonValueKind.Number:
                return SameNumber(left, right);
            case JsonValueKind.String:
                return left.ValueEquals(right.GetString());
            default:
                return true;
        }
    }

    /// <inheritdoc cref="Same(JsonElement, JsonElement)"/>
    public static bool Same(JsonNode? left, JsonNode? right)
    {
        try
        {
            return JsonNode.DeepEquals(left, right);
        }
        catch (ArgumentOutOfRangeException)
        {
            return left?.ToJsonString() == right?.ToJsonString(); // See SameNumber.
        }
    }

    /// <summary>Whether two sets of members have the same names with equal values, in any order.</summary>
    public static bool SameMembers(
        IEnumerable<KeyValuePair<string, JsonElement>>? left, IEnumerable<KeyValuePair<string, JsonElement>>? right)
    {
        if (ReferenceEquals(left, right) || left is null || right is null)
        {
            return ReferenceEquals(left, right);
        }

        Dictionary<string, JsonElement> members = ByName(left), others = ByName(right);
        return members.Count == others.Count
            && members.All(member => others.TryGetValue(member.Key, out JsonElement other) && Same(member.Value, other));
    }

    // A document from elsewhere may have duplicate names; the last one is used, as most JSON readers do.
    private static Dictionary<string, JsonElement> ByName(IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        var result = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in members)
        {
            result[name] = value;
        }

        return result;
    }

    private static IEnumerable<KeyValuePair<string, JsonElement>> Members(JsonElement value) =>
        value.EnumerateObject().Select(static member => KeyValuePair.Create(member.Name, member.Value));

    private static bool SameNumber(JsonElement left, JsonElement right)
    {
        try
        {
            return JsonElement.DeepEquals(left, right);
        }
        catch (ArgumentOutOfRangeException)
        {
            // JsonElement.DeepEquals throws on such an exponent, which any client can send.
            return left.GetRawText() == right.GetRawText();
        }
    }

    /// <summary>A hash that equal values share.</summary>
    public static int Hash<T, TValue>(TValue codec, T? value)
        where TValue : struct, IPatchValue<T> => value is null ? 0 : codec.Hash(value);

    /// <summary>A hash that equal sets of members share, made of their names.</summary>
    public static int HashMembers(IEnumerable<KeyValuePair<string, JsonElement>>? members)
    {
        int hash = 0;
        foreach ((string name, _) in members ?? [])
        {
            hash ^= name.GetHashCode(StringComparison.Ordinal);
        }

        return hash;
    }
}
