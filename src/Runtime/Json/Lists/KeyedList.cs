using System.Collections.Immutable;
using System.ComponentModel;

namespace Layers.PatchGen.Json;

/// <summary>
/// How a body changes a list of a document by the keys of its items (<see cref="KeyedByAttribute"/>): a value is applied to the item with
/// that key, or creates one; null removes one. Called by generated code.
/// </summary>
/// <remarks>
/// Items that are null or have no key are kept and never found. Of items with the same key, the first is changed, and null removes all.
/// Immutable and thread-safe.
/// </remarks>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TSent">The type of what is sent for a key.</typeparam>
/// <typeparam name="TItem">The type of the items.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class KeyedList<TKey, TSent, TItem>
    where TKey : notnull
{
    private readonly Func<TItem, TKey?> _key;
    private readonly Func<TKey, TItem>? _create;

    private protected KeyedList(Func<TItem, TKey?> key, Func<TKey, TItem>? create) => (_key, _create) = (key, create);

    /// <summary>Applies what was sent to an item.</summary>
    /// <param name="item">The item; a class is changed in place.</param>
    /// <param name="sent">What was sent.</param>
    /// <param name="isChanged">Whether anything changes.</param>
    /// <returns>The item afterwards.</returns>
    internal abstract TItem Apply(TItem item, TSent sent, out bool isChanged);

    /// <summary>The difference of two items.</summary>
    internal abstract TSent Diff(TItem before, TItem after, out bool isEmpty);

    /// <summary>Finds the keys that are missing in lists of an item.</summary>
    internal abstract void FindMissing(TItem item, TSent sent, ref MissingTargets missing);

    /// <summary>Counts the members of an item that was sent a patch.</summary>
    internal abstract void CountMembers(TItem item, TSent sent, ref PatchMemberLimit limit);

    /// <summary>Whether lists of items can miss a key.</summary>
    internal abstract bool HasListsBelow { get; }

    /// <summary>
    /// Changes items, adds new ones at the end in the order sent, and removes those sent as null; the others keep their order.
    /// </summary>
    /// <param name="items">The list of the document.</param>
    /// <param name="sent">What was sent.</param>
    /// <param name="isInPlace">Whether the list itself is changed, unless it is null or read-only.</param>
    /// <param name="merged">The list that takes its place; null if nothing changes, or the list itself was changed.</param>
    /// <returns>Whether anything changes.</returns>
    internal bool TryMerge(
        IEnumerable<TItem>? items, IEnumerable<KeyValuePair<TKey, TSent?>> sent, bool isInPlace, out List<TItem>? merged)
    {
        Dictionary<TKey, Place> places = Find(items, sent);
        var edits = new Edits();
        var removed = new HashSet<TKey>(PatchKey.Comparer<TKey>());
        foreach ((TKey key, TSent? value) in sent)
        {
            bool exists = places.TryGetValue(key, out Place place);
            if (value is null)
            {
                _ = exists && removed.Add(key);
            }
            else if (exists)
            {
                TItem item = Apply(place.Item, value, out bool isChanged);
                edits.HasChangedItem |= isChanged;
                if (isChanged && !ReferenceEquals(item, place.Item))
                {
                    edits.Replaced.Add((place, item));
                }
            }
            else
            {
                edits.Added.Add(Apply(_create!(key), value, out _)); // MissingTargets has rejected others.
            }
        }

        if (removed.Count > 0)
        {
            edits.Removed.AddRange(All(items).Select(static (item, index) => new Place(index, item))
                .Where(place => place.Item is not null && _key(place.Item) is { } key && removed.Contains(key)));
        }

        merged = null;
        if (edits.AreEmpty)
        {
            return false;
        }

        if (isInPlace && items is ICollection<TItem> { IsReadOnly: false } list)
        {
            edits.MakeIn(list);
        }
        else
        {
            merged = [.. All(items)];
            edits.MakeIn(merged);
        }

        return true;
    }

    /// <summary>The difference of two lists: the items that were added or changed, and null for those that were removed.</summary>
    /// <param name="before">The current list.</param>
    /// <param name="after">The wanted list. Its order does not matter.</param>
    /// <param name="rules">What the member allows.</param>
    /// <param name="changes">The changes; null if the list was removed.</param>
    /// <returns>Whether there is a difference.</returns>
    /// <exception cref="InvalidOperationException">The difference cannot be expressed as a patch.</exception>
    internal bool TryDiff(IEnumerable<TItem>? before, IEnumerable<TItem>? after, MapRules rules, out Dictionary<TKey, TSent?>? changes)
    {
        changes = null;
        if (after is null)
        {
            return before is not null && (rules.IsNullable ? true : throw PatchAlgebra.Unsayable(rules.Member, PatchAlgebra.NotNullable));
        }

        Dictionary<TKey, Place> old = Find(before), wanted = Find(after);
        changes = new(PatchKey.Comparer<TKey>());
        foreach ((TKey key, Place place) in wanted)
        {
            bool existed = old.Remove(key, out Place was);
            if (!existed && _create is null)
            {
                throw PatchAlgebra.Unsayable(Name(rules, key), PatchAlgebra.NotCreated);
            }

            TSent sent = Diff(existed ? was.Item : _create!(key), place.Item, out bool isEmpty);
            if (!existed || !isEmpty)
            {
                changes.Add(key, sent);
            }
        }

        foreach (TKey key in old.Keys)
        {
            changes.Add(key, rules.TakesNull ? default : throw PatchAlgebra.Unsayable(Name(rules, key), PatchAlgebra.NotNullable));
        }

        return changes.Count > 0 || (before is null ? throw PatchAlgebra.Unsayable(rules.Member, PatchAlgebra.MadeEmpty) : false);
    }

    /// <summary>Finds keys that were sent a value, that the list does not have, and that create no item.</summary>
    internal void FindMissing(
        IEnumerable<TItem>? items, IEnumerable<KeyValuePair<TKey, TSent?>> sent, ref MissingTargets missing)
    {
        Dictionary<TKey, Place> places = Find(items, sent);
        foreach ((TKey key, TSent? value) in sent)
        {
            bool exists = places.TryGetValue(key, out Place place);
            if (value is null || (!HasListsBelow && (exists || _create is not null)))
            {
                continue;
            }

            int entered = missing.Problems.Enter();
            if (!exists && _create is null)
            {
                missing.Problems.Add(ProblemKind.MissingTarget, null, null);
            }
            else
            {
                FindMissing(exists ? place.Item : _create!(key), value, ref missing);
            }

            missing.Problems.Leave(entered, PatchKey.ToName(key));
        }
    }

    /// <summary>Counts in the items that were sent patches.</summary>
    internal void CountMembers(
        IEnumerable<TItem>? items, IEnumerable<KeyValuePair<TKey, TSent?>> sent, ref PatchMemberLimit limit)
    {
        Dictionary<TKey, Place> places = Find(items, sent);
        foreach ((TKey key, TSent? value) in sent)
        {
            if (value is not null && places.TryGetValue(key, out Place place))
            {
                int entered = limit.Problems.Enter();
                CountMembers(place.Item, value, ref limit);
                limit.Problems.Leave(entered, PatchKey.ToName(key));
            }
        }
    }

    // A default ImmutableArray is none, and cannot be enumerated.
    private static IEnumerable<TItem> All(IEnumerable<TItem>? items) =>
        items is null or ImmutableArray<TItem> { IsDefault: true } ? [] : items;

    private static string Name(MapRules rules, TKey key) => $"{rules.Member}.{PatchKey.ToName(key)}";

    /// <summary>The items by key; only those that were sent, if that is given.</summary>
    private Dictionary<TKey, Place> Find(IEnumerable<TItem>? items, IEnumerable<KeyValuePair<TKey, TSent?>>? sent = null)
    {
        HashSet<TKey>? keys = sent is null ? null : new(sent.Select(static one => one.Key), PatchKey.Comparer<TKey>());
        var places = new Dictionary<TKey, Place>(PatchKey.Comparer<TKey>());
        int index = 0;
        foreach (TItem item in All(items))
        {
            if (item is not null && _key(item) is { } key && keys?.Contains(key) != false)
            {
                places.TryAdd(key, new(index, item));
            }

            index++;
        }

        return places;
    }

    private readonly record struct Place(int Index, TItem Item);

    /// <summary>What becomes of a list.</summary>
    private sealed class Edits
    {
        public List<(Place Place, TItem Item)> Replaced { get; } = [];

        public List<Place> Removed { get; } = [];

        public List<TItem> Added { get; } = [];

        /// <summary>An item has changed, which may be the same object as before.</summary>
        public bool HasChangedItem { get; set; }

        public bool AreEmpty => !HasChangedItem && Removed.Count == 0 && Added.Count == 0;

        public void MakeIn(ICollection<TItem> items)
        {
            foreach ((Place place, TItem item) in Replaced)
            {
                if (items is IList<TItem> list)
                {
                    list[place.Index] = item;
                }
                else
                {
                    items.Remove(place.Item);
                    items.Add(item);
                }
            }

            Removed.Reverse(); // The places of the others stay the same.
            foreach (Place place in Removed)
            {
                if (items is IList<TItem> list)
                {
                    list.RemoveAt(place.Index);
                }
                else
                {
                    items.Remove(place.Item);
                }
            }

            foreach (TItem item in Added)
            {
                items.Add(item);
            }
        }
    }
}
