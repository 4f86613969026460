using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Storage;

/// <summary>Inserts objects into a store, which stores them as JSON.</summary>
public static class DocumentStoreJson
{
    // Stored bytes are sent as they are and never inside HTML, so non-Latin text need not be escaped and stays short.
    // Validated while it is written, so that a converter with a bug cannot store JSON that cannot be read.
    internal static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = DocumentJson.MaxDepth,
    };

    /// <summary>Inserts a document under an unused key, serialized as the patch endpoints serialize it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The key.</param>
    /// <param name="document">The document.</param>
    /// <param name="json">The contract by which it is serialized.</param>
    /// <param name="cancellationToken">Stops waiting. A change that was passed to the engine may still be made.</param>
    /// <returns>The stored document; null if the key is in use, and nothing was changed.</returns>
    public static ValueTask<StoredDocument?> InsertAsync<TDocument>(
        this IDocumentStore store,
        DocumentKey key,
        TDocument document,
        JsonTypeInfo<TDocument> json,
        CancellationToken cancellationToken = default)
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

        byte[] written = buffer.WrittenSpan.ToArray(); // exact length: a store may keep it
        ScratchBuffer.Return(buffer);
        return written;
    }

    internal static TDocument Read<TDocument>(ReadOnlyMemory<byte> document, JsonTypeInfo<TDocument> json) =>
        JsonSerializer.Deserialize(document.Span, json)
        ?? throw new InvalidDataException($"The converter of {typeof(TDocument)} has read an object as null.");
}
