using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Layers.PatchGen.Storage;

/// <summary>
/// The version of a document: 64 random bits, generated for every write, and the number of its changes. No version occurs twice, even when
/// a document is deleted and inserted again, a backup is restored, or a standby that was behind is promoted; a counter alone would repeat
/// then. Written as <c>random-number</c>, both in base 16, it is the opaque part of a strong entity tag (RFC 9110 section 8.8.3).
/// </summary>
/// <param name="Random">64 bits of a cryptographic random number generator.</param>
/// <param name="Number">The number of changes: 1 for the document as inserted, one more for each change.</param>
public readonly record struct DocumentVersion(long Random, long Number)
{
    // In batches, per thread: a call of the generator takes about a microsecond, for 512 bytes as for 8.
    private const int BatchSize = 64;

    // Two numbers of 16 digits and a hyphen.
    private const int MaxLength = 16 + 1 + 16;

    [ThreadStatic]
    private static long[]? _batch;

    [ThreadStatic]
    private static int _left;

    /// <summary>Creates the version of a document that is inserted: number 1.</summary>
    public static DocumentVersion First() => new(NextRandom(), 1);

    /// <summary>
    /// Creates the version of the next change. Two changes of the same version, made independently, get different versions.
    /// </summary>
    public DocumentVersion Next() => new(NextRandom(), Number + 1);

    /// <summary>Formats the version as <see cref="TryParse"/> parses it.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[MaxLength];
        return text[..Format(text)].ToString();
    }

    /// <summary>Formats the version as a strong entity tag: in quotes.</summary>
    internal string ToEntityTag()
    {
        Span<char> text = stackalloc char[1 + MaxLength + 1];
        int length = 1 + Format(text[1..]);
        text[0] = text[length++] = '"';
        return text[..length].ToString();
    }

    private int Format(Span<char> text)
    {
        int length = FormatHex(Random, text);
        text[length++] = '-';
        return length + FormatHex(Number, text[length..]);
    }

    // Lower case, without leading zeros: several times as fast as the format "x".
    private static int FormatHex(long value, Span<char> text)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        Span<char> digits = stackalloc char[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        Convert.TryToHexStringLower(bytes, digits, out _);
        digits = digits[Math.Min(BitOperations.LeadingZeroCount((ulong)value) / 4, digits.Length - 1)..];
        digits.CopyTo(text);
        return digits.Length;
    }

    /// <summary>Parses the output of <see cref="ToString"/> and nothing else: every version has one spelling.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DocumentVersion version)
    {
        version = default;
        int dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash < 0
            || !long.TryParse(text.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long random)
            || !long.TryParse(text.AsSpan(dash + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long number))
        {
            return false;
        }

        version = new DocumentVersion(random, number);
        return version.ToString() == text;
    }

    private static long NextRandom()
    {
        long[] batch = _batch ??= new long[BatchSize];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(batch.AsSpan()));
            _left = BatchSize;
        }

        return batch[--_left];
    }
}
