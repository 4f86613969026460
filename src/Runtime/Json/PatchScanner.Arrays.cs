using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

// Arrays.
public ref partial struct PatchScanner
{
    /// <summary>Reads the items of an array, none of which may be null. A value that is no array is a problem, and skipped.</summary>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="item">How to read an item.</param>
    /// <param name="items">Takes the items.</param>
    /// <param name="accepted">Whether there was no problem.</param>
    /// <returns>The position after the value.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal int ReadItems<T, TItem>(int at, TItem item, ref ItemBuffer<T> items, out bool accepted)
        where TItem : struct, IPatchValue<T>
    {
        accepted = false;
        PaddedUtf8 body = _body;
        if (body[at] != (byte)'[')
        {
            return WrongType(at, ProblemTexts.Array);
        }

        if (_depth == _maxDepth)
        {
            return TooDeep();
        }

        int found = Problems.Count;
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
        accepted = Problems.Count == found;
        return at + 1;
    }
}
