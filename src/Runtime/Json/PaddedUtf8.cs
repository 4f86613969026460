using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Layers.PatchGen.Json;

/// <summary>
/// The bytes of a body, followed by <see cref="Padding"/> zero bytes. With the member table, the only type of the library that reads and
/// writes memory without bounds checks: everything in it must keep the contract below.
/// </summary>
/// <remarks>
/// <para>
/// The contract: a position is at least 0 and at most <see cref="End"/>, and a load reads at most <see cref="Padding"/> bytes from there.
/// So no load needs a length check: it ends in the padding at the latest. The zero after the last byte is not part of any JSON text, so
/// every search below stops there at the latest and returns a position of at most <see cref="End"/>.
/// </para>
/// <para>
/// Positions come from the scanner alone: each is an earlier position plus the length of what was found there. A test reads bodies that end
/// at a page that cannot be read, where a load beyond the padding ends the process. Writes go into a string of exactly that length, or into
/// a structure, that has not been published yet.
/// </para>
/// </remarks>
internal readonly ref partial struct PaddedUtf8
{
    /// <summary>How many zero bytes follow the body.</summary>
    public const int Padding = 64;

    private readonly ref byte _first;

    /// <summary>Wraps a buffer whose last <see cref="Padding"/> bytes are zero.</summary>
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

    /// <summary>Copies a body and clears the padding after it. The buffer must have room for both.</summary>
    /// <returns>The body and its padding.</returns>
    public static Span<byte> Copy(ReadOnlySpan<byte> body, Span<byte> buffer)
    {
        CopyTo(body, buffer);
        return Pad(buffer, body.Length);
    }

    /// <summary>Clears the padding after a body. The buffer must have room for it.</summary>
    /// <returns>The body and its padding.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> Pad(Span<byte> buffer, int length)
    {
        // In blocks of 16: see PlainEnd.
        ref byte padding = ref MemoryMarshal.GetReference(buffer.Slice(length, Padding));
        Vector128<byte>.Zero.StoreUnsafe(ref padding);
        Vector128<byte>.Zero.StoreUnsafe(ref padding, 16);
        Vector128<byte>.Zero.StoreUnsafe(ref padding, 32);
        Vector128<byte>.Zero.StoreUnsafe(ref padding, 48);
        return buffer[..(length + Padding)];
    }

    // Not inlined: the copy leaves wide registers in use, which slows every call into the runtime until the method returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CopyTo(ReadOnlySpan<byte> body, Span<byte> buffer) => body.CopyTo(buffer);

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

    /// <summary>
    /// Whether the bytes at a position are <paramref name="text"/>, of any length. The comparison is unrolled if the text is a literal.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(int at, ReadOnlySpan<byte> text) =>
        (text.Length <= Padding || at + text.Length <= End)
        && MemoryMarshal.CreateReadOnlySpan(ref At(at), text.Length).SequenceEqual(text);

    /// <summary>The first byte from a position on that is not white space. Fast if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SkipSpace(int at) => At(at) > (byte)' ' ? at : SkipSpaces(this, at);

    // Methods that are not inlined are static: calling an instance method takes the address of the structure, which keeps it in memory
    // instead of registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SkipSpaces(PaddedUtf8 body, int at) => body.SkipLikelySpace(at);

    /// <summary>The first byte from a position on that is not white space. Fast if there is some: inlined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SkipLikelySpace(int at)
    {
        // A line feed and the indentation after it in one step: two searches would depend on each other.
        while (true)
        {
            Vector128<byte> bytes = Load16(at);
            Vector128<byte> spaces = Vector128.Equals(bytes, Vector128.Create((byte)' '))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\n'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\r')) | Vector128.Equals(bytes, Vector128.Create((byte)'\t'));
            int length = BitOperations.TrailingZeroCount(~spaces.ExtractMostSignificantBits());

            // Common indentations as constants: branch prediction continues with the position instead of stalling until the comparison is
            // done.
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
                case < 16: return at + length;
            }

            at += length;
        }
    }

    /// <summary>
    /// The first byte from a position on that is not plain text in a string: a quote, a backslash, a control character, or any byte that is
    /// not ASCII.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PlainEnd(int at)
    {
        // As signed bytes, control characters and non-ASCII bytes are less than a space. Blocks of 16, not 32: most strings are short, and
        // wider registers left in use stall the next call into the runtime (a copy of references, for example) and the return from it for
        // about 70 cycles each.
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

    /// <summary>The first quote, backslash or control character from a position on. Non-ASCII bytes are skipped.</summary>
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

    /// <summary>A writable reference to the state of a patch under construction, so that it is filled in place instead of copied.</summary>
    public static ref T Writable<T>(ref readonly T state) => ref Unsafe.AsRef(in state);
}
