namespace Layers.PatchGen.Storage;

/// <summary>A stored document.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Version">Its version.</param>
/// <param name="Json">Its content: one JSON object in UTF-8, byte for byte as it was passed to the store.</param>
public sealed record StoredDocument(DocumentKey Key, DocumentVersion Version, ReadOnlyMemory<byte> Json)
{
    /// <summary>
    /// The algorithm of <see cref="Checksum"/>. A store saves this name with its layout, so that a database names its algorithm.
    /// </summary>
    public static string ChecksumAlgorithm => "XxHash3";

    /// <summary>
    /// Computes a 64-bit checksum of the key, the version and the content. A store saves it with the document and compares it at every
    /// read, so that damage on disk is detected (<see cref="StoreFault.Damaged"/>). It is not a signature: it has no secret. Does not
    /// allocate.
    /// </summary>
    /// <remarks>
    /// XxHash3 of six parts, each hashed with the hash of those before it as the seed (0 for the first): tenant, collection and id in
    /// UTF-8, the random bits and the number of the version as 8 bytes, little-endian, and the content.
    /// </remarks>
    public long Checksum() =>
        default(PartHash)
            .Add(Key.Tenant)
            .Add(Key.Collection)
            .Add(Key.Id)
            .Add(Version.Random)
            .Add(Version.Number)
            .Add(Json.Span)
            .Value;
}
