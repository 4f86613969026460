using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

// Skipping values: the grammar of values of any kind (RFC 8259 sections 2 to 6).
public ref partial struct PatchScanner
{
    /// <summary>Skips a value and checks it.</summary>
    /// <param name="at">The first byte of the value.</param>
    /// <returns>The position after it.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Skip(int at)
    {
        if (_body[at] is not ((byte)'{' or (byte)'['))
        {
            return SkipScalar(at);
        }

        NoNames names = default;
        return Walk(at, ref names);
    }

    /// <summary>
    /// Skips a value of any kind and checks it, without recursion; an observer receives the names in it.
    /// </summary>
    private int Walk<TObserver>(int at, scoped ref TObserver observer)
        where TObserver : struct, INameObserver, allows ref struct
    {
        PaddedUtf8 body = _body;
        Levels objects = default;
        int room = _maxDepth - _depth;
        int depth = 0;
        while (true)
        {
            byte first = body[at];
            if (first is (byte)'{' or (byte)'[')
            {
                if (depth == room)
                {
                    return TooDeep();
                }

                bool isObject = first == (byte)'{';
                objects.Set(depth++, isObject);
                at = body.SkipSpace(at + 1);
                if (isObject)
                {
                    observer.ObjectStarts();
                    if (body[at] != (byte)'}')
                    {
                        at = WalkName(at, ref observer);
                        continue;
                    }
                }
                else if (body[at] != (byte)']')
                {
                    continue;
                }
            }
            else
            {
                at = SkipScalar(at);
            }

            // After a value: advance to the next one of the same object or array, or leave those that end here.
            while (true)
            {
                if (depth == 0)
                {
                    return at;
                }

                at = body.SkipSpace(at);
                bool inObject = objects.Get(depth - 1);
                if (body[at] == (byte)',')
                {
                    at = body.SkipSpace(at + 1);
                    if (inObject)
                    {
                        at = WalkName(at, ref observer);
                    }

                    break;
                }

                if (body[at] != (inObject ? (byte)'}' : (byte)']'))
                {
                    return Fail(at, inObject ? MalformedReason.ExpectedCommaOrBrace : MalformedReason.ExpectedCommaOrBracket);
                }

                if (inObject)
                {
                    observer.ObjectEnds();
                }

                depth--;
                at++;
            }
        }
    }

    private int WalkName<TObserver>(int at, scoped ref TObserver observer)
        where TObserver : struct, INameObserver, allows ref struct
    {
        PaddedUtf8 body = _body;
        if (body[at] != (byte)'"')
        {
            return Fail(at, MalformedReason.ExpectedName);
        }

        int start = at + 1;
        int quote = body.PlainEnd(start);
        bool escaped = false;
        if (body[quote] != (byte)'"')
        {
            quote = FindQuote(quote, out escaped);
            if (quote < 0 || !CheckUtf8(start, quote))
            {
                return body.End;
            }
        }

        observer.Observe(start, quote, escaped);
        return Colon(quote + 1);
    }

    private int SkipScalar(int at)
    {
        switch (_body[at])
        {
            case (byte)'"':
                return SkipString(at + 1);
            case (byte)'t' when _body.Load4(at) == Literal.True:
            case (byte)'n' when _body.Load4(at) == Literal.Null:
                return at + 4;
            case (byte)'f' when _body.Load4(at + 1) == Literal.False:
                return at + 5;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return SkipNumber(at, out _);
            default:
                return Fail(at, MalformedReason.ExpectedValue);
        }
    }

    /// <summary>Skips a number and checks it.</summary>
    /// <param name="at">Its sign or first digit.</param>
    /// <param name="whole">Whether it has neither fraction nor exponent.</param>
    private int SkipNumber(int at, out bool whole)
    {
        PaddedUtf8 body = _body;
        whole = true;
        if (body[at] == (byte)'-')
        {
            at++;
        }

        int digits = at;
        at = SkipDigits(body, at);
        if (at == digits)
        {
            return Fail(at, MalformedReason.ExpectedDigit);
        }

        if (body[digits] == (byte)'0' && at > digits + 1)
        {
            return Fail(digits, MalformedReason.LeadingZero);
        }

        if (body[at] == (byte)'.')
        {
            whole = false;
            digits = at + 1;
            at = SkipDigits(body, digits);
            if (at == digits)
            {
                return Fail(at, MalformedReason.ExpectedDigit);
            }
        }

        if ((body[at] | 0x20) == 'e')
        {
            whole = false;
            digits = body[at + 1] is (byte)'+' or (byte)'-' ? at + 2 : at + 1;
            at = SkipDigits(body, digits);
            if (at == digits)
            {
                return Fail(at, MalformedReason.ExpectedDigit);
            }
        }

        return at;
    }

    private static int SkipDigits(PaddedUtf8 body, int at)
    {
        while ((uint)(body[at] - '0') <= 9)
        {
            at++;
        }

        return at;
    }

    private readonly struct NoNames : INameObserver
    {
        public void ObjectStarts()
        {
        }

        public void Observe(int start, int quote, bool escaped)
        {
        }

        public void ObjectEnds()
        {
        }
    }

    /// <summary>One bit per level: whether it is an object.</summary>
    [InlineArray(PatchReadOptions.DepthLimit / 64)]
    private struct Levels
    {
        private ulong _bits;

        public void Set(int level, bool isObject)
        {
            ref ulong bits = ref this[level >> 6];
            bits = isObject ? bits | 1UL << level : bits & ~(1UL << level);
        }

        public readonly bool Get(int level) => (this[level >> 6] >> level & 1) != 0;
    }

    /// <summary>The literals of JSON as they are loaded.</summary>
    private static class Literal
    {
        public const uint Null = 'n' | 'u' << 8 | 'l' << 16 | (uint)'l' << 24;
        public const uint True = 't' | 'r' << 8 | 'u' << 16 | (uint)'e' << 24;

        /// <summary>Without its first letter.</summary>
        public const uint False = 'a' | 'l' << 8 | 's' << 16 | (uint)'e' << 24;
    }
}
