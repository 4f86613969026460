using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Layers.PatchGen.Json;

// Strings: their grammar (RFC 8259 section 7), their encoding and their text.
public ref partial struct PatchScanner
{
    /// <summary>Reads a string as text. Any other value is a problem and is skipped.</summary>
    /// <param name="at">The first byte of a value.</param>
    /// <param name="text">The text as valid UTF-8 without escapes; valid until the next string is read.</param>
    /// <returns>The position after the string; or, if there is none, the complement of the position after the value.</returns>
    internal int ReadText(int at, out ReadOnlySpan<byte> text)
    {
        if (_body[at] != (byte)'"')
        {
            text = default;
            return ~WrongType(at, ProblemTexts.String);
        }

        return ReadTextFrom(at + 1, out text);
    }

    /// <summary>Reads a string as text, from its first byte on; otherwise as <see cref="ReadText"/>.</summary>
    internal int ReadTextFrom(int start, out ReadOnlySpan<byte> text)
    {
        PaddedUtf8 body = _body;
        int quote = body.PlainEnd(start);
        bool escaped = false;
        if (body[quote] != (byte)'"')
        {
            quote = FindQuote(quote, out escaped);
            if (quote < 0 || !CheckUtf8(start, quote))
            {
                text = default;
                return ~body.End;
            }
        }

        text = escaped ? Unescape(start, quote) : body.Between(start, quote);
        return quote + 1;
    }

    /// <summary>Reads a value that is known to be a string.</summary>
    /// <param name="at">The opening quote.</param>
    /// <param name="value">The string; null if it is malformed.</param>
    internal int ReadString(int at, out string? value)
    {
        PaddedUtf8 body = _body;
        int start = at + 1;
        int quote = body.PlainEnd(start);
        if (body[quote] == (byte)'"')
        {
            value = PaddedUtf8.AsciiString(body, start, quote);
            return quote + 1;
        }

        return ReadUnusualString(start, quote, out value);
    }

    // Not inlined, as all slow paths: they would enlarge the frame of the patch's reader and spill its registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ReadUnusualString(int start, int at, out string? value)
    {
        int quote = FindQuote(at, out bool escaped);
        if (quote < 0)
        {
            value = null;
            return _body.End;
        }

        if (!escaped)
        {
            value = PaddedUtf8.Utf8String(_body, start, at, quote);
            if (value is not null)
            {
                return quote + 1;
            }
        }

        if (!CheckUtf8(start, quote))
        {
            value = null;
            return _body.End;
        }

        value = Encoding.UTF8.GetString(Unescape(start, quote));
        return quote + 1;
    }

    /// <summary>Skips a string, from its first byte on, and checks it.</summary>
    private int SkipString(int start)
    {
        int quote = _body.PlainEnd(start);
        if (_body[quote] == (byte)'"')
        {
            return quote + 1;
        }

        quote = FindQuote(quote, out _);
        return quote < 0 || !CheckUtf8(start, quote) ? _body.End : quote + 1;
    }

    /// <summary>Finds the end of a string that is not plain ASCII, and checks its escapes, but not its encoding.</summary>
    /// <param name="at">The end of its plain part.</param>
    /// <param name="escaped">Whether it has escapes.</param>
    /// <returns>The closing quote; negative if there is none.</returns>
    private int FindQuote(int at, out bool escaped)
    {
        PaddedUtf8 body = _body;
        escaped = false;
        while (true)
        {
            at = PaddedUtf8.TextEnd(body, at);
            if (body[at] == (byte)'"')
            {
                return at;
            }

            if (body[at] != (byte)'\\')
            {
                Fail(at, MalformedReason.ControlCharacter);
                return -1;
            }

            escaped = true;
            at = SkipEscape(at);
            if (at < 0)
            {
                return -1;
            }
        }
    }

    /// <summary>Checks the encoding of a string. Escapes are ASCII, so the text is checked before unescaping.</summary>
    private bool CheckUtf8(int start, int quote)
    {
        ReadOnlySpan<byte> raw = _body.Between(start, quote);
        if (Utf8.IsValid(raw))
        {
            return true;
        }

        Fail(start + ValidLength(raw), MalformedReason.NotUtf8);
        return false;
    }

    private static int ValidLength(ReadOnlySpan<byte> utf8)
    {
        int valid = 0;
        while (Rune.DecodeFromUtf8(utf8[valid..], out _, out int length) == OperationStatus.Done)
        {
            valid += length;
        }

        return valid;
    }

    /// <summary>Skips an escape, or both escapes of a surrogate pair.</summary>
    /// <returns>The position after it; negative if it is invalid.</returns>
    private int SkipEscape(int at)
    {
        PaddedUtf8 body = _body;
        switch (body[at + 1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return at + 2;
            case (byte)'u':
                int unit = CodeUnit(body, at);
                if (unit is >= 0 and (< 0xD800 or > 0xDFFF))
                {
                    return at + 6;
                }

                if (unit < 0)
                {
                    break;
                }

                // A high surrogate must be followed by a low one.
                if (unit < 0xDC00 && body.Load2(at + 6) == ('\\' | 'u' << 8) && CodeUnit(body, at + 6) is >= 0xDC00 and <= 0xDFFF)
                {
                    return at + 12;
                }

                Fail(at, MalformedReason.LoneSurrogate);
                return -1;
        }

        Fail(at + 1 == body.End ? at + 1 : at, MalformedReason.BadEscape);
        return -1;
    }

    /// <summary>The code unit of <c>\uXXXX</c>; negative if the digits are invalid.</summary>
    private static int CodeUnit(PaddedUtf8 body, int at) =>
        (HexDigit(body[at + 2]) << 12) | (HexDigit(body[at + 3]) << 8) | (HexDigit(body[at + 4]) << 4) | HexDigit(body[at + 5]);

    private static int HexDigit(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        _ => int.MinValue >> 16, // stays negative after every shift above
    };

    private ReadOnlySpan<byte> Unescape(int start, int quote)
    {
        if (_scratch is null || _scratch.Length < quote - start)
        {
            if (_scratch is not null)
            {
                ArrayPool<byte>.Shared.Return(_scratch);
            }

            _scratch = ArrayPool<byte>.Shared.Rent(quote - start);
        }

        return _scratch.AsSpan(0, Unescape(_body, start, quote, _scratch));
    }

    /// <summary>Writes the text of a checked string, which never has more bytes than the string.</summary>
    /// <returns>How many bytes were written.</returns>
    internal static int Unescape(PaddedUtf8 body, int start, int quote, Span<byte> text)
    {
        int written = 0;
        while (start < quote)
        {
            ReadOnlySpan<byte> rest = body.Between(start, quote);
            int plain = rest.IndexOf((byte)'\\');
            plain = plain < 0 ? rest.Length : plain;
            rest[..plain].CopyTo(text[written..]);
            written += plain;
            start += plain;
            if (start == quote)
            {
                break;
            }

            if (body[start + 1] != (byte)'u')
            {
                text[written++] = body[start + 1] switch
                {
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    byte itself => itself,
                };
                start += 2;
                continue;
            }

            int unit = CodeUnit(body, start);
            start += 6;
            Rune rune;
            if (char.IsHighSurrogate((char)unit))
            {
                rune = new Rune((char)unit, (char)CodeUnit(body, start));
                start += 6;
            }
            else
            {
                rune = new Rune(unit);
            }

            written += rune.EncodeToUtf8(text[written..]);
        }

        return written;
    }
}
