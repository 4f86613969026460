using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

/// <summary>Collects the items of an array of unknown length: the first few in place, more in pooled memory.</summary>
internal ref struct ItemBuffer<T>
{
    private const int InPlace = 8;

    /// <summary>Up to this many different items, comparing each pair is fastest and needs no memory.</summary>
    private const int FewItems = 16;

    private Items _first;
    private T[]? _borrowed;
    private Span<T> _all;
    private int _count;

    [UnscopedRef]
    private Span<T> All => _borrowed is null ? _first[.._count] : _all[.._count];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T item)
    {
        if (_count < InPlace)
        {
            _first[_count++] = item;
            return;
        }

        if (_count >= _all.Length)
        {
            Borrow();
        }

        _all[_count++] = item;
    }

    [UnscopedRef]
    public T[] ToArray()
    {
        if (_borrowed is not null || _count == 0)
        {
            return _count == 0 ? [] : All.ToArray();
        }

        // So few items are copied faster one by one.
        T[] items = new T[_count];
        Span<T> to = items;
        ReadOnlySpan<T> from = _first[..to.Length];
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = from[i];
        }

        return items;
    }

    /// <summary>Removes repeated items.</summary>
    public void KeepFirstOfEach<TItem>(TItem item)
        where TItem : struct, IPatchValue<T>
    {
        Span<T> all = All;
        int kept = Math.Min(1, all.Length);
        for (int i = 1; i < all.Length; i++)
        {
            if (kept == FewItems)
            {
                kept = KeepFirstOfMany(all, kept, i, item);
                break;
            }

            if (!Holds(all[..kept], all[i], item))
            {
                all[kept++] = all[i];
            }
        }

        _count = kept;
    }

    /// <summary>Continues from the item at <paramref name="next"/> with a set.</summary>
    /// <returns>How many items are kept.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int KeepFirstOfMany<TItem>(Span<T> all, int kept, int next, TItem item)
        where TItem : struct, IPatchValue<T>
    {
        var seen = new HashSet<T>(all.Length, new ItemComparer<T, TItem>(item));
        foreach (T one in all[..kept])
        {
            seen.Add(one);
        }

        foreach (T one in all[next..])
        {
            if (seen.Add(one))
            {
                all[kept++] = one;
            }
        }

        return kept;
    }

    /// <summary>Returns the pooled memory.</summary>
    public readonly void Return()
    {
        if (_borrowed is not null)
        {
            ArrayPool<T>.Shared.Return(_borrowed, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        }
    }

    private static bool Holds<TItem>(ReadOnlySpan<T> kept, T one, TItem item)
        where TItem : struct, IPatchValue<T>
    {
        foreach (T first in kept)
        {
            if (item.AreEqual(first, one))
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Borrow()
    {
        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(64, 4 * _count));
        All.CopyTo(larger);
        Return();
        _borrowed = larger;
        _all = larger;
    }

    [InlineArray(InPlace)]
    private struct Items
    {
        [SuppressMessage("Style", "IDE0044", Justification = "An inline array is written through its elements.")]
        private T _item;
    }
}

/// <summary>Compares items by their codec.</summary>
internal sealed class ItemComparer<T, TItem>(TItem item) : IEqualityComparer<T>
    where TItem : struct, IPatchValue<T>
{
    public bool Equals(T? left, T? right) => item.AreEqual(left!, right!);

    public int GetHashCode(T value) => item.Hash(value);
}
