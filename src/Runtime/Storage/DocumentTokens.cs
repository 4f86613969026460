using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.Storage;

/// <summary>
/// For those who write a store: what a document can be found by, a number for each member, at its top level, that holds a string or an integer; made of the organisation, the
/// collection, the name and the value. Equal values have equal tokens; that different ones have different tokens is all but certain, and is not relied on.
/// </summary>
/// <remarks>
/// An engine looks documents up by these numbers where it has no index of its own that takes every text that JSON can spell (<c>"\u0000"</c>), apart from every other.
/// </remarks>
public static class DocumentTokens
{
    private const byte Text = 1;
    private const byte Number = 2;

    /// <summary>The tokens that a document must have to be meant by a selection, one for each of its members.</summary>
    public static IEnumerable<long> Of(DocumentSelection selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        return selection.Equal.Select(value => value.Text is null
            ? Hash(selection.Organisation, selection.Collection, value.Member, value.Number)
            : Hash(selection.Organisation, selection.Collection, value.Member, value.Text));
    }

    /// <summary>The tokens that a document has.</summary>
    public static ISet<long> Of(StoredDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var tokens = new HashSet<long>();
        var reader = new Utf8JsonReader(document.Json.Span, new JsonReaderOptions { MaxDepth = DocumentJson.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? member = String(ref reader);
            reader.Read();
            if (member is not null && reader.TokenType == JsonTokenType.String && String(ref reader) is { } text)
            {
                tokens.Add(Hash(document.Key.Organisation, document.Key.Collection, member, text));
            }
            else if (member is not null && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
            {
                tokens.Add(Hash(document.Key.Organisation, document.Key.Collection, member, number));
            }

            reader.Skip();
        }

        return tokens;
    }

    // Null where there is an unpaired surrogate: not text, and equal to none.
    private static string? String(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static long Hash(string organisation, string collection, string member, string text) =>
        Hash(organisation, collection, member, Text, Encoding.UTF8.GetBytes(text));

    private static long Hash(string organisation, string collection, string member, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return Hash(organisation, collection, member, Number, bytes);
    }

    private static long Hash(string organisation, string collection, string member, byte kind, ReadOnlySpan<byte> value)
    {
        // The lengths of the names come first, so that no two sequences of parts are the same bytes.
        var bytes = new List<byte>(64 + organisation.Length + collection.Length + member.Length + value.Length);
        Put(bytes, organisation);
        Put(bytes, collection);
        Put(bytes, member);
        bytes.Add(kind);
        bytes.AddRange(value);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(CollectionsMarshal.AsSpan(bytes), hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    private static void Put(List<byte> bytes, string part)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(part);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, utf8.Length);
        bytes.AddRange(length);
        bytes.AddRange(utf8);
    }
}
