using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Two patches into one, and two documents into a patch: what members of several kinds share.</summary>
internal static class PatchAlgebra
{
    public const string NotNullable = "it is cleared, and the member is not nullable";
    public const string MadeEmpty = "it is made without a value of its own, and an empty object changes nothing";
    public const string BecameNull = "it became null, and null removes a member";

    /// <summary>The members of two open objects in one; of one name, the later counts.</summary>
    public static Dictionary<string, JsonElement> MergeOpen(IEnumerable<KeyValuePair<string, JsonElement>>? earlier, IEnumerable<KeyValuePair<string, JsonElement>>? later)
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

    /// <summary>The members of an open object that came, changed or went; those that went are null.</summary>
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
        new($"The patches cannot be made into one: the earlier clears '{member}', and the later merges into it.");

    public static InvalidOperationException Unsayable(string member, string why) => new($"No patch leads from the one document to the other: of '{member}', {why}.");
}
