using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Layers.PatchGen.Storage;

/// <summary>
/// The version of a document: a count of its changes, within one life of the document. A document that is deleted and made again begins another life, so that no
/// version is ever used twice. Written as <c>incarnation-number</c>, both in base 16, it is the opaque part of a strong entity tag (RFC 9110 section 8.8.3).
/// </summary>
/// <param name="Incarnation">The life of the document: unique for each insert of one key.</param>
/// <param name="Number">The count of changes, 1 for the document as inserted; each change adds one.</param>
public readonly record struct DocumentVersion(long Incarnation, long Number)
{
    /// <summary>
    /// The version of a document as inserted: number 1 of a new life, drawn from 2^63 by a random generator of cryptographic quality. A counter would start again
    /// where a store was emptied or put back from a backup; this does not.
    /// </summary>
    public static DocumentVersion First()
    {
        Span<byte> random = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(random);
        return new DocumentVersion(BinaryPrimitives.ReadInt64LittleEndian(random) & long.MaxValue, 1);
    }

    /// <summary>The version after one more change.</summary>
    public DocumentVersion Next() => this with { Number = Number + 1 };

    /// <summary>Writes the version as <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Incarnation:x}-{Number:x}");

    /// <summary>Reads what <see cref="ToString"/> writes, and nothing else: every version has one spelling.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DocumentVersion version)
    {
        version = default;
        int dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash < 0
            || !long.TryParse(text.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long incarnation)
            || !long.TryParse(text.AsSpan(dash + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long number))
        {
            return false;
        }

        version = new DocumentVersion(incarnation, number);
        return version.ToString() == text;
    }
}
