using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>What members of several kinds share when patches are merged and documents are compared.</summary>
internal static class PatchAlgebra
{
    public const string NotNullable = "is cleared, but the member is not nullable";
    public const string MadeEmpty = "becomes an empty object, and sending one changes nothing";
    public const string NotCreated = "is a new item, but the list has no AllowCreate";
    public const string BecameNull = "becomes null, and sending null removes a member";

    /// <summary>Merges the members of two open objects; the later value of a name is used.</summary>
    public static Dictionary<string, JsonElement> MergeOpen(
        IEnumerable<KeyValuePair<string, JsonElement>>? earlier, IEnumerable<KeyValuePair<string, JsonElement>>? later)
    {
        var members = new Dictionary<string, JsonElement>(earlier ?? [], StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in later ?? [])
        {
            members[name] = value;
        }

        return members;
    }

    /// <summary>The items of a collection as an array.</summary>
    public static T[]? Items<T>(IEnumerable<T>? items) => items as T[] ?? items?.ToArray();

    /// <summary>The members of an open object that were added, changed or removed; removed ones are null.</summary>
    /// <exception cref="InvalidOperationException">A member became JSON's null, which would remove it.</exception>
    public static bool TryDiffOpen(
        IEnumerable<KeyValuePair<string, JsonElement>>? before,
        IEnumerable<KeyValuePair<string, JsonElement>>? after,
        out Dictionary<string, JsonElement> members)
    {
        members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var old = new Dictionary<string, JsonElement>(before ?? [], StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in after ?? [])
        {
            if (old.Remove(name, out JsonElement was) && PatchEquality.Same(was, value))
            {
                continue;
            }

            members.Add(name, value.ValueKind == JsonValueKind.Null ? throw Unsayable(name, BecameNull) : value);
        }

        foreach (string name in old.Keys)
        {
            members.Add(name, JsonElement.Parse("null"u8));
        }

        return members.Count > 0;
    }

    public static InvalidOperationException Cleared(string member) =>
        new($"Cannot merge the patches into one: the first clears '{member}', the second merges into it.");

    public static InvalidOperationException Unsayable(string member, string why) =>
        new($"Cannot express this difference as a patch: '{member}' {why}.");
}
