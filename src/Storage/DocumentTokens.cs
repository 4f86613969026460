using System.Buffers;
using System.Text.Json;

namespace Layers.PatchGen.Storage;

/// <summary>
/// For those who write a store: what a document can be found by, a number for each member, at its top level, that holds a string or an integer; made of the tenant, the
/// collection, the name and the value. Equal values have equal tokens; that different ones have different tokens is all but certain, and is not relied on.
/// </summary>
/// <remarks>
/// An engine looks documents up by these numbers where it has no index of its own that takes every text that JSON can spell (<c>"\u0000"</c>), apart from every other.
/// </remarks>
public static class DocumentTokens
{
    /// <summary>The tokens that a document must have to be meant by a selection, one for each of its members.</summary>
    public static IEnumerable<long> Of(DocumentSelection selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        PartHash collection = Collection(selection.Tenant, selection.Collection);
        return selection.Equal.Select(value => value.Text is null
            ? Number(collection.Add(value.Member), value.Number)
            : Text(collection.Add(value.Member)).Add(value.Text).Value);
    }

    /// <summary>The tokens that a document has.</summary>
    public static ISet<long> Of(StoredDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        PartHash collection = Collection(document.Key.Tenant, document.Key.Collection);
        var tokens = new HashSet<long>();
        var reader = new Utf8JsonReader(document.Json.Span, new JsonReaderOptions { MaxDepth = DocumentJson.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isText = TryAdd(collection, ref reader, out PartHash member);
            reader.Read();
            if (isText && reader.TokenType == JsonTokenType.String && TryAdd(Text(member), ref reader, out PartHash text))
            {
                tokens.Add(text.Value);
            }
            else if (isText && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
            {
                tokens.Add(Number(member, number));
            }

            reader.Skip();
        }

        return tokens;
    }

    private static PartHash Collection(string tenant, string collection) => default(PartHash).Add(tenant).Add(collection);

    private static PartHash Text(PartHash member) => member.Add("text"u8);

    private static long Number(PartHash member, long number) => member.Add("number"u8).Add(number).Value;

    /// <summary>Adds the string or the name that the reader is at; false where there is an unpaired surrogate: not text, and equal to none.</summary>
    private static bool TryAdd(PartHash hash, ref Utf8JsonReader reader, out PartHash with)
    {
        if (!reader.ValueIsEscaped)
        {
            with = hash.Add(reader.ValueSpan);
            return true;
        }

        byte[] unescaped = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            with = hash.Add(unescaped.AsSpan(0, reader.CopyString(unescaped)));
            return true;
        }
        catch (InvalidOperationException)
        {
            with = default;
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(unescaped);
        }
    }
}
