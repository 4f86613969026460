using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.Json;

/// <summary>Equality by value, as patches and changes of documents understand it. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PatchEquality
{
    /// <summary>Whether two strings are the same, char by char.</summary>
    public static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);

    /// <summary>Whether two values are equal by their type's own equality.</summary>
    public static bool Same<T>(T? left, T? right) => EqualityComparer<T>.Default.Equals(left, right);

    /// <summary>Whether two URIs are spelled alike; their own equality passes over the fragment.</summary>
    public static bool Same(Uri? left, Uri? right) => string.Equals(left?.OriginalString, right?.OriginalString, StringComparison.Ordinal);

    /// <summary>Whether two runs of bytes are equal.</summary>
    public static bool Same(byte[]? left, byte[]? right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && left.AsSpan().SequenceEqual(right));

    /// <summary>Whether two JSON values are equal: members in any order, numbers by value.</summary>
    public static bool Same(JsonElement left, JsonElement right) =>
        left.ValueKind == JsonValueKind.Undefined || right.ValueKind == JsonValueKind.Undefined ? left.ValueKind == right.ValueKind : JsonElement.DeepEquals(left, right);

    /// <inheritdoc cref="Same(JsonElement, JsonElement)"/>
    public static bool Same(JsonElement? left, JsonElement? right) => left is { } l && right is { } r ? Same(l, r) : left.HasValue == right.HasValue;

    /// <inheritdoc cref="Same(JsonElement, JsonElement)"/>
    public static bool Same(JsonNode? left, JsonNode? right) => JsonNode.DeepEquals(left, right);

    /// <summary>Whether two collections have equal items in the same order.</summary>
    public static bool SameItems<T>(T[]? left, IEnumerable<T>? right)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }

        if (right is T[] array)
        {
            return left.AsSpan().SequenceEqual(array);
        }

        int index = 0;
        foreach (T item in right)
        {
            if (index == left.Length || !EqualityComparer<T>.Default.Equals(left[index++], item))
            {
                return false;
            }
        }

        return index == left.Length;
    }

    /// <summary>Whether two sets of members have the same names with equal values, in any order.</summary>
    public static bool SameMembers(IEnumerable<KeyValuePair<string, JsonElement>>? left, IEnumerable<KeyValuePair<string, JsonElement>>? right)
    {
        if (ReferenceEquals(left, right) || left is null || right is null)
        {
            return ReferenceEquals(left, right);
        }

        var members = new Dictionary<string, JsonElement>(left, StringComparer.Ordinal);
        int count = 0;
        foreach ((string name, JsonElement value) in right)
        {
            if (!members.TryGetValue(name, out JsonElement other) || !Same(other, value))
            {
                return false;
            }

            count++;
        }

        return count == members.Count;
    }

    /// <summary>A hash that equal collections share.</summary>
    public static int HashItems<T>(IEnumerable<T>? items)
    {
        var hash = new HashCode();
        foreach (T item in items ?? [])
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>A hash that equal sets of members share: of their names, in any order.</summary>
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
