using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>A list that is patched by key: an array in the document, and an object by key in a plain body.</summary>
/// <param name="items">The items.</param>
/// <param name="key">The member of an item that has its key, by its name in the document.</param>
/// <param name="keyKind">What a key is in the document; undefined if it may be a string or a number.</param>
/// <param name="createsItems">Whether a key that the document does not have creates an item.</param>
internal sealed class ListShape(PatchShape items, string key, JsonValueKind keyKind, bool createsItems) : ValueShape
{
    public PatchShape Items => items;

    public string Key => key;

    public bool CreatesItems => createsItems;

    /// <summary>Describes a list.</summary>
    /// <param name="row">The member of the patch.</param>
    /// <param name="items">Its items.</param>
    /// <param name="contract">The contract of an item; null if it is not known yet.</param>
    /// <returns>The list; null if the key is not shown, so that items of an array have none.</returns>
    public static ListShape? Create(MemberRow row, PatchShape items, JsonTypeInfo? contract)
    {
        if (contract?.Kind != JsonTypeInfoKind.Object)
        {
            return new(items, row.KeyProperty!, JsonValueKind.Undefined, row.CreatesItems);
        }

        JsonPropertyInfo? key = HiddenMembersBuilder.MembersOf(contract)
            .FirstOrDefault(one => one.AttributeProvider is System.Reflection.MemberInfo declared && declared.Name == row.KeyProperty);
        return key is null || HiddenMembersBuilder.IsHidden(key) ? null : new(items, key.Name, KindOf(key), row.CreatesItems);
    }

    /// <summary>Finds the item with a key.</summary>
    /// <returns>Its index, as a part of a pointer; null if there is none.</returns>
    public string? Find(JsonTree? list, string name)
    {
        ReadOnlySpan<JsonTree> found = list is { Kind: JsonValueKind.Array } ? list.Items : [];
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i].Find(key)?.Scalar == name)
            {
                return BodyProblems.Text(i);
            }
        }

        return null;
    }

    /// <summary>Gets the key of an item, or what is wrong with it.</summary>
    public string? KeyOf(JsonTree item, out (string Code, string Message)? problem)
    {
        JsonTree? found = item.Find(key);
        problem = item.Kind != JsonValueKind.Object ? (PatchProblemCodes.WrongType, "Must be an object.")
            : found is null ? (PatchProblemCodes.MissingMember, $"Must have the member \"{key}\", which is its key.")
            : found.Kind == JsonValueKind.Null ? (PatchProblemCodes.NullNotAllowed, $"Its key, \"{key}\", must not be null.")
            : found.Scalar is null || (keyKind != JsonValueKind.Undefined && found.Kind != keyKind)
                ? (PatchProblemCodes.WrongType, $"Its key, \"{key}\", must be a {(keyKind == JsonValueKind.Number ? "number" : "string")}.")
            : null;
        return problem is null ? found!.Scalar : null;
    }

    private static JsonValueKind KindOf(JsonPropertyInfo key) =>
        key.CustomConverter is not null ? JsonValueKind.Undefined
        : key.PropertyType == typeof(string) || key.PropertyType == typeof(Guid) ? JsonValueKind.String
        : (key.NumberHandling ?? key.Options.NumberHandling).HasFlag(JsonNumberHandling.WriteAsString) ? JsonValueKind.String
        : JsonValueKind.Number;
}
