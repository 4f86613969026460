using System.ComponentModel;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Objects whose names are keys, in a dictionary: merged by key, and null removes one.</summary>
/// <typeparam name="TMap">
/// The type of the dictionary, which enumerates pairs of <typeparamref name="TKey"/> and <typeparamref name="T"/>.
/// </typeparam>
/// <typeparam name="TKey">The type of the keys: string, a whole number or <see cref="Guid"/>.</typeparam>
/// <typeparam name="T">The type of the values.</typeparam>
/// <typeparam name="TItem">How to read a value.</typeparam>
/// <param name="item">How to read a value.</param>
/// <param name="takesNull">Whether null may be sent for a key, and removes it.</param>
/// <param name="make">Creates the dictionary from the members.</param>
/// <param name="isList">Whether documents have a list, in which even an empty value changes something: it creates an item.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MapValue<TMap, TKey, T, TItem>(
    TItem item, bool takesNull, Func<Dictionary<TKey, T?>, TMap> make, bool isList = false)
    : IPatchValue<TMap>, INestedPatch
    where TMap : class
    where TKey : notnull, IParsable<TKey>
    where TItem : struct, IPatchValue<T>
{
    /// <summary>How to read a value.</summary>
    public TItem Item => item;

    /// <summary>Whether null may be sent for a key, and removes it.</summary>
    public bool TakesNull => takesNull;

    /// <inheritdoc/>
    MemberTable? INestedPatch.Table => (item as INestedPatch)?.Table;

    /// <inheritdoc/>
    string INestedPatch.Path => ".*" + (item as INestedPatch)?.Path;

    /// <inheritdoc/>
    static bool IPatchValue<TMap>.IsMerged => true;

    /// <inheritdoc/>
    static bool IPatchValue<TMap>.KeepsObjects => TItem.KeepsObjects;

    /// <inheritdoc/>
    public int Read(ref PatchScanner scanner, int at, out TMap? value)
    {
        at = scanner.ReadMap(at, item, takesNull, out Dictionary<TKey, T?>? members);
        value = Make(members);
        return at;
    }

    /// <summary>Creates the dictionary.</summary>
    public TMap? Make(Dictionary<TKey, T?>? members) => members is null ? null : make(members);

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, TMap value)
    {
        writer.WriteStartObject();
        foreach ((TKey key, T? one) in Members(value))
        {
            writer.WritePropertyName(PatchKey.ToName(key));
            if (one is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                item.Write(writer, one);
            }
        }

        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, TMap value)
    {
        int count = 0;
        foreach ((TKey key, T? one) in Members(value))
        {
            string name = PatchKey.ToName(key);
            problems.CheckName(name, problems.Limits.MaxOpenNameLength);
            int entered = problems.Enter();
            if (one is not null)
            {
                item.Check(ref problems, one);
            }
            else if (!takesNull)
            {
                problems.Add(ProblemKind.NullNotAllowed, null, null);
            }

            problems.Leave(entered, name);

            count++;
        }

        if (count > problems.Limits.MaxOpenMembers)
        {
            problems.Add(ProblemKind.TooManyKeys, null, null, 0, problems.Limits.MaxOpenMembers);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("object");
        schema.Values<TKey, T, TItem>(item, takesNull);
    }

    /// <inheritdoc/>
    public bool AreEqual(TMap left, TMap right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        Dictionary<TKey, T?> members = PatchMaps.Copy(Members(left)), others = PatchMaps.Copy(Members(right));
        foreach ((TKey key, T? one) in members)
        {
            if (!others.TryGetValue(key, out T? other)
                || !(one is null || other is null ? one is null && other is null : item.AreEqual(one, other)))
            {
                return false;
            }
        }

        return members.Count == others.Count;
    }

    /// <inheritdoc/>
    public int Hash(TMap value)
    {
        // The order of members does not matter.
        int sum = 0;
        foreach ((TKey key, T? one) in Members(value))
        {
            sum += HashCode.Combine(PatchKey.Hash(key), one is null ? 0 : item.Hash(one));
        }

        return HashCode.Combine(sum);
    }

    /// <inheritdoc/>
    public bool IsEmpty(TMap value) => !Members(value).Any();

    /// <inheritdoc/>
    public TMap Merge(TMap earlier, TMap later, string member)
    {
        Dictionary<TKey, T?> merged = PatchMaps.Copy(Members(earlier));
        foreach ((TKey key, T? sent) in Members(later))
        {
            if (!TItem.IsMerged || sent is null || !merged.TryGetValue(key, out T? was))
            {
                merged[key] = sent;
            }
            else if (was is not null)
            {
                merged[key] = item.Merge(was, sent, $"{member}.{PatchKey.ToName(key)}");
            }
            else if (isList || !item.IsEmpty(sent))
            {
                throw PatchAlgebra.Cleared($"{member}.{PatchKey.ToName(key)}");
            }
        }

        return make(merged);
    }

    private static IEnumerable<KeyValuePair<TKey, T?>> Members(TMap map) => (IEnumerable<KeyValuePair<TKey, T?>>)map;
}
