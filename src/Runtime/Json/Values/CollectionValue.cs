using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Compares the items of collections of any type.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPatchItems<T>
{
    /// <summary>Whether two collections have the same items.</summary>
    bool HaveSameItems(IEnumerable<T> left, IEnumerable<T> right);
}

/// <summary>Creates collections.</summary>
/// <typeparam name="TCollection">The type of the collection.</typeparam>
/// <typeparam name="T">The type of the items.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPatchItems<TCollection, T> : IPatchItems<T>
{
    /// <summary>Creates the collection.</summary>
    TCollection From(IEnumerable<T> items);
}

/// <summary>Collections that are created from an array: lists, sets, immutable collections.</summary>
/// <typeparam name="TCollection">The type of the collection.</typeparam>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TArray">How to read the array.</typeparam>
/// <param name="array">How to read the array.</param>
/// <param name="make">Creates the collection from the items.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CollectionValue<TCollection, T, TArray>(TArray array, Func<T[], TCollection> make)
    : IPatchValue<TCollection>, IPatchItems<TCollection, T>
    where TCollection : IEnumerable<T>
    where TArray : struct, IPatchValue<T[]>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out TCollection? value)
    {
        at = array.Read(ref scanner, at, out T[]? items);
        value = Make(items);
        return at;
    }

    /// <inheritdoc/>
    public TCollection From(IEnumerable<T> items) => make(PatchAlgebra.Items(items)!);

    /// <summary>Creates the collection.</summary>
    public TCollection? Make(T[]? items) => items is null ? default : make(items);

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, TCollection value) => array.Write(writer, PatchAlgebra.Items(value)!);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, TCollection value) => array.Check(ref problems, PatchAlgebra.Items(value)!);

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => array.Describe(schema);

    /// <inheritdoc/>
    public bool AreEqual(TCollection left, TCollection right) => HaveSameItems(left, right);

    /// <inheritdoc/>
    public bool HaveSameItems(IEnumerable<T> left, IEnumerable<T> right) =>
        array.AreEqual(PatchAlgebra.Items(left)!, PatchAlgebra.Items(right)!);

    /// <inheritdoc/>
    public int Hash(TCollection value) => array.Hash(PatchAlgebra.Items(value)!);
}

/// <summary>The items of sets: none may be sent twice, and their order does not matter.</summary>
/// <inheritdoc cref="ArrayValue{T, TItem}"/>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UniqueArrayValue<T, TItem>(TItem item) : IPatchValue<T[]>
    where TItem : struct, IPatchValue<T>
{
    private readonly ArrayValue<T, TItem> _array = new(item);

    private ItemComparer<T, TItem> Comparer => new(item);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out T[]? value)
    {
        at = _array.Read(ref scanner, at, out value);
        if (value is not null)
        {
            int entered = scanner.Problems.Enter();
            Check(ref scanner.Problems, value);
            value = scanner.Problems.Count == entered ? value : null;
        }

        return at;
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, T[] value) => _array.Write(writer, value);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T[] value)
    {
        var seen = new HashSet<T>(value.Length, Comparer);
        for (int i = 0; i < value.Length; i++)
        {
            int entered = problems.Enter();
            if (value[i] is null)
            {
                problems.Add(ProblemKind.NullNotAllowed, null, null);
            }
            else if (!seen.Add(value[i]))
            {
                problems.Add(ProblemKind.DuplicateItem, null, null);
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
        _array.Describe(schema);
        schema.Unique();
    }

    /// <inheritdoc/>
    public bool AreEqual(T[] left, T[] right) => left.Length == right.Length && new HashSet<T>(left, Comparer).SetEquals(right);

    /// <inheritdoc/>
    public int Hash(T[] value)
    {
        int sum = 0;
        foreach (T one in value)
        {
            sum += item.Hash(one);
        }

        return HashCode.Combine(value.Length, sum);
    }
}
