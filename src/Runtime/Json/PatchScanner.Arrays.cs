using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

// Arrays.
public ref partial struct PatchScanner
{
    /// <summary>Reads the items of an array, none of which may be null. Any other value is a problem and is skipped.</summary>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="item">How to read an item.</param>
    /// <param name="items">Receives the items.</param>
    /// <returns>The position after the value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int ReadItems<T, TItem>(int at, TItem item, ref ItemBuffer<T> items)
        where TItem : struct, IPatchValue<T>
    {
        PaddedUtf8 body = _body;
        if (body[at] != (byte)'[')
        {
            return WrongType(at, ProblemTexts.Array);
        }

        if (_depth == _maxDepth)
        {
            return TooDeep();
        }

        _depth++;
        at = body.SkipSpace(at + 1);
        at = body[at] == (byte)']' ? Leave(at) : at;
        for (int index = 0; at >= 0; index++, at = NextItem(at))
        {
            int mark = Problems.Enter();
            T? value = default;
            at = IsNull(at) ? RejectNull(at) : item.Read(ref this, at, out value);
            if (Problems.LeaveIndex(mark, index))
            {
                items.Add(value!);
            }
        }

        return ~at;
    }

    /// <summary>Advances to the next item of an array.</summary>
    /// <param name="at">The position after an item.</param>
    /// <returns>The first byte of the next item; or, if there is none, the complement of the position after the array.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextItem(int at)
    {
        int next = _body.Load2(at);
        if ((byte)next == (byte)',' && next >> 8 > ' ')
        {
            return at + 1;
        }

        return (byte)next == (byte)']' ? Leave(at) : NextItemInSpace(at);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int NextItemInSpace(int at)
    {
        PaddedUtf8 body = _body;
        at = body.SkipLikelySpace(at);
        if (body[at] == (byte)']')
        {
            return Leave(at);
        }

        return body[at] == (byte)',' ? body.SkipLikelySpace(at + 1) : ~Fail(at, MalformedReason.ExpectedCommaOrBracket);
    }
}
