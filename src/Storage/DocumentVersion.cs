using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Layers.PatchGen.Storage;

/// <summary>
/// The version of a document: 64 random bits that are drawn for every write, and the count of its changes. No version is given twice: not when a document is deleted and
/// inserted again, not when a store is restored from a backup, not when a standby that was behind takes over. Counters alone would give the same version to another change then.
/// Written as <c>random-number</c>, both in base 16, it is the opaque part of a strong entity tag (RFC 9110 section 8.8.3).
/// </summary>
/// <param name="Random">64 bits of a random generator of cryptographic quality, drawn for this version.</param>
/// <param name="Number">The count of changes: 1 for the document as inserted, and one more for each change.</param>
public readonly record struct DocumentVersion(long Random, long Number)
{
    // By the batch and the thread: a call to the generator takes about a microsecond, for 512 bytes as for 8.
    private const int BatchSize = 64;

    [ThreadStatic]
    private static long[]? _drawn;

    [ThreadStatic]
    private static int _left;

    /// <summary>A version for a document that is inserted: number 1.</summary>
    public static DocumentVersion First() => new(Draw(), 1);

    /// <summary>A version for the next change: the next number. Each call draws anew, so that two changes of one version, made apart from each other, differ.</summary>
    public DocumentVersion Next() => new(Draw(), Number + 1);

    /// <summary>Writes the version as <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Random:x}-{Number:x}");

    /// <summary>Reads what <see cref="ToString"/> writes, and nothing else: every version has one spelling.</summary>
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

    private static long Draw()
    {
        long[] drawn = _drawn ??= new long[BatchSize];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(drawn.AsSpan()));
            _left = BatchSize;
        }

        return drawn[--_left];
    }
}
