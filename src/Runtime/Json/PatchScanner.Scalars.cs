using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

// Shared by the readers of single values.
public ref partial struct PatchScanner
{
    // The most digits that cannot overflow.
    private const int SafeDigits = 18;

    internal int ReadBoolean(int at, out bool value)
    {
        PaddedUtf8 body = _body;
        uint word = body.Load4(at);
        value = word == Literal.True;
        if (value)
        {
            return at + 4;
        }

        return body[at] == (byte)'f' && body.Load4(at + 1) == Literal.False ? at + 5 : WrongType(at, ProblemTexts.Boolean);
    }

    internal int ReadInteger<T>(int at, out T value)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        PaddedUtf8 body = _body;
        bool negative = body[at] == (byte)'-';
        int digits = negative ? at + 1 : at;
        int end = digits;
        long number = 0;
        for (uint digit; (digit = (uint)(body[end] - '0')) <= 9; end++)
        {
            number = number * 10 + digit;
        }

        int count = end - digits;
        if (count is 0 or > SafeDigits || (body[digits] == (byte)'0' && count > 1) || body[end] == (byte)'.' || (body[end] | 0x20) == 'e')
        {
            return ReadUnusualInteger(at, out value);
        }

        number = negative ? -number : number;
        if (number < long.CreateSaturating(T.MinValue) || number > long.CreateSaturating(T.MaxValue))
        {
            value = default;
            return OutOfRange(end, IntegerLimits<T>.Instance);
        }

        value = T.CreateTruncating(number);
        return end;
    }

    /// <summary>Reads a number of at most 18 digits without an exponent, the usual case.</summary>
    /// <param name="at">The first byte of a value.</param>
    /// <param name="digits">Its digits, those of the fraction included.</param>
    /// <param name="scale">How many of them are of the fraction.</param>
    /// <returns>The position after it; negative if the value is anything else.</returns>
    internal readonly int ReadShortNumber(int at, out ulong digits, out int scale)
    {
        PaddedUtf8 body = _body;
        int first = body[at] == (byte)'-' ? at + 1 : at;
        int end = first;
        digits = 0;
        scale = 0;
        for (uint digit; (digit = (uint)(body[end] - '0')) <= 9; end++)
        {
            digits = digits * 10 + digit;
        }

        int count = end - first;
        if (count == 0 || (body[first] == (byte)'0' && count > 1))
        {
            return -1;
        }

        if (body[end] == (byte)'.')
        {
            int fraction = ++end;
            for (uint digit; (digit = (uint)(body[end] - '0')) <= 9; end++)
            {
                digits = digits * 10 + digit;
            }

            scale = end - fraction;
            if (scale == 0)
            {
                return -1;
            }
        }

        return count + scale > SafeDigits || (body[end] | 0x20) == 'e' ? -1 : end;
    }

    /// <summary>Skips a number; any other value is a problem and is skipped.</summary>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="whole">Whether it has neither fraction nor exponent.</param>
    /// <returns>The position after the number; or, if there is none, the complement of the position after the value.</returns>
    internal int ReadNumber(int at, string expected, out bool whole)
    {
        byte first = _body[at];
        if (first != (byte)'-' && (uint)(first - '0') > 9)
        {
            whole = false;
            return ~WrongType(at, expected);
        }

        int end = SkipNumber(at, out whole);
        return Problems.HasFailed ? ~end : end;
    }

    /// <summary>Reports a value outside its range.</summary>
    /// <param name="end">The position after the value, which is returned.</param>
    /// <param name="limits">The range.</param>
    internal int OutOfRange(int end, Limits limits)
    {
        Problems.Add(ProblemKind.OutOfRange, null, limits);
        return end;
    }

    /// <summary>Reports a string that does not have the expected format.</summary>
    /// <param name="end">The position after the string, which is returned.</param>
    /// <param name="format">The format.</param>
    internal int BadFormat(int end, string format)
    {
        Problems.Add(ProblemKind.BadFormat, null, format);
        return end;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ReadUnusualInteger<T>(int at, out T value)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        value = default;
        int end = ReadNumber(at, ProblemTexts.WholeNumber, out bool whole);
        if (end < 0)
        {
            return ~end;
        }

        if (!whole)
        {
            Problems.Add(ProblemKind.WrongType, null, ProblemTexts.WholeNumber);
            return end;
        }

        return T.TryParse(_body.Between(at, end), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            ? end
            : OutOfRange(end, IntegerLimits<T>.Instance);
    }

    private static class IntegerLimits<T>
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        public static readonly Limits Instance = new(ProblemTexts.Value(T.MinValue), ProblemTexts.Value(T.MaxValue));
    }
}
