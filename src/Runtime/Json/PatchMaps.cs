using System.Collections.Frozen;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Layers.PatchGen.Json;

/// <summary>
/// Merges dictionaries by key, and compares them. Called by generated code.
/// </summary>
/// <remarks>
/// The plain overloads take values of the document's type, <c>Nullable</c> those of a struct that may be null, <c>Patches</c> patches.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PatchMaps
{
    /// <summary>Sets the keys that were sent, and removes those sent as null; the others keep their order.</summary>
    /// <param name="item">How values are compared.</param>
    /// <param name="members">The current dictionary.</param>
    /// <param name="sent">The dictionary that was sent.</param>
    /// <param name="merged">The merged members.</param>
    /// <returns>Whether anything changes.</returns>
    public static bool TryMerge<T, TItem>(
        TItem item,
        IEnumerable<KeyValuePair<string, T>>? members,
        IEnumerable<KeyValuePair<string, T>> sent,
        out Dictionary<string, T> merged)
        where TItem : struct, IPatchValue<T> => TryMerge<T, T, ValueOperation<T, TItem>>(new(item), members, sent, out merged);

    /// <inheritdoc cref="TryMerge{T, TItem}"/>
    public static bool TryMergeNullable<T, TItem>(
        TItem item,
        IEnumerable<KeyValuePair<string, T>>? members,
        IEnumerable<KeyValuePair<string, T?>> sent,
        out Dictionary<string, T> merged)
        where T : struct
        where TItem : struct, IPatchValue<T?> => TryMerge<T?, T, NullableOperation<T, TItem>>(new(item), members, sent, out merged);

    /// <inheritdoc cref="TryMerge{T, TItem}"/>
    public static bool TryMergePatches<TPatch, TDocument>(
        IEnumerable<KeyValuePair<string, TDocument>>? members,
        IEnumerable<KeyValuePair<string, TPatch>> sent,
        out Dictionary<string, TDocument> merged)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : new() => TryMerge<TPatch, TDocument, PatchOperation<TPatch, TDocument>>(default, members, sent, out merged);

    /// <inheritdoc cref="TryMerge{T, TItem}"/>
    public static bool TryMergeNullablePatches<TPatch, TDocument>(
        IEnumerable<KeyValuePair<string, TDocument>>? members,
        IEnumerable<KeyValuePair<string, TPatch?>> sent,
        out Dictionary<string, TDocument> merged)
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : new() =>
        TryMerge<TPatch?, TDocument, NullablePatchOperation<TPatch, TDocument>>(default, members, sent, out merged);

    /// <summary>The difference of two dictionaries: the keys that were added or changed, and null for those that were removed.</summary>
    /// <param name="item">How values are compared.</param>
    /// <param name="before">The current dictionary.</param>
    /// <param name="after">The wanted dictionary.</param>
    /// <param name="rules">What the member allows.</param>
    /// <param name="changes">The changes; null if the dictionary was removed.</param>
    /// <returns>Whether there is a difference.</returns>
    /// <exception cref="InvalidOperationException">The difference cannot be expressed as a patch.</exception>
    public static bool TryDiff<T, TItem>(
        TItem item,
        IEnumerable<KeyValuePair<string, T>>? before,
        IEnumerable<KeyValuePair<string, T>>? after,
        MapRules rules,
        out Dictionary<string, T?>? changes)
        where TItem : struct, IPatchValue<T> => TryDiff<T, T, ValueOperation<T, TItem>>(new(item), before, after, rules, out changes);

    /// <inheritdoc cref="TryDiff{T, TItem}"/>
    public static bool TryDiffNullable<T, TItem>(
        TItem item,
        IEnumerable<KeyValuePair<string, T>>? before,
        IEnumerable<KeyValuePair<string, T>>? after,
        MapRules rules,
        out Dictionary<string, T?>? changes)
        where T : struct
        where TItem : struct, IPatchValue<T?> => TryDiff<T?, T, NullableOperation<T, TItem>>(new(item), before, after, rules, out changes);

    /// <inheritdoc cref="TryDiff{T, TItem}"/>
    public static bool TryDiffPatches<TPatch, TDocument>(
        IEnumerable<KeyValuePair<string, TDocument>>? before,
        IEnumerable<KeyValuePair<string, TDocument>>? after,
        MapRules rules,
        out Dictionary<string, TPatch?>? changes)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : new() =>
        TryDiff<TPatch, TDocument, PatchOperation<TPatch, TDocument>>(default, before, after, rules, out changes);

    /// <inheritdoc cref="TryDiff{T, TItem}"/>
    public static bool TryDiffNullablePatches<TPatch, TDocument>(
        IEnumerable<KeyValuePair<string, TDocument>>? before,
        IEnumerable<KeyValuePair<string, TDocument>>? after,
        MapRules rules,
        out Dictionary<string, TPatch?>? changes)
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : new() =>
        TryDiff<TPatch?, TDocument, NullablePatchOperation<TPatch, TDocument>>(default, before, after, rules, out changes);

    /// <summary>The members in a dictionary of that type; null for none.</summary>
    [return: NotNullIfNotNull(nameof(members))]
    public static ImmutableDictionary<string, T>? Immutable<T>(Dictionary<string, T>? members) =>
        members?.ToImmutableDictionary(StringComparer.Ordinal);

    /// <inheritdoc cref="Immutable{T}"/>
    [return: NotNullIfNotNull(nameof(members))]
    public static ImmutableSortedDictionary<string, T>? ImmutableSorted<T>(Dictionary<string, T>? members) =>
        members?.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <inheritdoc cref="Immutable{T}"/>
    [return: NotNullIfNotNull(nameof(members))]
    public static FrozenDictionary<string, T>? Frozen<T>(Dictionary<string, T>? members) =>
        members?.ToFrozenDictionary(StringComparer.Ordinal);

    /// <inheritdoc cref="Immutable{T}"/>
    [return: NotNullIfNotNull(nameof(members))]
    public static SortedDictionary<string, T>? Sorted<T>(Dictionary<string, T>? members) =>
        members is null ? null : new(members, StringComparer.Ordinal);

    /// <summary>The members by key; the last of duplicates is used, which another comparer may allow.</summary>
    internal static Dictionary<TKey, T> Copy<TKey, T>(IEnumerable<KeyValuePair<TKey, T>>? members)
        where TKey : notnull
    {
        var copy = new Dictionary<TKey, T>(PatchKey.Comparer<TKey>());
        foreach ((TKey key, T value) in members ?? [])
        {
            copy[key] = value;
        }

        return copy;
    }

    private static bool TryMerge<TSent, TKept, TOperation>(
        TOperation operation,
        IEnumerable<KeyValuePair<string, TKept>>? members,
        IEnumerable<KeyValuePair<string, TSent>> sent,
        out Dictionary<string, TKept> merged)
        where TOperation : struct, IOperation<TSent, TKept>
    {
        merged = Copy(members);
        bool changed = false;
        List<string>? removed = null;
        foreach ((string name, TSent value) in sent)
        {
            if (value is null)
            {
                (removed ??= []).Add(name); // Removed later, so that new keys do not take their places.
                continue;
            }

            bool exists = merged.TryGetValue(name, out TKept? kept);
            if (operation.TryApply(exists, kept, value, out TKept result))
            {
                merged[name] = result;
                changed = true;
            }
        }

        foreach (string name in removed ?? [])
        {
            changed |= merged.Remove(name);
        }

        return changed;
    }

    private static bool TryDiff<TSent, TKept, TOperation>(
        TOperation operation,
        IEnumerable<KeyValuePair<string, TKept>>? before,
        IEnumerable<KeyValuePair<string, TKept>>? after,
        MapRules rules,
        out Dictionary<string, TSent?>? changes)
        where TOperation : struct, IOperation<TSent, TKept>
    {
        changes = null;
        if (after is null)
        {
            return before is not null && (rules.IsNullable ? true : throw PatchAlgebra.Unsayable(rules.Member, PatchAlgebra.NotNullable));
        }

        Dictionary<string, TKept> old = Copy(before);
        changes = new Dictionary<string, TSent?>(StringComparer.Ordinal);
        foreach ((string name, TKept value) in Copy(after))
        {
            bool existed = old.Remove(name, out TKept? was);
            if (value is null)
            {
                _ = existed && was is null ? true : throw PatchAlgebra.Unsayable(name, PatchAlgebra.BecameNull);
            }
            else if (operation.TryDiff(existed, was, value, out TSent? sent))
            {
                changes.Add(name, sent);
            }
            else if (!existed)
            {
                throw PatchAlgebra.Unsayable(name, PatchAlgebra.MadeEmpty);
            }
        }

        foreach (string name in old.Keys)
        {
            changes.Add(name, rules.TakesNull ? default : throw PatchAlgebra.Unsayable(name, PatchAlgebra.NotNullable));
        }

        return changes.Count > 0 || (before is null ? throw PatchAlgebra.Unsayable(rules.Member, PatchAlgebra.MadeEmpty) : false);
    }

    /// <summary>The operations on the value of one key.</summary>
    /// <typeparam name="TSent">The type of what is sent.</typeparam>
    /// <typeparam name="TKept">The type of what the document keeps.</typeparam>
    private interface IOperation<TSent, TKept>
    {
        /// <summary>The new value; false if nothing changes.</summary>
        bool TryApply(bool exists, TKept? kept, TSent sent, out TKept result);

        /// <summary>The difference of two values; false if there is none.</summary>
        bool TryDiff(bool existed, TKept? before, TKept after, out TSent? sent);
    }

    private readonly struct ValueOperation<T, TItem>(TItem item) : IOperation<T, T>
        where TItem : struct, IPatchValue<T>
    {
        public bool TryApply(bool exists, T? kept, T sent, out T result)
        {
            result = sent;
            return !exists || kept is null || !item.AreEqual(kept, sent);
        }

        public bool TryDiff(bool existed, T? before, T after, out T? sent) => TryApply(existed, before, after, out sent);
    }

    private readonly struct NullableOperation<T, TItem>(TItem item) : IOperation<T?, T>
        where T : struct
        where TItem : struct, IPatchValue<T?>
    {
        public bool TryApply(bool exists, T kept, T? sent, out T result)
        {
            result = sent.GetValueOrDefault();
            return !exists || !item.AreEqual(kept, sent);
        }

        public bool TryDiff(bool existed, T before, T after, out T? sent)
        {
            sent = after;
            return !existed || !item.AreEqual(before, after);
        }
    }

    private readonly struct PatchOperation<TPatch, TDocument> : IOperation<TPatch, TDocument>
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : new()
    {
        public bool TryApply(bool exists, TDocument? kept, TPatch sent, out TDocument result)
        {
            bool isNew = !exists || kept is null;
            if (isNew && sent.IsEmpty)
            {
                result = kept!;
                return false;
            }

            result = sent.ApplyTo(isNew ? new TDocument() : kept!, out MemberSet<TPatch> changed);
            return !changed.IsEmpty || isNew;
        }

        public bool TryDiff(bool existed, TDocument? before, TDocument after, out TPatch? sent)
        {
            sent = TPatch.Diff(existed && before is not null ? before : new TDocument(), after);
            return !sent.IsEmpty;
        }
    }

    private readonly struct NullablePatchOperation<TPatch, TDocument> : IOperation<TPatch?, TDocument>
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : new()
    {
        public bool TryApply(bool exists, TDocument? kept, TPatch? sent, out TDocument result) =>
            default(PatchOperation<TPatch, TDocument>).TryApply(exists, kept, sent.GetValueOrDefault(), out result);

        public bool TryDiff(bool existed, TDocument? before, TDocument after, out TPatch? sent)
        {
            bool differs = default(PatchOperation<TPatch, TDocument>).TryDiff(existed, before, after, out TPatch patch);
            sent = patch;
            return differs;
        }
    }
}

/// <summary>What a member that is a dictionary allows.</summary>
/// <param name="Member">Its name.</param>
/// <param name="IsNullable">It can be cleared.</param>
/// <param name="TakesNull">Its keys can be removed.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct MapRules(string Member, bool IsNullable, bool TakesNull);
