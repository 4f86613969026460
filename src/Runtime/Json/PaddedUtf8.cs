using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Layers.PatchGen.Json;

/// <summary>
/// The bytes of a body, followed by <see cref="Padding"/> zero bytes. The only file of the library that reads or writes memory without a bounds check, and therefore one file,
/// however long: what is written below must be true of all of it.
/// </summary>
/// <remarks>
/// <para>
/// The contract: a position is at least 0 and at most <see cref="End"/>, and a load reads at most <see cref="Padding"/> bytes from there. So no load needs a
/// length check: it ends in the padding at the latest. The zero after the last byte is no part of any JSON text, so that every search below ends there at the
/// latest, and every search for something else than a zero gives a position of at most <see cref="End"/>.
/// </para>
/// <para>
/// Positions are made by the scanner alone: from 0 on, each is one of before plus the length of what was just found there. A test reads bodies that end at a page
/// that cannot be read, where a load beyond the padding would end the process. What is written goes into a string of exactly that length, or into
/// a structure, that nobody else has seen.
/// </para>
/// </remarks>
internal readonly ref struct PaddedUtf8
{
    /// <summary>How many zero bytes follow the body.</summary>
    public const int Padding = 64;

    private readonly ref byte _first;

    /// <summary>Takes the bytes, of which the last <see cref="Padding"/> are zero.</summary>
    /// <exception cref="ArgumentException">There is no padding.</exception>
    public PaddedUtf8(ReadOnlySpan<byte> padded)
    {
        if (padded.Length < Padding || padded[^Padding] != 0)
        {
            throw new ArgumentException("The body must be followed by its padding.", nameof(padded));
        }

        _first = ref MemoryMarshal.GetReference(padded);
        End = padded.Length - Padding;
    }

    /// <summary>Clears the padding after a body, where there is room for it.</summary>
    /// <returns>The body and its padding.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> Pad(Span<byte> buffer, int length)
    {
        // In blocks of 16, as everywhere.
        ref byte padding = ref MemoryMarshal.GetReference(buffer.Slice(length, Padding));
        Vector128<byte>.Zero.StoreUnsafe(ref padding);
        Vector128<byte>.Zero.StoreUnsafe(ref padding, 16);
        Vector128<byte>.Zero.StoreUnsafe(ref padding, 32);
        Vector128<byte>.Zero.StoreUnsafe(ref padding, 48);
        return buffer[..(length + Padding)];
    }

    /// <summary>The position after the last byte of the body.</summary>
    public int End { get; }

    public byte this[int at]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => At(at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort Load2(int at) => Unsafe.ReadUnaligned<ushort>(ref At(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Load4(int at) => Unsafe.ReadUnaligned<uint>(ref At(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Load8(int at) => Unsafe.ReadUnaligned<ulong>(ref At(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Load16(int at) => Vector128.LoadUnsafe(ref At(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte At(int at) => ref Unsafe.Add(ref _first, (nint)(uint)at);

    /// <summary>The bytes between two positions.</summary>
    public ReadOnlySpan<byte> Between(int start, int end) => MemoryMarshal.CreateReadOnlySpan(ref _first, End)[start..end];

    /// <summary>Whether the bytes at a position are <paramref name="text"/>, which may be of any length; unrolled where it is a literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(int at, ReadOnlySpan<byte> text) =>
        (text.Length <= Padding || at + text.Length <= End) && MemoryMarshal.CreateReadOnlySpan(ref At(at), text.Length).SequenceEqual(text);

    /// <summary>The first byte from a position on that is not white space, of which there is seldom any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SkipSpace(int at) => At(at) > (byte)' ' ? at : SkipSpaces(this, at);

    // Static, as is whatever is called and not inlined: a structure of which the address is taken lives in memory, and is loaded again for each byte.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SkipSpaces(PaddedUtf8 body, int at) => body.SkipLikelySpace(at);

    /// <summary>The first byte from a position on that is not white space, of which there is most likely some: without a call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SkipLikelySpace(int at)
    {
        // A line feed and the indentation after it at once: to look for the one and then for the other has to wait for the first.
        while (true)
        {
            Vector128<byte> bytes = Load16(at);
            Vector128<byte> spaces = Vector128.Equals(bytes, Vector128.Create((byte)' ')) | Vector128.Equals(bytes, Vector128.Create((byte)'\n'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\r')) | Vector128.Equals(bytes, Vector128.Create((byte)'\t'));
            int length = BitOperations.TrailingZeroCount(~spaces.ExtractMostSignificantBits());

            // Lengths that indentation has, as constants: the processor foretells which it is and goes on, instead of waiting for the comparison to know where.
            switch (length)
            {
                case 0: return at;
                case 1: return at + 1;
                case 2: return at + 2;
                case 3: return at + 3;
                case 4: return at + 4;
                case 5: return at + 5;
                case 6: return at + 6;
                case 7: return at + 7;
                case 8: return at + 8;
                case 9: return at + 9;
                case < 16: return at + length; // fewer than were looked at
            }

            at += length;
        }
    }

    /// <summary>The first byte from a position on that is not plain text in a string: a quote, a backslash, a control character, or any byte that is not ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PlainEnd(int at)
    {
        // As signed bytes, control characters and whatever is not ASCII are less than a space. Blocks of 16, not 32: most strings are short, and wider registers left
        // in use make the next call into the runtime (a copy of references, say) wait for some 70 cycles, and the return from it as long.
        while (true)
        {
            Vector128<byte> bytes = Load16(at);
            Vector128<byte> stops = Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte()
                | Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
            uint mask = stops.ExtractMostSignificantBits();
            if (mask != 0)
            {
                return at + BitOperations.TrailingZeroCount(mask);
            }

            at += Vector128<byte>.Count;
        }
    }

    /// <summary>The first quote, backslash or control character from a position on; what is not ASCII is passed over.</summary>
    public static int TextEnd(PaddedUtf8 body, int at)
    {
        while (true)
        {
            Vector128<byte> bytes = body.Load16(at);
            Vector128<byte> stops = Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1F)), bytes)
                | Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
            uint mask = stops.ExtractMostSignificantBits();
            if (mask != 0)
            {
                return at + BitOperations.TrailingZeroCount(mask);
            }

            at += Vector128<byte>.Count;
        }
    }

    /// <summary>What a structure that is being made holds, for its reader to fill.</summary>
    public static ref T Writable<T>(ref readonly T state) => ref Unsafe.AsRef(in state);

    /// <summary>The string of the ASCII bytes between two positions.</summary>
    public static string AsciiString(PaddedUtf8 body, int start, int end)
    {
        if (start == end)
        {
            return string.Empty;
        }

        string text = new('\0', end - start);
        Widen(ref body.At(start), ref Unsafe.As<char, ushort>(ref Unsafe.AsRef(in text.GetPinnableReference())), end - start);
        return text;
    }

    /// <summary>The string of the UTF-8 bytes between two positions (RFC 3629); null when they are not valid.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="start">The first byte.</param>
    /// <param name="plainEnd">Up to where they are known to be ASCII.</param>
    /// <param name="end">The position after the last byte: that of a quote.</param>
    public static string? Utf8String(PaddedUtf8 body, int start, int plainEnd, int end)
    {
        // Each byte is passed once, and has been counted for what it writes: never more is written than there is room for, whatever the bytes are.
        int written = plainEnd - start;
        int length = written + Utf16Length(body, plainEnd, end);
        string text = new('\0', length);
        ref ushort chars = ref Unsafe.As<char, ushort>(ref Unsafe.AsRef(in text.GetPinnableReference()));
        Widen(ref body.At(start), ref chars, written);
        start = plainEnd;
        while (start < end)
        {
            uint others = body.Load16(start).ExtractMostSignificantBits();
            int plain = Math.Min(others == 0 ? Vector128<byte>.Count : BitOperations.TrailingZeroCount(others), end - start);
            if (plain > 0)
            {
                // A whole block where there is room: what it writes too much is written again.
                ref ushort to = ref Unsafe.Add(ref chars, written);
                if (length - written >= Vector128<byte>.Count)
                {
                    WidenBlock(ref body.At(start), ref to, 0);
                }
                else
                {
                    Widen(ref body.At(start), ref to, plain);
                }

                start += plain;
                written += plain;
                continue;
            }

            int scalar = Decode(body, start, out int size);
            if (scalar < 0)
            {
                return null;
            }

            start += size;
            if (size < 4)
            {
                Unsafe.Add(ref chars, written++) = (ushort)scalar;
                continue;
            }

            Unsafe.Add(ref chars, written) = (ushort)(0xD7C0 + (scalar >> 10));
            Unsafe.Add(ref chars, written + 1) = (ushort)(0xDC00 + (scalar & 0x3FF));
            written += 2;
        }

        return text;
    }

    /// <summary>The scalar value of a sequence of two to four bytes; negative when it is none. A quote continues no sequence, so none goes beyond its string.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Decode(PaddedUtf8 body, int at, out int size)
    {
        int first = body.At(at);
        int second = body.At(at + 1) ^ 0x80;
        if (first < 0xE0)
        {
            size = 2;
            return first >= 0xC2 && second < 0x40 ? (first & 0x1F) << 6 | second : -1;
        }

        int third = body.At(at + 2) ^ 0x80;
        if (first < 0xF0)
        {
            size = 3;
            int scalar = (first & 0x0F) << 12 | second << 6 | third;
            return (second | third) < 0x40 && scalar >= 0x800 && scalar is < 0xD800 or > 0xDFFF ? scalar : -1;
        }

        size = 4;
        int fourth = body.At(at + 3) ^ 0x80;
        int supplementary = (first & 0x07) << 18 | second << 12 | third << 6 | fourth;
        return first <= 0xF4 && (second | third | fourth) < 0x40 && supplementary is >= 0x10000 and <= 0x10FFFF ? supplementary : -1;
    }

    /// <summary>How many UTF-16 units valid UTF-8 has: one for each byte that begins a sequence, and one more for each that begins four bytes.</summary>
    private static int Utf16Length(PaddedUtf8 body, int at, int end)
    {
        int length = 0;
        for (; at < end; at += Vector128<byte>.Count)
        {
            // As signed bytes, those that continue a sequence are the least: 0x80 to 0xBF.
            Vector128<byte> bytes = body.Load16(at);
            uint begins = Vector128.GreaterThan(bytes.AsSByte(), Vector128.Create((sbyte)-65)).ExtractMostSignificantBits();
            uint four = Vector128.Equals(Vector128.Max(bytes, Vector128.Create((byte)0xF0)), bytes).ExtractMostSignificantBits();

            // In the first half of a word the ones, in the other half the others; without what lies behind the end.
            uint both = (begins | four << 16) & (end - at < Vector128<byte>.Count ? ((1u << (end - at)) - 1) * 0x1_0001 : uint.MaxValue);
            length += BitOperations.PopCount(both);
        }

        return length;
    }

    /// <summary>Writes as many characters as <paramref name="count"/>; reads up to 16 bytes, however few it is asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen(ref byte bytes, ref ushort chars, int count)
    {
        if (count >= Vector128<byte>.Count)
        {
            // Whole blocks, then the last block again from the end: it overlaps, and writes the same there.
            nuint last = (nuint)(count - Vector128<byte>.Count);
            for (nuint i = 0; i < last; i += (nuint)Vector128<byte>.Count)
            {
                WidenBlock(ref bytes, ref chars, i);
            }

            WidenBlock(ref bytes, ref chars, last);
        }
        else if (count >= Vector128<ushort>.Count)
        {
            nuint last = (nuint)(count - Vector128<ushort>.Count);
            Vector128.WidenLower(Vector128.LoadUnsafe(ref bytes)).StoreUnsafe(ref chars);
            Vector128.WidenLower(Vector128.LoadUnsafe(ref bytes, last)).StoreUnsafe(ref chars, last);
        }
        else if (count >= sizeof(uint))
        {
            WidenFour(ref bytes, ref chars, 0);
            WidenFour(ref bytes, ref chars, (nuint)count - sizeof(uint));
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                Unsafe.Add(ref chars, i) = Unsafe.Add(ref bytes, i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WidenFour(ref byte bytes, ref ushort chars, nuint at)
    {
        Vector128<byte> four = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref bytes, at))).AsByte();
        Unsafe.WriteUnaligned(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref chars, at)), Vector128.WidenLower(four).AsUInt64().ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WidenBlock(ref byte bytes, ref ushort chars, nuint at)
    {
        (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(Vector128.LoadUnsafe(ref bytes, at));
        lower.StoreUnsafe(ref chars, at);
        upper.StoreUnsafe(ref chars, at + (nuint)Vector128<ushort>.Count);
    }
}
