using System.Buffers;
using System.Text;

namespace Layers.PatchGen.Storage;

/// <summary>
/// The address of a document. Parts are compared ordinally, byte for byte: case, spaces and Unicode forms all count, in every culture. A part may be empty, and has at
/// most <see cref="MaxPartLength"/> UTF-16 code units.
/// </summary>
/// <param name="Tenant">Whose it is; empty for a single tenant.</param>
/// <param name="Collection">What kind of document it is.</param>
/// <param name="Id">Which one, unique in its tenant and collection.</param>
public readonly record struct DocumentKey(string Tenant, string Collection, string Id)
{
    /// <summary>The longest part, in UTF-16 code units: 256. Servers bound what they index.</summary>
    public const int MaxPartLength = 256;

    /// <summary>The order of ids in every answer: by code point, which is the order of their bytes in UTF-8.</summary>
    public static IComparer<string> IdOrder { get; } = Comparer<string>.Create(ByCodePoint);

    /// <summary>
    /// Whether a document can be kept under this key: its parts are not too long, and are Unicode text without U+0000 and without unpaired surrogates, which not every
    /// engine can keep apart from other text. No document is ever found under another key, and inserting one is an <see cref="ArgumentException"/>.
    /// </summary>
    public bool IsValid => IsText(Tenant) && IsText(Collection) && IsText(Id);

    /// <summary>Checks the key before a document is kept under it; for those who write a store.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid)
        {
            throw new ArgumentException("A document's tenant, collection and id must each be Unicode text of at most 256 UTF-16 code units, without U+0000 and without unpaired surrogates.");
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

        // In UTF-16 the surrogates, which spell the highest code points, stand before U+E000 to U+FFFF: put them behind.
        static int Rank(char unit) => unit < '\uD800' ? unit : unit < '\uE000' ? unit + 0x2000 : unit - 0x800;
    }
}
