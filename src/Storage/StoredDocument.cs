namespace Layers.PatchGen.Storage;

/// <summary>A document as stored.</summary>
/// <param name="Key">Its address.</param>
/// <param name="Version">Its version.</param>
/// <param name="Json">Its content: one JSON object, UTF-8, byte for byte as it was handed over.</param>
public sealed record StoredDocument(DocumentKey Key, DocumentVersion Version, ReadOnlyMemory<byte> Json)
{
    /// <summary>The algorithm of <see cref="Checksum"/>. A store keeps this name with its layout, so that a database says what its checksums are.</summary>
    public static string ChecksumAlgorithm => "XxHash3";

    /// <summary>
    /// 64 bits over the key, the version and the content. An engine keeps them beside the document and compares them when it reads, so that damage on disk is found
    /// (<see cref="StoreFault.Damaged"/>) and never taken for the document. It is not a signature: it has no secret. Does not allocate.
    /// </summary>
    /// <remarks>
    /// XxHash3 of the tenant, the collection and the id in UTF-8, the random bits and the number of the version, each as 8 bytes with the lowest first, and the content: each of these six hashed with the
    /// hash of those before it as the seed, the first with 0.
    /// </remarks>
    public long Checksum() =>
        default(PartHash).Add(Key.Tenant).Add(Key.Collection).Add(Key.Id).Add(Version.Random).Add(Version.Number).Add(Json.Span).Value;
}
