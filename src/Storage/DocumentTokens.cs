using System.Buffers;
using System.Text.Json;

namespace Layers.PatchGen.Storage;

/// <summary>
/// Numbers by which an implementation of <see cref="IDocumentStore"/> can look documents up: one for each top-level member with a string or
/// an integer, computed from the tenant, the collection, the name and the value. Equal values have equal tokens. Different values can, very
/// rarely, have equal tokens, so a match must be confirmed by <see cref="DocumentSelection.Matches"/>.
/// </summary>
/// <remarks>For engines without an index that distinguishes all text that JSON can contain, such as <c>"\u0000"</c>.</remarks>
public static class DocumentTokens
{
    /// <summary>The tokens that a document must have to match a selection, one for each member of the selection.</summary>
    public static IEnumerable<long> Of(DocumentSelection selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        PartHash collection = Collection(selection.Tenant, selection.Collection);
        return selection.Equal.Select(value => value.Text is null
            ? Number(collection.Add(value.Member), value.Number)
            : Text(collection.Add(value.Member)).Add(value.Text).Value);
    }

    /// <summary>The tokens of a document.</summary>
    public static ISet<long> Of(StoredDocument document) => Of(document, members: null);

    /// <summary>The tokens of a document for the given members; null for all.</summary>
    internal static ISet<long> Of(StoredDocument document, IReadOnlyCollection<string>? members)
    {
        ArgumentNullException.ThrowIfNull(document);
        var tokens = new HashSet<long>();
        if (members is { Count: 0 })
        {
            return tokens;
        }

        PartHash collection = Collection(document.Key.Tenant, document.Key.Collection);
        PartHash[]? only = members is null ? null : [.. members.Select(member => collection.Add(member))];
        var reader = new Utf8JsonReader(document.Json.Span, new JsonReaderOptions { MaxDepth = DocumentJson.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isSearched = TryAdd(collection, ref reader, out PartHash member) && only?.Contains(member) != false;
            reader.Read();
            if (isSearched && reader.TokenType == JsonTokenType.String && TryAdd(Text(member), ref reader, out PartHash text))
            {
                tokens.Add(text.Value);
            }
            else if (isSearched && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
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

    /// <summary>
    /// Adds the string or name at the reader; false if it has an unpaired surrogate, so that it is not text and equals none.
    /// </summary>
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
