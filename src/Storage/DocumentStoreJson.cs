using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Storage;

/// <summary>Documents as objects, in a store that keeps them as JSON.</summary>
public static class DocumentStoreJson
{
    // Stored bytes are answered as they are, never inside HTML: text stays readable, and short outside the Latin alphabet.
    // Validated while it is written, so that a converter with a bug cannot store JSON that cannot be read.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = DocumentJson.MaxDepth,
    };

    /// <summary>Inserts a document under a key that is free, written as the patch endpoints write it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The key.</param>
    /// <param name="document">The document.</param>
    /// <param name="json">How it is written.</param>
    /// <param name="cancellationToken">Gives up waiting. A change that had already been handed to the engine may still be made.</param>
    /// <returns>The stored document, or null when the key is taken; the document there is left as it is.</returns>
    public static ValueTask<StoredDocument?> InsertAsync<TDocument>(
        this IDocumentStore store, DocumentKey key, TDocument document, JsonTypeInfo<TDocument> json, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.InsertAsync(key, Write(document, json), cancellationToken);
    }

    internal static ReadOnlyMemory<byte> Write<TDocument>(TDocument document, JsonTypeInfo<TDocument> json)
    {
        ArrayBufferWriter<byte> buffer = ScratchBuffer.Take();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            JsonSerializer.Serialize(writer, document, json);
        }

        byte[] written = buffer.WrittenSpan.ToArray(); // no longer than it is: a store may keep it
        ScratchBuffer.Return(buffer);
        return written;
    }

    internal static TDocument Read<TDocument>(StoredDocument stored, JsonTypeInfo<TDocument> json) =>
        JsonSerializer.Deserialize(stored.Json.Span, json)
        ?? throw new InvalidDataException($"The document {stored.Key} is stored as null.");
}
