using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

// Arrays.
public ref partial struct PatchScanner
{
    /// <summary>Reads the items of an array, none of which may be null. A value that is no array is a problem, and skipped.</summary>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="item">How to read an item.</param>
    /// <param name="items">Takes the items.</param>
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
        for (int index = 0; body[at] != (byte)']' || index > 0; index++)
        {
            int mark = Problems.Enter();
            T? value = default;
            at = IsNull(at) ? RefuseNull(at) : item.Read(ref this, at, out value);
            if (Problems.LeaveIndex(mark, index))
            {
                items.Add(value!);
            }

            at = body.SkipSpace(at);
            if (body[at] == (byte)']')
            {
                break;
            }

            if (body[at] != (byte)',')
            {
                return Fail(at, MalformedReason.ExpectedCommaOrBracket);
            }

            at = body.SkipSpace(at + 1);
        }

        _depth--;
        return at + 1;
    }
}
