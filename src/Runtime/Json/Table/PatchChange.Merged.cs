using System.Text.Json;

namespace Layers.PatchGen.Json;

// Members whose values are merged with what is there.
public ref partial struct PatchChange<TWords>
{
    /// <summary>
    /// Whether the property of a nested patch is to be set. A document that is missing is made, unless the patch is empty; null takes it
    /// away.
    /// </summary>
    /// <param name="index">The index of the member.</param>
    /// <param name="sent">The nested patch.</param>
    /// <param name="old">The nested document.</param>
    /// <param name="merged">What the property becomes.</param>
    public bool Patch<TPatch, TDocument>(int index, TPatch? sent, TDocument? old, out TDocument? merged)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : new()
    {
        merged = default;
        return _sent.Has(index) && (sent is null ? Clears(index, old) : PatchMerge.TryPatch(old, sent, out merged) && Changes(index));
    }

    /// <inheritdoc cref="Patch{TPatch, TDocument}(int, TPatch, TDocument, out TDocument)"/>
    public bool Patch<TPatch, TDocument>(int index, TPatch? sent, TDocument? old, out TDocument? merged)
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : new()
    {
        merged = default;
        return _sent.Has(index)
            && (sent is not { } patch ? Clears(index, old) : PatchMerge.TryPatch(old, patch, out merged) && Changes(index));
    }

    /// <inheritdoc cref="Patch{TPatch, TDocument}(int, TPatch, TDocument, out TDocument)"/>
    public bool Patch<TPatch, TDocument>(int index, TPatch? sent, TDocument? old, out TDocument? merged)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : struct
    {
        merged = null;
        return _sent.Has(index) && (sent is null ? Clears(index, old) : PatchMerge.TryPatch(old, sent, out merged) && Changes(index));
    }

    /// <inheritdoc cref="Patch{TPatch, TDocument}(int, TPatch, TDocument, out TDocument)"/>
    public bool Patch<TPatch, TDocument>(int index, TPatch? sent, TDocument? old, out TDocument? merged)
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : struct
    {
        merged = null;
        return _sent.Has(index)
            && (sent is not { } patch ? Clears(index, old) : PatchMerge.TryPatch(old, patch, out merged) && Changes(index));
    }

    /// <summary>
    /// Whether the property of a nested patch is to be set, for a nested document that is never null, so that none has to be made.
    /// </summary>
    /// <inheritdoc cref="Patch{TPatch, TDocument}(int, TPatch, TDocument, out TDocument)"/>
    /// <exception cref="InvalidOperationException">The document is null.</exception>
    public bool PatchExisting<TPatch, TDocument>(int index, TPatch? sent, TDocument? old, out TDocument? merged)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : class
    {
        merged = null;
        return _sent.Has(index) && sent is not null && PatchMerge.TryPatchExisting(old, sent, out merged) && Changes(index);
    }

    /// <summary>
    /// Whether the property of a dictionary is to be set. Keys that were sent are set, those sent as null are removed, the others keep
    /// their places.
    /// </summary>
    /// <param name="index">The index of the member.</param>
    /// <param name="item">How values are compared.</param>
    /// <param name="sent">The dictionary of the patch.</param>
    /// <param name="old">The dictionary of the document.</param>
    /// <param name="merged">What the property becomes.</param>
    public bool Map<T, TItem>(
        int index,
        TItem item,
        IEnumerable<KeyValuePair<string, T>>? sent,
        IEnumerable<KeyValuePair<string, T>>? old,
        out Dictionary<string, T>? merged)
        where TItem : struct, IPatchValue<T>
    {
        merged = null;
        return _sent.Has(index) && (sent is null ? Clears(index, old) : PatchMaps.TryMerge(item, old, sent, out merged) && Changes(index));
    }

    /// <summary>As <see cref="Map{T, TItem}"/>, for structs: those of the patch may be null, and those of the document may not.</summary>
    /// <inheritdoc cref="Map{T, TItem}"/>
    public bool NullableMap<T, TItem>(
        int index,
        TItem item,
        IEnumerable<KeyValuePair<string, T?>>? sent,
        IEnumerable<KeyValuePair<string, T>>? old,
        out Dictionary<string, T>? merged)
        where T : struct
        where TItem : struct, IPatchValue<T?>
    {
        merged = null;
        return _sent.Has(index)
            && (sent is null ? Clears(index, old) : PatchMaps.TryMergeNullable(item, old, sent, out merged) && Changes(index));
    }

    /// <summary>As <see cref="Map{T, TItem}"/>, for patches, which are applied to the values of the document.</summary>
    /// <inheritdoc cref="Map{T, TItem}"/>
    public bool PatchMap<TPatch, TDocument>(
        int index,
        IEnumerable<KeyValuePair<string, TPatch>>? sent,
        IEnumerable<KeyValuePair<string, TDocument>>? old,
        out Dictionary<string, TDocument>? merged)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : new()
    {
        merged = null;
        return _sent.Has(index) && (sent is null ? Clears(index, old) : PatchMaps.TryMergePatches(old, sent, out merged) && Changes(index));
    }

    /// <summary>As <see cref="Map{T, TItem}"/>, for patches that are structs and may be null.</summary>
    /// <inheritdoc cref="Map{T, TItem}"/>
    public bool NullablePatchMap<TPatch, TDocument>(
        int index,
        IEnumerable<KeyValuePair<string, TPatch?>>? sent,
        IEnumerable<KeyValuePair<string, TDocument>>? old,
        out Dictionary<string, TDocument>? merged)
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : new()
    {
        merged = null;
        return _sent.Has(index)
            && (sent is null ? Clears(index, old) : PatchMaps.TryMergeNullablePatches(old, sent, out merged) && Changes(index));
    }

    /// <summary>
    /// Whether the property of a list that is patched by key is to be set. The list of the document stays as it is.
    /// </summary>
    /// <param name="index">The index of the member.</param>
    /// <param name="list">How items are found, patched and created.</param>
    /// <param name="sent">The patches by key.</param>
    /// <param name="old">The list of the document.</param>
    /// <param name="merged">What the property becomes.</param>
    public bool Keyed<TKey, TSent, TItem>(
        int index,
        KeyedList<TKey, TSent, TItem> list,
        IEnumerable<KeyValuePair<TKey, TSent?>>? sent,
        IEnumerable<TItem>? old,
        out List<TItem>? merged)
        where TKey : notnull
    {
        merged = null;
        return _sent.Has(index)
            && (sent is null ? Clears(index, old) : list.TryMerge(old, sent, isInPlace: false, out merged) && Changes(index));
    }

    /// <summary>
    /// Whether the property of a list that is patched by key is to be set: only where there is no list, or it is read-only. Otherwise the
    /// list itself is changed.
    /// </summary>
    /// <inheritdoc cref="Keyed{TKey, TSent, TItem}"/>
    public bool KeyedInPlace<TKey, TSent, TItem>(
        int index,
        KeyedList<TKey, TSent, TItem> list,
        IEnumerable<KeyValuePair<TKey, TSent?>>? sent,
        IEnumerable<TItem>? old,
        out List<TItem>? merged)
        where TKey : notnull
    {
        merged = null;
        return _sent.Has(index)
            && (sent is null
                ? Clears(index, old)
                : list.TryMerge(old, sent, isInPlace: true, out merged) && Changes(index) && merged is not null);
    }

    /// <summary>Changes a list that is patched by key, and whose property cannot be set.</summary>
    /// <inheritdoc cref="Keyed{TKey, TSent, TItem}"/>
    /// <exception cref="InvalidOperationException">The list is null or read-only.</exception>
    public void KeyedInPlace<TKey, TSent, TItem>(
        int index,
        KeyedList<TKey, TSent, TItem> list,
        IEnumerable<KeyValuePair<TKey, TSent?>>? sent,
        IEnumerable<TItem>? old)
        where TKey : notnull
    {
        if (KeyedInPlace(index, list, sent, old, out _))
        {
            throw new InvalidOperationException(
                $"A list of {typeof(TItem)} is null or read-only, and its property has no setter that could replace it.");
        }
    }

    /// <summary>
    /// Whether the property for the members that are not modelled is to be set. Members that were sent are set, those sent as null are
    /// removed.
    /// </summary>
    /// <param name="index">The index of the member.</param>
    /// <param name="sent">The members of the patch.</param>
    /// <param name="old">The members of the document.</param>
    /// <param name="merged">What the property becomes.</param>
    public bool Open(
        int index,
        IEnumerable<KeyValuePair<string, JsonElement>>? sent,
        IEnumerable<KeyValuePair<string, JsonElement>>? old,
        out Dictionary<string, JsonElement>? merged)
    {
        merged = null;
        return _sent.Has(index) && PatchMerge.TryMergeOpen(old, sent, out merged) && Changes(index);
    }

    // A struct cannot be taken away.
    private bool Clears<T>(int index, T? old) => old is not null && default(T) is null && Changes(index);
}
