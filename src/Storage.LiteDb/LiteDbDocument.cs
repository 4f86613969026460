using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LiteDB;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>
/// A document as LiteDB holds it: <c>o</c> tenant, <c>c</c> collection, <c>i</c> id, <c>r</c> and <c>n</c> the random bits and the number of the version, <c>s</c> checksum, <c>t</c> tokens to find it by,
/// and the content as <c>d</c> in BSON, or where that would change a byte as <c>j</c>, the JSON itself.
/// </summary>
internal static class LiteDbDocument
{
    /// <summary>The most bytes of a document, as JSON and as BSON with its key: LiteDB holds none over 16 MB.</summary>
    public const int MaxBytes = 15 * 1024 * 1024;

    /// <summary>JSON no larger than this is not, in BSON, larger than LiteDB can hold: the worst is an array of digits, five times as large.</summary>
    private const int SurelyFits = 1024 * 1024;

    /// <exception cref="DocumentTooLargeException">The document is larger than LiteDB can hold.</exception>
    public static BsonDocument ToBson(StoredDocument document)
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
            ["t"] = new BsonArray(DocumentTokens.Of(document).Append(CollectionToken(document.Key.Tenant, document.Key.Collection)).Select(token => new BsonValue(token))),
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

    /// <summary>Null when it is damaged.</summary>
    public static StoredDocument? FromBson(BsonDocument bson)
    {
        try
        {
            byte[] json = bson.TryGetValue("j", out BsonValue raw) ? raw.AsBinary : BsonJson.ToJson(bson["d"].AsDocument);
            var document = new StoredDocument(
                new DocumentKey(bson["o"].AsString, bson["c"].AsString, bson["i"].AsString), new DocumentVersion(bson["r"].AsInt64, bson["n"].AsInt64), json);
            return document.Key.IsValid && document.Checksum() == bson["s"].AsInt64 ? document : null;
        }
        catch (Exception exception) when (exception is InvalidCastException or NullReferenceException or NotSupportedException or ArgumentException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Made of the key, and short: LiteDB's own keys have at most 1,023 bytes. That it is the right document is seen by its key itself.</summary>
    public static BsonValue Id(DocumentKey key) => new Guid(Hash(key.Tenant, key.Collection, key.Id));

    /// <summary>What every document of a collection is found by.</summary>
    public static long CollectionToken(string tenant, string collection) => BinaryPrimitives.ReadInt64BigEndian(Hash(tenant, collection));

    // Not measured where it surely fits.
    private static int Size(BsonDocument bson, StoredDocument document) => document.Json.Length <= SurelyFits ? 0 : BsonSerializer.Serialize(bson).Length;

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
