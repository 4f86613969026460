namespace Layers.PatchGen.Json;

// Members that are sent by key.
public ref partial struct PatchDifference<TWords>
{
    /// <summary>A dictionary: the keys that came or changed, and null for those that went.</summary>
    /// <param name="index">The index of the member.</param>
    /// <param name="codec">How values are compared, and the dictionary of the member is made.</param>
    /// <param name="before">The dictionary of the first document.</param>
    /// <param name="after">The dictionary of the second document.</param>
    /// <param name="value">The dictionary of the patch; null where the member is absent, or null is sent.</param>
    public void Map<TMap, T, TItem>(
        int index,
        MapValue<TMap, string, T, TItem> codec,
        IEnumerable<KeyValuePair<string, T>>? before,
        IEnumerable<KeyValuePair<string, T>>? after,
        out TMap? value)
        where TMap : class
        where TItem : struct, IPatchValue<T>
    {
        bool differs = PatchMaps.TryDiff(codec.Item, before, after, Rules(index, codec.TakesNull), out Dictionary<string, T?>? changes);
        value = Made(index, differs, codec, changes);
    }

    /// <summary>
    /// As <see cref="Map{TMap, T, TItem}"/>, for structs: those of the patch may be null, and those of the document may not.
    /// </summary>
    /// <inheritdoc cref="Map{TMap, T, TItem}"/>
    public void NullableMap<TMap, T, TItem>(
        int index,
        MapValue<TMap, string, T?, TItem> codec,
        IEnumerable<KeyValuePair<string, T>>? before,
        IEnumerable<KeyValuePair<string, T>>? after,
        out TMap? value)
        where TMap : class
        where T : struct
        where TItem : struct, IPatchValue<T?>
    {
        bool differs =
            PatchMaps.TryDiffNullable(codec.Item, before, after, Rules(index, codec.TakesNull), out Dictionary<string, T?>? changes);
        value = Made(index, differs, codec, changes);
    }

    /// <summary>As <see cref="Map{TMap, T, TItem}"/>, for patches of the values of the document.</summary>
    /// <inheritdoc cref="Map{TMap, T, TItem}"/>
    public void PatchMap<TMap, TPatch, TDocument, TItem>(
        int index,
        MapValue<TMap, string, TPatch, TItem> codec,
        IEnumerable<KeyValuePair<string, TDocument>>? before,
        IEnumerable<KeyValuePair<string, TDocument>>? after,
        out TMap? value)
        where TMap : class
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : new()
        where TItem : struct, IPatchValue<TPatch>
    {
        bool differs = PatchMaps.TryDiffPatches(before, after, Rules(index, codec.TakesNull), out Dictionary<string, TPatch?>? changes);
        value = Made(index, differs, codec, changes);
    }

    /// <summary>As <see cref="Map{TMap, T, TItem}"/>, for patches that are structs and may be null.</summary>
    /// <inheritdoc cref="Map{TMap, T, TItem}"/>
    public void NullablePatchMap<TMap, TPatch, TDocument, TItem>(
        int index,
        MapValue<TMap, string, TPatch?, TItem> codec,
        IEnumerable<KeyValuePair<string, TDocument>>? before,
        IEnumerable<KeyValuePair<string, TDocument>>? after,
        out TMap? value)
        where TMap : class
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : new()
        where TItem : struct, IPatchValue<TPatch?>
    {
        bool differs =
            PatchMaps.TryDiffNullablePatches(before, after, Rules(index, codec.TakesNull), out Dictionary<string, TPatch?>? changes);
        value = Made(index, differs, codec, changes);
    }

    /// <summary>A list that is patched by key: the items that came or changed, and null for those that went.</summary>
    /// <param name="index">The index of the member.</param>
    /// <param name="list">How items are found and compared.</param>
    /// <param name="codec">How the dictionary of the member is made.</param>
    /// <param name="before">The list of the first document.</param>
    /// <param name="after">The list of the second document.</param>
    /// <param name="value">The dictionary of the patch; null where the member is absent, or null is sent.</param>
    public void Keyed<TMap, TKey, TSent, TItem, TValue>(
        int index,
        KeyedList<TKey, TSent, TItem> list,
        MapValue<TMap, TKey, TSent, TValue> codec,
        IEnumerable<TItem>? before,
        IEnumerable<TItem>? after,
        out TMap? value)
        where TMap : class
        where TKey : notnull, IParsable<TKey>
        where TValue : struct, IPatchValue<TSent>
    {
        bool differs = list.TryDiff(before, after, Rules(index, codec.TakesNull), out Dictionary<TKey, TSent?>? changes);
        value = Made(index, differs, codec, changes);
    }

    private readonly MapRules Rules(int index, bool takesNull) => new(members[index].Info.Name, members[index].Info.IsNullable, takesNull);

    private TMap? Made<TMap, TKey, T, TItem>(
        int index, bool differs, MapValue<TMap, TKey, T, TItem> codec, Dictionary<TKey, T?>? changes)
        where TMap : class
        where TKey : notnull, IParsable<TKey>
        where TItem : struct, IPatchValue<T>
    {
        if (!differs)
        {
            return null;
        }

        _present.Add(index);
        return codec.Make(changes);
    }
}
