namespace Layers.PatchGen.Json;

/// <summary>An ISO-8601 duration, exactly: no digit is lost before its range has been decided.</summary>
/// <param name="Ticks">The whole ticks (of 100 ns); <see cref="long.MaxValue"/> for anything longer.</param>
/// <param name="More">Whether it is a part of a tick longer than that.</param>
/// <param name="HasCalendarUnits">Whether it has years or months that are not zero, of which no one knows how long they are.</param>
internal readonly record struct IsoDuration(long Ticks, bool More, bool HasCalendarUnits)
{
    private static readonly (byte Designator, bool AfterT, long Ticks)[] Units =
    [
        ((byte)'Y', false, 0),
        ((byte)'M', false, 0),
        ((byte)'D', false, TimeSpan.TicksPerDay),
        ((byte)'H', true, TimeSpan.TicksPerHour),
        ((byte)'M', true, TimeSpan.TicksPerMinute),
        ((byte)'S', true, TimeSpan.TicksPerSecond),
    ];

    /// <summary>
    /// Reads <c>PnYnMnDTnHnMnS</c>, with any component left out but at least one there, or <c>PnW</c>. The last component may have a fraction, after a point or a
    /// comma. Upper case, no sign, no spaces; any number of digits.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IsoDuration duration)
    {
        duration = default;
        if (text.IsEmpty || text[0] != (byte)'P')
        {
            return false;
        }

        text = text[1..];
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

            long ticks = 7 * TimeSpan.TicksPerDay;
            bool isWeeks = designator == (byte)'W' && nextUnit == 0 && !afterT && text.IsEmpty;
            if (!isWeeks && !TryFindUnit(designator, afterT, ref nextUnit, out ticks))
            {
                return false;
            }

            duration = duration.Plus(whole, fraction, ticks);
            any = true;
        }

        return any;
    }

    /// <summary>Whether the duration is shorter than a whole number of ticks.</summary>
    public bool IsBelow(long ticks) => Ticks < ticks;

    /// <summary>Whether the duration is longer than a whole number of ticks, be it by the smallest part of one.</summary>
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
        int count = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        ReadOnlySpan<byte> digits = count < 0 ? text : text[..count];
        text = text[digits.Length..];
        return digits;
    }

    private static bool TryFindUnit(byte designator, bool afterT, ref int nextUnit, out long ticks)
    {
        for (int i = nextUnit; i < Units.Length; i++)
        {
            if (Units[i].Designator == designator && Units[i].AfterT == afterT)
            {
                nextUnit = i + 1;
                ticks = Units[i].Ticks;
                return true;
            }
        }

        ticks = 0;
        return false;
    }

    private IsoDuration Plus(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, long unit)
    {
        if (unit == 0)
        {
            return this with { HasCalendarUnits = HasCalendarUnits || whole.ContainsAnyExcept((byte)'0') || fraction.ContainsAnyExcept((byte)'0') };
        }

        Int128 ticks = Ticks;
        Int128 count = 0;
        foreach (byte digit in whole)
        {
            count = Int128.Min(count * 10 + (digit - '0'), long.MaxValue);
        }

        // From the last digit to the first, as one divides on paper: what cannot be told in whole ticks is more than nothing.
        long carry = 0;
        bool more = false;
        for (int i = fraction.Length - 1; i >= 0; i--)
        {
            long part = (fraction[i] - '0') * unit + carry;
            more |= part % 10 != 0;
            carry = part / 10;
        }

        ticks += count * unit + carry;
        return ticks >= long.MaxValue ? this with { Ticks = long.MaxValue, More = true } : this with { Ticks = (long)ticks, More = more };
    }
}
