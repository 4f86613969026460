using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Storage;

/// <summary>
/// A document that is inserted in the same transaction as the change of another: an entry of an outbox or an audit trail.
/// </summary>
/// <param name="Key">
/// Its key, which must be unused; of the tenant of the changed document. A random or time-ordered id
/// (<see cref="Guid.CreateVersion7()"/>) or the version of the changed document is never in use.
/// </param>
/// <param name="Json">One JSON object in UTF-8 without byte order mark. Must not be changed afterwards.</param>
public sealed record NewDocument(DocumentKey Key, ReadOnlyMemory<byte> Json)
{
    /// <summary>Creates it from an object, serialized as the patch endpoints serialize documents.</summary>
    /// <param name="key">The key.</param>
    /// <param name="document">The document.</param>
    /// <param name="json">The contract by which it is serialized.</param>
    public static NewDocument Create<TDocument>(DocumentKey key, TDocument document, JsonTypeInfo<TDocument> json) =>
        new(key, DocumentStoreJson.Write(document, json));

    /// <summary>The exception for one that cannot be inserted. It is a bug of the caller, so nothing was changed.</summary>
    internal static InvalidOperationException CannotBeInserted(DocumentKey key, string reason, Exception? exception = null) =>
        new($"{key} cannot be inserted together with the change of another document, so nothing was changed. {reason}", exception);

    /// <summary>The exception for a key that is in use.</summary>
    internal static InvalidOperationException KeyInUse(DocumentKey key) => CannotBeInserted(key, "Its key is in use.");

    /// <summary>The exception for one of several keys.</summary>
    internal static InvalidOperationException KeyInUse(IReadOnlyList<StoredDocument> documents) => documents.Count == 1
        ? KeyInUse(documents[0].Key)
        : CannotBeInserted(documents[0].Key, "Its key is in use, or that of another document of this change.");
}

/// <summary>
/// Creates the documents that are inserted in the same transaction as a change. Must be pure and fast, like the transform.
/// </summary>
/// <param name="state">The state that the caller passed.</param>
/// <param name="before">The document before the change.</param>
/// <param name="after">The document as it will be saved, with its new version.</param>
/// <returns>The documents; may be empty.</returns>
public delegate IReadOnlyList<NewDocument> DocumentCompanions<in TState>(TState state, StoredDocument before, StoredDocument after);
