using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Layers.PatchGen.Json;

// Strings are written here, under the contract of the type.
internal readonly ref partial struct PaddedUtf8
{
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

    /// <summary>The string of the UTF-8 bytes between two positions (RFC 3629); null if they are not valid.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="start">The first byte.</param>
    /// <param name="plainEnd">The end of the part that is known to be ASCII.</param>
    /// <param name="end">The position after the last byte: that of a quote.</param>
    public static string? Utf8String(PaddedUtf8 body, int start, int plainEnd, int end)
    {
        // Each byte is read once and has been counted for what it writes: the string is never overrun, whatever the bytes are.
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
                // A whole block if there is room: the characters beyond the plain part are overwritten later.
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

    /// <summary>
    /// The scalar value of a sequence of two to four bytes; negative if it is not valid. A quote does not continue a sequence, so none goes
    /// beyond its string.
    /// </summary>
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

    /// <summary>
    /// How many UTF-16 units valid UTF-8 has: one for each byte that begins a sequence, and one more for each that begins four bytes.
    /// </summary>
    private static int Utf16Length(PaddedUtf8 body, int at, int end)
    {
        int length = 0;
        for (; at < end; at += Vector128<byte>.Count)
        {
            // As signed bytes, continuation bytes (0x80 to 0xBF) are the least.
            Vector128<byte> bytes = body.Load16(at);
            uint begins = Vector128.GreaterThan(bytes.AsSByte(), Vector128.Create((sbyte)-65)).ExtractMostSignificantBits();
            uint four = Vector128.Equals(Vector128.Max(bytes, Vector128.Create((byte)0xF0)), bytes).ExtractMostSignificantBits();

            // First bytes of sequences in the lower half of a word, those of four bytes in the upper half; nothing beyond the end.
            uint both = (begins | four << 16) & (end - at < Vector128<byte>.Count ? ((1u << (end - at)) - 1) * 0x1_0001 : uint.MaxValue);
            length += BitOperations.PopCount(both);
        }

        return length;
    }

    /// <summary>Writes <paramref name="count"/> characters. Reads up to 16 bytes, even if the count is less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen(ref byte bytes, ref ushort chars, int count)
    {
        if (count >= Vector128<byte>.Count)
        {
            // Whole blocks, then the last block counted from the end: it overlaps and writes the same there.
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
