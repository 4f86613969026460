using System.ComponentModel;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Two patches into one, and two documents into a patch, member by member. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PatchAlgebra
{
    internal const string NotNullable = "it is cleared, and the member is not nullable";
    internal const string MadeEmpty = "it is made without a value of its own, and an empty object changes nothing";
    internal const string BecameNull = "it became null, and null removes a member";

    /// <summary>Two nested patches of one member into one.</summary>
    /// <exception cref="InvalidOperationException">The earlier clears what the later merges into: no one patch says that.</exception>
    public static TPatch? Merge<TPatch>(TPatch? earlier, TPatch? later, string member)
        where TPatch : class, IPatch<TPatch>
    {
        if (later is null)
        {
            return null;
        }

        if (earlier is not null)
        {
            return earlier.Merge(later);
        }

        return later.IsEmpty ? null : throw Cleared(member);
    }

    /// <inheritdoc cref="Merge{TPatch}(TPatch, TPatch, string)"/>
    public static TPatch? Merge<TPatch>(TPatch? earlier, TPatch? later, string member)
        where TPatch : struct, IPatch<TPatch>
    {
        if (later is not { } next)
        {
            return null;
        }

        if (earlier is { } first)
        {
            return first.Merge(next);
        }

        return next.IsEmpty ? null : throw Cleared(member);
    }

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

    /// <summary>The value that a member must be sent with, where it may not be null.</summary>
    /// <exception cref="InvalidOperationException">The value is null, which the member cannot say.</exception>
    public static T Sent<T>(T? value, string member)
        where T : class => value ?? throw Unsayable(member, NotNullable);

    /// <inheritdoc cref="Sent{T}(T, string)"/>
    public static T Sent<T>(T? value, string member)
        where T : struct => value ?? throw Unsayable(member, NotNullable);

    /// <summary>The items of a collection as an array.</summary>
    public static T[]? Items<T>(IEnumerable<T>? items) => items as T[] ?? items?.ToArray();

    /// <summary>The nested patch between two documents that may be missing.</summary>
    /// <returns>Whether there is anything to send; null is sent for a document that went.</returns>
    /// <exception cref="InvalidOperationException">No patch says what happened.</exception>
    public static bool TryDiff<TPatch, TDocument>(TDocument? before, TDocument? after, string member, bool isNullable, out TPatch? patch)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : class, new()
    {
        patch = default;
        if (after is null)
        {
            return before is not null && (isNullable ? true : throw Unsayable(member, NotNullable));
        }

        patch = TPatch.Diff(before ?? new TDocument(), after);
        return !patch.IsEmpty || (before is null ? throw Unsayable(member, MadeEmpty) : false);
    }

    /// <inheritdoc cref="TryDiff{TPatch, TDocument}(TDocument, TDocument, string, bool, out TPatch)"/>
    public static bool TryDiffStruct<TPatch, TDocument>(TDocument before, TDocument after, out TPatch? patch)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : struct
    {
        patch = TPatch.Diff(before, after);
        return !patch.IsEmpty;
    }

    /// <inheritdoc cref="TryDiff{TPatch, TDocument}(TDocument, TDocument, string, bool, out TPatch)"/>
    public static bool TryDiffNullable<TPatch, TDocument>(TDocument? before, TDocument? after, string member, bool isNullable, out TPatch? patch)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : struct
    {
        patch = default;
        if (after is not { } made)
        {
            return before is not null && (isNullable ? true : throw Unsayable(member, NotNullable));
        }

        patch = TPatch.Diff(before ?? new TDocument(), made);
        return !patch.IsEmpty || (before is null ? throw Unsayable(member, MadeEmpty) : false);
    }

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

    internal static InvalidOperationException Cleared(string member) =>
        new($"The patches cannot be made into one: the earlier clears '{member}', and the later merges into it.");

    internal static InvalidOperationException Unsayable(string member, string why) => new($"No patch leads from the one document to the other: of '{member}', {why}.");
}
