using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LiteDB;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>
/// A document as LiteDB stores it: <c>o</c> tenant, <c>c</c> collection, <c>i</c> id, <c>r</c> and <c>n</c> the random bits and the number
/// of the version, <c>s</c> checksum, <c>t</c> tokens to find it by (<see cref="LiteDbSearches"/>), and the content as <c>d</c> in BSON,
/// or, if that would change a byte, as <c>j</c>, the JSON itself.
/// </summary>
internal static class LiteDbDocument
{
    /// <summary>The maximum size of a document in bytes, as JSON and as BSON with its key. LiteDB's limit is 16 MB.</summary>
    public const int MaxBytes = 15 * 1024 * 1024;

    /// <summary>The size of JSON that always fits: the worst case in BSON is an array of digits, five times as large.</summary>
    private const int AlwaysFits = 1024 * 1024;

    /// <param name="document">The document.</param>
    /// <param name="members">The members for which it has tokens.</param>
    /// <exception cref="DocumentTooLargeException">The document is larger than LiteDB can hold.</exception>
    public static BsonDocument ToBson(StoredDocument document, IReadOnlyCollection<string> members)
    {
        var bson = new BsonDocument
        {
            ["_id"] = Id(document.Key),
            ["o"] = document.Key.Tenant,
            ["c"] = document.Key.Collection,
            ["i"] = document.Key.Id,
            ["r"] = document.Version.Random,
            ["n"] = document.Version.Number,
            ["s"] = document.Checksum(),
            ["t"] = Tokens(document, members),
        };
        if (BsonJson.ToBson(document.Json.Span) is { } content)
        {
            bson["d"] = content;
            if (Size(bson, document) <= MaxBytes)
            {
                return bson;
            }

            bson.Remove("d");
        }

        bson["j"] = document.Json.ToArray();
        int bytes = Size(bson, document);
        return bytes <= MaxBytes ? bson : throw new DocumentTooLargeException(bytes, MaxBytes);
    }

    /// <summary>Converts a document back; null if it is damaged.</summary>
    public static StoredDocument? FromBson(BsonDocument bson)
    {
        try
        {
            byte[] json = bson.TryGetValue("j", out BsonValue raw) ? raw.AsBinary : BsonJson.ToJson(bson["d"].AsDocument);
            var document = new StoredDocument(
                new DocumentKey(bson["o"].AsString, bson["c"].AsString, bson["i"].AsString),
                new DocumentVersion(bson["r"].AsInt64, bson["n"].AsInt64),
                json);
            return document.Key.IsValid && document.Checksum() == bson["s"].AsInt64 ? document : null;
        }
        catch (Exception exception) when (exception is InvalidCastException or NullReferenceException or NotSupportedException
            or ArgumentException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A hash of the key, because LiteDB's ids have at most 1,023 bytes. The key itself is compared as well.</summary>
    public static BsonValue Id(DocumentKey key) => new Guid(Hash(key.Tenant, key.Collection, key.Id));

    /// <summary>The tokens by which a document is found: one for each of the given members, and one for its collection.</summary>
    public static BsonArray Tokens(StoredDocument document, IReadOnlyCollection<string> members) => new(
        DocumentTokens.Of(document, members)
            .Append(CollectionToken(document.Key.Tenant, document.Key.Collection))
            .Select(token => new BsonValue(token)));

    /// <summary>The token of all documents of a collection.</summary>
    public static long CollectionToken(string tenant, string collection) => BinaryPrimitives.ReadInt64BigEndian(Hash(tenant, collection));

    // Not measured if it always fits.
    private static int Size(BsonDocument bson, StoredDocument document) =>
        document.Json.Length <= AlwaysFits ? 0 : BsonSerializer.Serialize(bson).Length;

    private static byte[] Hash(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset()[..16];
    }
}
