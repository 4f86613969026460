using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Layers.PatchGen.Json;

/// <summary>Receives the names of a value's objects.</summary>
internal interface INameObserver
{
    void ObjectStarts();

    /// <summary>A name: its first byte, its closing quote, and whether there are escapes between them.</summary>
    void Observe(int start, int quote, bool escaped);

    void ObjectEnds();
}

/// <summary>
/// Finds duplicate names in the objects of a value, at any depth. Names are compared after unescaping. Takes at most
/// O(n log n) comparisons for any names, and only pooled memory, or none for a few names.
/// </summary>
internal ref struct DuplicateNames(PaddedUtf8 body) : INameObserver
{
    /// <summary>Up to this many names, comparing each pair is fastest.</summary>
    private const int Few = 8;

    private readonly PaddedUtf8 _body = body;
    private FewNames _fewNames;
    private Name[]? _names;
    private int _nameCount;
    private FewObjects _fewObjects;
    private int[]? _objects;
    private int _objectCount;
    private byte[]? _text;
    private int _textLength;
    private List<int>? _duplicates;

    public void ObjectStarts()
    {
        Span<int> objects = _objects ?? (Span<int>)_fewObjects;
        if (_objectCount == objects.Length)
        {
            objects = Grow(ref _objects, objects);
        }

        objects[_objectCount++] = _nameCount;
    }

    public void Observe(int start, int quote, bool escaped)
    {
        Span<Name> names = _names ?? (Span<Name>)_fewNames;
        if (_nameCount == names.Length)
        {
            names = Grow(ref _names, names);
        }

        names[_nameCount++] = escaped
            ? Unescaped(start, quote)
            : new Name(start, start, quote - start, HeadOf(_body.Between(start, quote)));
    }

    public void ObjectEnds()
    {
        int first = (_objects ?? (Span<int>)_fewObjects)[--_objectCount];
        Span<Name> names = (_names ?? (Span<Name>)_fewNames)[first.._nameCount];
        _nameCount = first;
        if (names.Length <= Few)
        {
            CompareEach(names);
        }
        else
        {
            CompareSorted(names);
        }
    }

    /// <summary>Returns the pooled memory.</summary>
    /// <returns>The positions of the names that are duplicates, in ascending order; null if there are none.</returns>
    public readonly List<int>? Finish()
    {
        Return(_names);
        Return(_objects);
        Return(_text);
        _duplicates?.Sort();
        return _duplicates;
    }

    private void CompareEach(scoped ReadOnlySpan<Name> names)
    {
        for (int i = 1; i < names.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Compare(names[i], names[j]) == 0)
                {
                    (_duplicates ??= []).Add(names[i].At);
                    break;
                }
            }
        }
    }

    private void CompareSorted(scoped Span<Name> names)
    {
        Sort(names);
        int at = names[0].At;
        for (int i = 1; i < names.Length; i++)
        {
            // Equal names are in no particular order: all but the least position of a run are duplicates.
            bool same = Compare(names[i], names[i - 1]) == 0;
            if (same)
            {
                (_duplicates ??= []).Add(Math.Max(at, names[i].At));
            }

            at = same ? Math.Min(at, names[i].At) : names[i].At;
        }
    }

    /// <summary>Sorts a heap in place: n log n comparisons at worst.</summary>
    private readonly void Sort(scoped Span<Name> names)
    {
        for (int i = names.Length / 2 - 1; i >= 0; i--)
        {
            Sink(names, i);
        }

        for (int end = names.Length - 1; end > 0; end--)
        {
            (names[0], names[end]) = (names[end], names[0]);
            Sink(names[..end], 0);
        }
    }

    private readonly void Sink(scoped Span<Name> names, int parent)
    {
        Name sinking = names[parent];
        for (int child = 2 * parent + 1; child < names.Length; child = 2 * parent + 1)
        {
            if (child + 1 < names.Length && Compare(names[child], names[child + 1]) < 0)
            {
                child++;
            }

            if (Compare(sinking, names[child]) >= 0)
            {
                break;
            }

            names[parent] = names[child];
            parent = child;
        }

        names[parent] = sinking;
    }

    private readonly int Compare(in Name left, in Name right)
    {
        if (left.Length != right.Length)
        {
            return left.Length < right.Length ? -1 : 1;
        }

        if (left.Head != right.Head)
        {
            return left.Head < right.Head ? -1 : 1;
        }

        return left.Length <= sizeof(ulong) ? 0 : TextOf(left).SequenceCompareTo(TextOf(right));
    }

    private readonly ReadOnlySpan<byte> TextOf(in Name name) =>
        name.Start < 0 ? _text.AsSpan(~name.Start, name.Length) : _body.Between(name.Start, name.Start + name.Length);

    private Name Unescaped(int start, int quote)
    {
        if (_text is null || _text.Length - _textLength < quote - start)
        {
            Grow(ref _text, _text.AsSpan(0, _textLength), quote - start);
        }

        int textAt = _textLength;
        int length = PatchScanner.Unescape(_body, start, quote, _text.AsSpan(textAt));
        _textLength += length;
        return new Name(start, ~textAt, length, HeadOf(_text.AsSpan(textAt, length)));
    }

    private static ulong HeadOf(ReadOnlySpan<byte> text)
    {
        ulong head = 0;
        text[..Math.Min(text.Length, sizeof(ulong))].CopyTo(MemoryMarshal.AsBytes(new Span<ulong>(ref head)));
        return head;
    }

    /// <summary>Copies items to where there is room for more.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<T> Grow<T>(ref T[]? rented, scoped ReadOnlySpan<T> items, int more = 1)
    {
        T[] grown = ArrayPool<T>.Shared.Rent(Math.Max(64, Math.Max(items.Length + more, 2 * items.Length)));
        items.CopyTo(grown);
        Return(rented);
        rented = grown;
        return grown;
    }

    private static void Return<T>(T[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    [InlineArray(Few)]
    private struct FewNames
    {
        private Name _first;
    }

    [InlineArray(Few)]
    private struct FewObjects
    {
        private int _first;
    }

    /// <summary>A name.</summary>
    /// <param name="At">Its position in the body.</param>
    /// <param name="Start">Where its text begins: in the body, or the complement of the position among the unescaped names.</param>
    /// <param name="Length">The length of the text, in bytes.</param>
    /// <param name="Head">The first eight bytes of the text, as they are loaded.</param>
    private readonly record struct Name(int At, int Start, int Length, ulong Head);
}
