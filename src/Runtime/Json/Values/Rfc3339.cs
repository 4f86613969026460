namespace Layers.PatchGen.Json;

/// <summary>
/// Dates and times as RFC 3339 section 5.6 writes them. Truncated to ticks (100 ns); leap seconds are not accepted.
/// </summary>
internal static class Rfc3339
{
    private const int DateLength = 10;
    private const int TimeLength = 8;
    private const int OffsetLength = 6;

    /// <summary>
    /// <c>2026-04-18T09:30:00.5+02:00</c>, or <c>Z</c> for the offset. Offsets are at most 14 hours, as in
    /// <see cref="DateTimeOffset"/>.
    /// </summary>
    public static bool TryParseDateTime(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        if (text.Length <= DateLength + 1 || (text[DateLength] | 0x20) != 't' || !TryParseDate(text[..DateLength], out DateOnly date))
        {
            return false;
        }

        text = text[(DateLength + 1)..];
        int offsetLength = (text[^1] | 0x20) == 'z' ? 1 : OffsetLength;
        if (text.Length <= offsetLength
            || !TryParseOffset(text[^offsetLength..], out TimeSpan offset)
            || !TryParseTime(text[..^offsetLength], out TimeOnly time))
        {
            return false;
        }

        DateTime local = date.ToDateTime(time);
        long utc = local.Ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        value = new DateTimeOffset(local, offset);
        return true;
    }

    /// <summary><c>2026-04-18</c></summary>
    public static bool TryParseDate(ReadOnlySpan<byte> text, out DateOnly value)
    {
        value = default;
        if (text.Length != DateLength || text[4] != (byte)'-' || text[7] != (byte)'-'
            || !TryParseDigits(text[..4], out int year)
            || !TryParseDigits(text.Slice(5, 2), out int month)
            || !TryParseDigits(text.Slice(8, 2), out int day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        value = new DateOnly(year, month, day);
        return true;
    }

    /// <summary><c>09:30:00.5</c></summary>
    public static bool TryParseTime(ReadOnlySpan<byte> text, out TimeOnly value)
    {
        value = default;
        if (text.Length < TimeLength || text[2] != (byte)':' || text[5] != (byte)':'
            || !TryParseDigits(text[..2], out int hour)
            || !TryParseDigits(text.Slice(3, 2), out int minute)
            || !TryParseDigits(text.Slice(6, 2), out int second)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        long ticks = 0;
        ReadOnlySpan<byte> fraction = text[TimeLength..];
        if (!fraction.IsEmpty)
        {
            fraction = fraction[1..];
            if (text[TimeLength] != (byte)'.' || fraction.IsEmpty || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return false;
            }

            const int TickDigits = 7;
            for (int i = 0; i < TickDigits; i++)
            {
                ticks = ticks * 10 + (i < fraction.Length ? fraction[i] - '0' : 0);
            }
        }

        value = new TimeOnly((hour * 60L + minute) * TimeSpan.TicksPerMinute + second * TimeSpan.TicksPerSecond + ticks);
        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = default;
        if (text.Length == 1)
        {
            return true;
        }

        if (text[0] is not ((byte)'+' or (byte)'-') || text[3] != (byte)':' || !TryParseDigits(text.Slice(1, 2), out int hours)
            || !TryParseDigits(text.Slice(4, 2), out int minutes) || minutes > 59 || hours * 60 + minutes > 14 * 60)
        {
            return false;
        }

        int total = hours * 60 + minutes;
        offset = TimeSpan.FromMinutes(text[0] == (byte)'-' ? -total : total);
        return true;
    }

    private static bool TryParseDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = value * 10 + (digit - '0');
        }

        return true;
    }
}
