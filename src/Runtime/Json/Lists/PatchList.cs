using System.ComponentModel;

namespace Layers.PatchGen.Json;

/// <summary>A list of documents, whose items are patched by key.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TPatch">The patch of an item.</typeparam>
/// <typeparam name="TItem">The type of the items.</typeparam>
/// <param name="key">Gets the key of an item.</param>
/// <param name="create">Creates an item with a key; null where a body must not create one.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PatchList<TKey, TPatch, TItem>(Func<TItem, TKey?> key, Func<TKey, TItem>? create = null)
    : KeyedList<TKey, TPatch, TItem>(key, create)
    where TKey : notnull
    where TPatch : IPatch<TPatch, TItem>
{
    internal override bool HasListsBelow => TPatch.Table.HasKeyedLists;

    internal override TItem Apply(TItem item, TPatch sent, out bool isChanged)
    {
        TItem patched = sent.ApplyTo(item, out MemberSet<TPatch> changed);
        isChanged = !changed.IsEmpty;
        return patched;
    }

    internal override TPatch Diff(TItem before, TItem after, out bool isEmpty)
    {
        TPatch patch = TPatch.Diff(before, after);
        isEmpty = patch.IsEmpty;
        return patch;
    }

    internal override void FindMissing(TItem item, TPatch sent, ref MissingTargets missing) =>
        TPatch.FindMissing(in sent, item, ref missing);

    internal override void CountMembers(TItem item, TPatch sent, ref PatchMemberLimit limit) =>
        TPatch.CountMembers(in sent, item, ref limit);
}

/// <summary>A list of documents, whose items are patched by key: by patches that are structs and may be null.</summary>
/// <inheritdoc cref="PatchList{TKey, TPatch, TItem}"/>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NullablePatchList<TKey, TPatch, TItem>(Func<TItem, TKey?> key, Func<TKey, TItem>? create = null)
    : KeyedList<TKey, TPatch?, TItem>(key, create)
    where TKey : notnull
    where TPatch : struct, IPatch<TPatch, TItem>
{
    private readonly PatchList<TKey, TPatch, TItem> _patches = new(key, create);

    internal override bool HasListsBelow => _patches.HasListsBelow;

    internal override TItem Apply(TItem item, TPatch? sent, out bool isChanged) =>
        _patches.Apply(item, sent.GetValueOrDefault(), out isChanged);

    internal override TPatch? Diff(TItem before, TItem after, out bool isEmpty) => _patches.Diff(before, after, out isEmpty);

    internal override void FindMissing(TItem item, TPatch? sent, ref MissingTargets missing) =>
        _patches.FindMissing(item, sent.GetValueOrDefault(), ref missing);

    internal override void CountMembers(TItem item, TPatch? sent, ref PatchMemberLimit limit) =>
        _patches.CountMembers(item, sent.GetValueOrDefault(), ref limit);
}
