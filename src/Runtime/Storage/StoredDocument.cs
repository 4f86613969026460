using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Layers.PatchGen.Storage;

/// <summary>A document as stored.</summary>
/// <param name="Key">Its address.</param>
/// <param name="Version">Its version.</param>
/// <param name="Json">Its content: one JSON object, UTF-8, byte for byte as it was handed over.</param>
public sealed record StoredDocument(DocumentKey Key, DocumentVersion Version, ReadOnlyMemory<byte> Json)
{
    /// <summary>
    /// A sum over the address, the version and the content: the first 8 bytes of their SHA-256. An engine keeps it beside the document and compares it when it reads,
    /// so that damage on disk is refused (<see cref="StoreFault.Damaged"/>) and never taken for the document. It is not a signature: it has no secret.
    /// </summary>
    public long Checksum()
    {
        int capacity = (3 * sizeof(int)) + (2 * sizeof(long)) + Json.Length
            + Encoding.UTF8.GetMaxByteCount(Key.Organisation.Length)
            + Encoding.UTF8.GetMaxByteCount(Key.Collection.Length)
            + Encoding.UTF8.GetMaxByteCount(Key.Id.Length);
        byte[] rented = ArrayPool<byte>.Shared.Rent(capacity);
        Span<byte> rest = rented;
        rest = Put(rest, Key.Organisation);
        rest = Put(rest, Key.Collection);
        rest = Put(rest, Key.Id);
        rest = Put(rest, Version.Random);
        rest = Put(rest, Version.Number);
        Json.Span.CopyTo(rest);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(rented.AsSpan(0, rented.Length - rest.Length + Json.Length), hash);
        ArrayPool<byte>.Shared.Return(rented);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    // The length comes first, so that ("ab", "c") and ("a", "bc") differ.
    private static Span<byte> Put(Span<byte> rest, string part)
    {
        int length = Encoding.UTF8.GetBytes(part, rest[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(rest, length);
        return rest[(sizeof(int) + length)..];
    }

    private static Span<byte> Put(Span<byte> rest, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(rest, number);
        return rest[sizeof(long)..];
    }
}
