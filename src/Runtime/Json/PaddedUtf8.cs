using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Layers.PatchGen.Json;

/// <summary>
/// The bytes of a body, followed by <see cref="Padding"/> zero bytes. Every load that reads more than it was asked about is in this file, and nowhere else.
/// </summary>
/// <remarks>
/// The contract: a position is at least 0 and at most <see cref="End"/>, and a load reads at most <see cref="Padding"/> bytes from there. So no load needs a
/// length check: it ends in the padding at the latest. The zero after the last byte is no part of any JSON text, so that every search below ends there at the
/// latest, and every search for something else than a zero gives a position of at most <see cref="End"/>.
/// </remarks>
internal readonly ref struct PaddedUtf8(ReadOnlySpan<byte> padded)
{
    /// <summary>How many zero bytes follow the body.</summary>
    public const int Padding = 64;

    private readonly ReadOnlySpan<byte> _bytes = padded;

    /// <summary>The position after the last byte of the body.</summary>
    public int End => _bytes.Length - Padding;

    public byte this[int at]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _bytes[at];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort Load2(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.Slice(at, sizeof(ushort)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Load4(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Slice(at, sizeof(uint)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Load8(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.Slice(at, sizeof(ulong)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Load16(int at) => Vector128.Create(_bytes.Slice(at, Vector128<byte>.Count));

    /// <summary>The bytes between two positions.</summary>
    public ReadOnlySpan<byte> Between(int start, int end) => _bytes[start..end];

    /// <summary>Whether the bytes at a position are <paramref name="text"/>, which may be of any length; unrolled where it is a literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(int at, ReadOnlySpan<byte> text) =>
        (uint)(at + text.Length) <= (uint)_bytes.Length && _bytes.Slice(at, text.Length).SequenceEqual(text);

    /// <summary>The first byte from a position on that is not white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SkipSpace(int at) => _bytes[at] > (byte)' ' ? at : SkipSpaces(at);

    private int SkipSpaces(int at)
    {
        while (_bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>The first byte from a position on that is not plain text in a string: a quote, a backslash, a control character, or any byte that is not ASCII.</summary>
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
    public int TextEnd(int at)
    {
        while (true)
        {
            Vector128<byte> bytes = Load16(at);
            Vector128<byte> stops = Vector128.LessThan(bytes, Vector128.Create((byte)' '))
                | Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
            uint mask = stops.ExtractMostSignificantBits();
            if (mask != 0)
            {
                return at + BitOperations.TrailingZeroCount(mask);
            }

            at += Vector128<byte>.Count;
        }
    }

    /// <summary>The string of the ASCII bytes between two positions.</summary>
    public string AsciiString(int start, int end) =>
        start == end ? string.Empty : string.Create(end - start, _bytes[start..], static (chars, bytes) => Widen(bytes, chars));

    /// <summary>How many UTF-16 units valid UTF-8 has: one for each byte that begins a sequence, and one more for each that begins four bytes.</summary>
    public static int Utf16Length(ReadOnlySpan<byte> utf8)
    {
        int length = 0;
        while (utf8.Length >= Vector128<byte>.Count)
        {
            // As signed bytes, those that continue a sequence are the least: 0x80 to 0xBF.
            Vector128<byte> bytes = Vector128.Create(utf8[..Vector128<byte>.Count]);
            uint begins = Vector128.GreaterThan(bytes.AsSByte(), Vector128.Create((sbyte)-65)).ExtractMostSignificantBits();
            uint four = Vector128.GreaterThanOrEqual(bytes, Vector128.Create((byte)0xF0)).ExtractMostSignificantBits();
            length += BitOperations.PopCount(begins) + BitOperations.PopCount(four);
            utf8 = utf8[Vector128<byte>.Count..];
        }

        foreach (byte one in utf8)
        {
            length += ((sbyte)one > -65 ? 1 : 0) + (one >= 0xF0 ? 1 : 0);
        }

        return length;
    }

    /// <summary>Widens as many ASCII bytes as there are characters; at least 16 bytes can be read.</summary>
    private static void Widen(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        Span<ushort> wide = MemoryMarshal.Cast<char, ushort>(chars);
        int count = wide.Length;
        if (count >= Vector128<byte>.Count)
        {
            // Whole blocks, then the last block again from the end: it overlaps, and writes the same there.
            int last = count - Vector128<byte>.Count;
            for (int i = 0; i < last; i += Vector128<byte>.Count)
            {
                WidenBlock(bytes, wide, i);
            }

            WidenBlock(bytes, wide, last);
        }
        else if (count >= Vector128<ushort>.Count)
        {
            int last = count - Vector128<ushort>.Count;
            Vector128.WidenLower(Vector128.Create(bytes[..Vector128<byte>.Count])).CopyTo(wide);
            Vector128.WidenLower(Vector128.Create(bytes.Slice(last, Vector128<byte>.Count))).CopyTo(wide[last..]);
        }
        else
        {
            for (int i = 0; i < wide.Length; i++)
            {
                wide[i] = bytes[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WidenBlock(ReadOnlySpan<byte> bytes, Span<ushort> wide, int at)
    {
        (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(Vector128.Create(bytes.Slice(at, Vector128<byte>.Count)));
        lower.CopyTo(wide[at..]);
        upper.CopyTo(wide[(at + Vector128<ushort>.Count)..]);
    }
}
