using System.Buffers;
using System.Text;

namespace Layers.PatchGen.Storage;

/// <summary>
/// The key of a document. Its parts are compared ordinally: case, spaces and Unicode normalization forms matter, in every culture. A part
/// may be empty and has at most <see cref="MaxPartLength"/> UTF-16 code units.
/// </summary>
/// <param name="Tenant">The tenant that owns the document; empty if there is only one.</param>
/// <param name="Collection">The kind of document.</param>
/// <param name="Id">The id, unique in its tenant and collection.</param>
public readonly record struct DocumentKey(string Tenant, string Collection, string Id)
{
    /// <summary>The maximum length of a part: 256 UTF-16 code units. Databases limit the length of indexed values.</summary>
    public const int MaxPartLength = 256;

    /// <summary>The order of ids in results: by code point, which is the order of their bytes in UTF-8.</summary>
    public static IComparer<string> IdOrder { get; } = Comparer<string>.Create(ByCodePoint);

    /// <summary>
    /// Whether a document can have this key: its parts are not too long, and are Unicode text without U+0000 and unpaired surrogates, which
    /// some engines cannot distinguish from other text. Nothing is found under an invalid key, and an insert is an
    /// <see cref="ArgumentException"/>.
    /// </summary>
    public bool IsValid => IsText(Tenant) && IsText(Collection) && IsText(Id);

    /// <summary>Validates the key of an insert, for implementations of <see cref="IDocumentStore"/>.</summary>
    /// <exception cref="ArgumentException">The key is invalid.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid)
        {
            throw new ArgumentException(
                "A document's tenant, collection and id must each be Unicode text of at most 256 UTF-16 code units, "
                + "without U+0000 and unpaired surrogates.");
        }
    }

    private static bool IsText(string? part)
    {
        if (part is null || part.Length > MaxPartLength || part.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = part;
        while (rest.IndexOfAnyInRange('\uD800', '\uDFFF') is var at && at >= 0)
        {
            if (Rune.DecodeFromUtf16(rest[at..], out _, out int length) != OperationStatus.Done)
            {
                return false;
            }

            rest = rest[(at + length)..];
        }

        return true;
    }

    private static int ByCodePoint(string left, string right)
    {
        int at = left.AsSpan().CommonPrefixLength(right);
        return at == left.Length || at == right.Length ? left.Length - right.Length : Rank(left[at]) - Rank(right[at]);

        // Surrogates, which encode the highest code points, are less than U+E000 to U+FFFF in UTF-16: order them last.
        static int Rank(char unit) => unit < '\uD800' ? unit : unit < '\uE000' ? unit + 0x2000 : unit - 0x800;
    }
}
