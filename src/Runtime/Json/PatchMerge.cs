using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>The merge of nested patches and open objects.</summary>
internal static class PatchMerge
{
    /// <summary>Applies a nested patch to a document that may be missing: then it is created, unless the patch is empty.</summary>
    /// <param name="document">The current nested document.</param>
    /// <param name="patch">The patch that was sent for it.</param>
    /// <param name="merged">The patched document.</param>
    /// <returns>Whether anything changes.</returns>
    public static bool TryPatch<TPatch, TDocument>(TDocument? document, TPatch patch, out TDocument? merged)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : new()
    {
        if (patch.IsEmpty)
        {
            merged = document;
            return false;
        }

        merged = patch.ApplyTo(document is null ? new TDocument() : document, out MemberSet<TPatch> changed);
        return !changed.IsEmpty || document is null;
    }

    /// <summary>Applies a nested patch to a document that is never null.</summary>
    /// <inheritdoc cref="TryPatch{TPatch, TDocument}(TDocument, TPatch, out TDocument)"/>
    /// <exception cref="InvalidOperationException">The document is null.</exception>
    public static bool TryPatchExisting<TPatch, TDocument>(TDocument? document, TPatch patch, out TDocument? merged)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : class
    {
        merged = document;
        if (patch.IsEmpty)
        {
            return false;
        }

        merged = patch.ApplyTo(document ?? throw NotExisting<TDocument>(), out MemberSet<TPatch> changed);
        return !changed.IsEmpty;
    }

    /// <summary>A nested document is null although its property is declared never null, and none can be made.</summary>
    public static InvalidOperationException NotExisting<TDocument>() => new(
        $"A nested {typeof(TDocument)} is null. Its property is not nullable, and it cannot be created: it has required members, or no "
        + "constructor without parameters.");

    /// <inheritdoc cref="TryPatch{TPatch, TDocument}(TDocument, TPatch, out TDocument)"/>
    public static bool TryPatch<TPatch, TDocument>(TDocument? document, TPatch patch, out TDocument? merged)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : struct
    {
        bool changed = TryPatch(document.GetValueOrDefault(), patch, out TDocument made);
        merged = made;
        return changed || (document is null && !patch.IsEmpty);
    }

    /// <summary>Sets the members that were sent of an open object, and removes those sent as null; the others keep their order.</summary>
    /// <param name="members">The current members.</param>
    /// <param name="sent">The members that were sent.</param>
    /// <param name="merged">The merged members.</param>
    /// <returns>Whether anything changes.</returns>
    public static bool TryMergeOpen(
        IEnumerable<KeyValuePair<string, JsonElement>>? members,
        IEnumerable<KeyValuePair<string, JsonElement>>? sent,
        out Dictionary<string, JsonElement> merged)
    {
        merged = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var changes = new Dictionary<string, JsonElement>(sent ?? [], StringComparer.Ordinal);
        bool changed = false;
        foreach ((string name, JsonElement value) in members ?? [])
        {
            if (!changes.Remove(name, out JsonElement change))
            {
                merged.Add(name, value);
            }
            else if (change.ValueKind == JsonValueKind.Null)
            {
                changed = true;
            }
            else
            {
                bool isSame = PatchEquality.Same(value, change);
                changed |= !isSame;
                merged.Add(name, isSame ? value : change); // 1.50 stays where 1.5 was sent
            }
        }

        foreach ((string name, JsonElement value) in changes)
        {
            if (value.ValueKind != JsonValueKind.Null)
            {
                merged.Add(name, value);
                changed = true;
            }
        }

        return changed;
    }
}
