using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Arrays of values that are not null.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TItem">How to read an item.</typeparam>
/// <param name="item">How to read an item.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ArrayValue<T, TItem>(TItem item) : IPatchValue<T[]>, IPatchItems<T[], T>
    where TItem : struct, IPatchValue<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out T[]? value)
    {
        ItemBuffer<T> items = default;
        int found = scanner.Problems.Enter();
        at = scanner.ReadItems(at, item, ref items);
        value = scanner.Problems.Count == found ? items.ToArray() : null;
        items.Return();
        return at;
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, T[] value)
    {
        writer.WriteStartArray();
        foreach (T one in value)
        {
            item.Write(writer, one);
        }

        writer.WriteEndArray();
    }

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T[] value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            int entered = problems.Enter();
            if (value[i] is null)
            {
                problems.Add(ProblemKind.NullNotAllowed, null, null);
            }
            else
            {
                item.Check(ref problems, value[i]);
            }

            problems.LeaveIndex(entered, i);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("array");
        schema.Items<T, TItem>(item);
    }

    /// <inheritdoc/>
    public bool AreEqual(T[] left, T[] right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (!item.AreEqual(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public bool HaveSameItems(IEnumerable<T> left, IEnumerable<T> right) => AreEqual(PatchAlgebra.Items(left)!, PatchAlgebra.Items(right)!);

    /// <inheritdoc/>
    public T[] From(IEnumerable<T> items) => PatchAlgebra.Items(items)!;

    /// <inheritdoc/>
    public int Hash(T[] value)
    {
        HashCode hash = default;
        foreach (T one in value)
        {
            hash.Add(item.Hash(one));
        }

        return hash.ToHashCode();
    }
}

/// <summary>Arrays without repeated items: each is kept once, in the order of first occurrence.</summary>
/// <inheritdoc cref="ArrayValue{T, TItem}"/>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DistinctArrayValue<T, TItem>(TItem item) : IPatchValue<T[]>, IPatchItems<T[], T>
    where TItem : struct, IPatchValue<T>
{
    // Created on use, so that the struct stays as small as an item's codec.
    private ArrayValue<T, TItem> Array => new(item);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out T[]? value)
    {
        ItemBuffer<T> items = default;
        int found = scanner.Problems.Enter();
        at = scanner.ReadItems(at, item, ref items);
        value = null;
        if (scanner.Problems.Count == found)
        {
            items.KeepFirstOfEach(item);
            value = items.ToArray();
        }

        items.Return();
        return at;
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, T[] value) => Array.Write(writer, value);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T[] value) => Array.Check(ref problems, value);

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => Array.Describe(schema);

    /// <inheritdoc/>
    public bool AreEqual(T[] left, T[] right) => Array.AreEqual(left, right);

    /// <inheritdoc/>
    public bool HaveSameItems(IEnumerable<T> left, IEnumerable<T> right) => Array.HaveSameItems(left, right);

    /// <inheritdoc/>
    public T[] From(IEnumerable<T> items) => Array.From(items);

    /// <inheritdoc/>
    public int Hash(T[] value) => Array.Hash(value);
}
