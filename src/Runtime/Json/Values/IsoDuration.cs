using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

/// <summary>An exact ISO-8601 duration: no digit is lost before its range is checked.</summary>
/// <param name="Ticks">The whole ticks (of 100 ns); <see cref="long.MaxValue"/> for anything longer.</param>
/// <param name="More">Whether it is longer than that by a part of a tick.</param>
/// <param name="HasCalendarUnits">Whether it has years or months that are not zero, whose length is undefined.</param>
internal readonly record struct IsoDuration(long Ticks, bool More, bool HasCalendarUnits)
{
    // This many weeks, the longest unit, are less than 2^63 ticks.
    private const int FewDigits = 6;

    /// <summary>
    /// Reads <c>PnYnMnDTnHnMnS</c>, with at least one component, or <c>PnW</c>. The last component may have a fraction, after
    /// a point or a comma. Upper case, no sign, no spaces; any number of digits.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IsoDuration duration)
    {
        duration = default;
        if (text.IsEmpty || text[0] != (byte)'P')
        {
            return false;
        }

        text = text[1..];
        long ticks = 0;
        bool more = false;
        bool hasCalendarUnits = false;
        bool afterT = false;
        int nextUnit = 0;
        bool any = false;
        while (!text.IsEmpty)
        {
            if (text[0] == (byte)'T' && !afterT)
            {
                afterT = true;
                any = false;
                text = text[1..];
                continue;
            }

            if (!TryTakeNumber(ref text, out ReadOnlySpan<byte> whole, out ReadOnlySpan<byte> fraction) || text.IsEmpty)
            {
                return false;
            }

            byte designator = text[0];
            text = text[1..];
            if (fraction.Length > 0 && !text.IsEmpty)
            {
                return false;
            }

            long unit = 7 * TimeSpan.TicksPerDay;
            bool isWeeks = designator == (byte)'W' && nextUnit == 0 && !afterT && text.IsEmpty;
            if (!isWeeks && !TryFindUnit(designator, afterT, ref nextUnit, out unit))
            {
                return false;
            }

            any = true;
            if (unit == 0)
            {
                hasCalendarUnits |= whole.ContainsAnyExcept((byte)'0') || fraction.ContainsAnyExcept((byte)'0');
            }
            else if (fraction.IsEmpty && whole.Length <= FewDigits)
            {
                ticks += Number(whole) * unit;
                if (ticks < 0)
                {
                    // On overflow, the sum of two numbers below 2^63 is negative.
                    (ticks, more) = (long.MaxValue, true);
                }
            }
            else
            {
                Add(ref ticks, ref more, whole, fraction, unit);
            }
        }

        duration = new IsoDuration(ticks, more, hasCalendarUnits);
        return any;
    }

    /// <summary>Whether the duration is shorter than a whole number of ticks.</summary>
    public bool IsBelow(long ticks) => Ticks < ticks;

    /// <summary>Whether the duration is longer than a whole number of ticks, by however little.</summary>
    public bool IsAbove(long ticks) => Ticks > ticks || (Ticks == ticks && More);

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> whole, out ReadOnlySpan<byte> fraction)
    {
        whole = TakeDigits(ref text);
        fraction = default;
        if (whole.IsEmpty || text.IsEmpty || text[0] is not ((byte)'.' or (byte)','))
        {
            return !whole.IsEmpty;
        }

        text = text[1..];
        fraction = TakeDigits(ref text);
        return !fraction.IsEmpty;
    }

    private static ReadOnlySpan<byte> TakeDigits(ref ReadOnlySpan<byte> text)
    {
        // Usually one or two: a loop is faster than a search.
        int count = 0;
        while (count < text.Length && (uint)(text[count] - '0') <= 9)
        {
            count++;
        }

        ReadOnlySpan<byte> digits = text[..count];
        text = text[count..];
        return digits;
    }

    private static bool TryFindUnit(byte designator, bool afterT, ref int nextUnit, out long ticks)
    {
        (int unit, ticks) = ((char)designator, afterT) switch
        {
            ('Y', false) => (0, 0),
            ('M', false) => (1, 0),
            ('D', false) => (2, TimeSpan.TicksPerDay),
            ('H', true) => (3, TimeSpan.TicksPerHour),
            ('M', true) => (4, TimeSpan.TicksPerMinute),
            ('S', true) => (5, TimeSpan.TicksPerSecond),
            _ => (-1, 0L),
        };
        bool inOrder = unit >= nextUnit;
        nextUnit = unit + 1;
        return inOrder;
    }

    private static long Number(ReadOnlySpan<byte> digits)
    {
        long number = 0;
        foreach (byte digit in digits)
        {
            number = number * 10 + (digit - '0');
        }

        return number;
    }

    /// <summary>Adds a number of units, of any number of digits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(ref long ticks, ref bool more, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, long unit)
    {
        Int128 count = 0;
        foreach (byte digit in whole)
        {
            count = Int128.Min(count * 10 + (digit - '0'), long.MaxValue);
        }

        // Long division, from the last digit to the first. A remainder below one tick sets More.
        long carry = 0;
        for (int i = fraction.Length - 1; i >= 0; i--)
        {
            long part = (fraction[i] - '0') * unit + carry;
            more |= part % 10 != 0;
            carry = part / 10;
        }

        Int128 sum = ticks + count * unit + carry;
        more |= sum >= long.MaxValue;
        ticks = (long)Int128.Min(sum, long.MaxValue);
    }
}
