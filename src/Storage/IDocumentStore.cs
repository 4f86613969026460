namespace Layers.PatchGen.Storage;

/// <summary>
/// Where documents live: JSON objects as UTF-8, each under a tenant, a collection and an id. Another tenant's document is not found by construction,
/// since the tenant is the first part of every key and every selection.
/// </summary>
/// <remarks>
/// A write that has been acknowledged (its task has completed) survives a crash of the process, and of the machine where the engine promises it; on a server with a
/// synchronous standby, a failover too. A write that finds its change already made (a transform that returns null, an insert of a key that is taken, a delete of
/// nothing) is acknowledged under the same condition.
/// Implementations are safe for concurrent use. A store that cannot be written to just now throws <see cref="StoreUnavailableException"/>; nothing has changed then,
/// except where the fault is <see cref="StoreFault.Unknown"/>.
/// A read sees every write that was acknowledged before the read began, and never half of one. It may also see a change whose outcome is unknown, which a failover
/// then takes back. A server that was replaced by a failover and has not noticed it may answer reads with what it had before; it acknowledges no write.
/// Under a key that is not valid (<see cref="DocumentKey.IsValid"/>) nothing is ever found.
/// Memory that is handed to a store must keep its content: until the task has completed when inserting, for good when a transform returns it.
/// </remarks>
public interface IDocumentStore
{
    /// <summary>Loads one document.</summary>
    /// <returns>The document, or null where there is none.</returns>
    ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default);

    /// <summary>Finds the documents of a selection (<see cref="DocumentSelection.Matches"/>), ordered by id (<see cref="DocumentKey.IdOrder"/>).</summary>
    /// <param name="selection">Which documents.</param>
    /// <param name="limit">The most documents to return; at least 1.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1.</exception>
    ValueTask<IReadOnlyList<StoredDocument>> FindAsync(DocumentSelection selection, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds the one document of a selection, checks its version, transforms it and saves the result, all at one point of serialisation: no other write falls
    /// between the look and the save, and no acknowledged write is ever lost.
    /// </summary>
    /// <param name="selection">Which document. More than one match is <see cref="TransformStatus.Ambiguous"/>.</param>
    /// <param name="ifVersions">The versions of which the document must have one (<c>If-Match</c>), or null when any will do. With versions the change is tried once.</param>
    /// <param name="state">Handed to <paramref name="transform"/>, so that it need not capture.</param>
    /// <param name="transform">
    /// Makes the new document of the old. Must be pure and brief: it may run on another thread, other writes may wait for it, and it may run more than once, when another
    /// write came between or the engine tries again. It does not run any more when the task has completed. What it throws reaches the caller, and nothing has changed then.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting. A change that had already been handed to the engine may still be made.</param>
    /// <exception cref="ArgumentException">What <paramref name="transform"/> made is not one JSON object (<see cref="DocumentJson.Validate"/>); nothing has changed.</exception>
    /// <exception cref="DocumentTooLargeException">What <paramref name="transform"/> made is larger than the store can hold; nothing has changed.</exception>
    ValueTask<TransformResult> TransformAsync<TState>(
        DocumentSelection selection,
        IReadOnlyCollection<DocumentVersion>? ifVersions,
        TState state,
        DocumentTransform<TState> transform,
        CancellationToken cancellationToken = default);

    /// <summary>Inserts a document under a key that is free.</summary>
    /// <param name="key">The key.</param>
    /// <param name="json">One JSON object, UTF-8, without byte order mark (<see cref="DocumentJson.Validate"/>).</param>
    /// <param name="cancellationToken">Gives up waiting. A change that had already been handed to the engine may still be made.</param>
    /// <returns>The stored document, or null when the key is taken; the document there is left as it is.</returns>
    /// <exception cref="ArgumentException">The key is not valid, or the document is not one JSON object.</exception>
    /// <exception cref="DocumentTooLargeException">The document is larger than the store can hold.</exception>
    ValueTask<StoredDocument?> InsertAsync(DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default);

    /// <summary>Deletes a document.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Gives up waiting. A change that had already been handed to the engine may still be made.</param>
    /// <returns>Whether there was one.</returns>
    ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default);
}

/// <summary>Makes the new JSON of a document.</summary>
/// <param name="state">What the caller handed over.</param>
/// <param name="document">The document as it is.</param>
/// <returns>The new document, one JSON object as UTF-8; or null to leave it as it is.</returns>
public delegate ReadOnlyMemory<byte>? DocumentTransform<in TState>(TState state, StoredDocument document);
