using System.Globalization;
using System.Text;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Compares numbers by value, exactly, in time proportional to their length: 1, 1.0 and 10e-1 are equal.</summary>
internal static class JsonNumber
{
    /// <summary>Whether two JSON numbers have the same value.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.SequenceEqual(right) || Normalize(left).Equals(Normalize(right));

    // The digits without zeros at either end, and the exponent of the first of them.
    private static Normal Normalize(ReadOnlySpan<byte> number)
    {
        bool isNegative = number[0] == (byte)'-';
        ReadOnlySpan<byte> rest = number[(isNegative ? 1 : 0)..];
        int e = rest.IndexOfAny((byte)'e', (byte)'E');
        ReadOnlySpan<byte> mantissa = e < 0 ? rest : rest[..e];
        int point = mantissa.IndexOf((byte)'.');
        byte[] digits = point < 0 ? mantissa.ToArray() : [.. mantissa[..point], .. mantissa[(point + 1)..]];
        ReadOnlySpan<byte> significant = digits.AsSpan().TrimStart((byte)'0');
        int leadingZeros = digits.Length - significant.Length;
        significant = significant.TrimEnd((byte)'0');
        if (significant.IsEmpty)
        {
            return new(false, significant, "", 0); // zero, of any sign and exponent
        }

        long shift = (point < 0 ? mantissa.Length : point) - leadingZeros;
        ReadOnlySpan<byte> exponent = e < 0 ? default : rest[(e + 1)..];
        return new(isNegative, significant, Add(exponent, shift, out long sum), sum);
    }

    // An exponent may have any number of digits. Nearly all fit a long; a longer one is added to as text.
    private static string Add(ReadOnlySpan<byte> exponent, long shift, out long sum)
    {
        bool isNegative = exponent.StartsWith("-"u8);
        ReadOnlySpan<byte> digits = exponent.TrimStart("+-"u8).TrimStart((byte)'0');
        sum = 0;
        if (digits.Length <= 17)
        {
            foreach (byte digit in digits)
            {
                sum = sum * 10 + digit - '0';
            }

            sum = (isNegative ? -sum : sum) + shift;
            return "";
        }

        // The shift, below 2^31, does not change the sign of so long an exponent. It is carried into the digits, from the last.
        byte[] carried = [(byte)'0', .. digits];
        long carry = isNegative ? -shift : shift;
        for (int i = carried.Length - 1; i >= 0; i--)
        {
            (carry, long digit) = Math.DivRem(carried[i] - '0' + carry, 10);
            if (digit < 0)
            {
                (carry, digit) = (carry - 1, digit + 10);
            }

            carried[i] = (byte)(digit + '0');
        }

        string text = (isNegative ? "-" : "") + Encoding.ASCII.GetString(carried.AsSpan().TrimStart((byte)'0'));
        if (text.Length > 18)
        {
            return text;
        }

        sum = long.Parse(text, CultureInfo.InvariantCulture); // as the shorter exponents, some of which have the same sum
        return "";
    }

    /// <summary>The value 0.digits times ten to the exponent, which is a text beyond 17 digits.</summary>
    private readonly ref struct Normal(bool isNegative, ReadOnlySpan<byte> digits, string longExponent, long exponent)
    {
        private readonly bool _isNegative = isNegative;
        private readonly ReadOnlySpan<byte> _digits = digits;
        private readonly string _longExponent = longExponent;
        private readonly long _exponent = exponent;

        public bool Equals(Normal other) =>
            _isNegative == other._isNegative
            && _exponent == other._exponent
            && _longExponent == other._longExponent
            && _digits.SequenceEqual(other._digits);
    }
}
