namespace Layers.PatchGen.Storage;

/// <summary>
/// A store of documents: JSON objects in UTF-8, each with a tenant, a collection and an id. The documents of another tenant cannot be
/// found, since every key and every selection has the tenant.
/// </summary>
/// <remarks>
/// <para>
/// A write that was acknowledged (its task has completed) survives a crash of the process and, if the engine guarantees it, of the machine;
/// on a server with a synchronous standby, a failover as well. The same holds for what a write without an effect has seen: a transform that
/// returns null, an insert of a key in use, a delete of nothing.
/// </para>
/// <para>
/// Implementations are thread-safe. A store that is not available throws <see cref="StoreUnavailableException"/>; nothing was changed then,
/// except where the fault is <see cref="StoreFault.Unknown"/>.
/// </para>
/// <para>
/// A read sees every write that was acknowledged before the read began, and no partial write. It may also see a change whose outcome is
/// unknown, and which a failover reverts. A server that was replaced by a failover without detecting it may return older documents; it
/// acknowledges no write.
/// </para>
/// <para>
/// Nothing is found under an invalid key (<see cref="DocumentKey.IsValid"/>). Memory that is passed to a store must not be changed: until
/// the task has completed when inserting, never when a transform returns it.
/// </para>
/// </remarks>
public interface IDocumentStore
{
    /// <summary>Loads one document.</summary>
    /// <returns>The document; null if there is none.</returns>
    ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds the documents of a selection (<see cref="DocumentSelection.Matches"/>), ordered by id (<see cref="DocumentKey.IdOrder"/>).
    /// </summary>
    /// <param name="selection">The documents to find.</param>
    /// <param name="limit">The maximum number of documents to return; at least 1.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1.</exception>
    ValueTask<IReadOnlyList<StoredDocument>> FindAsync(
        DocumentSelection selection, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds the one document of a selection, checks its version, transforms it and saves the result, in one atomic step: no other write
    /// comes between, and no acknowledged write is lost.
    /// </summary>
    /// <param name="selection">The document to change. More than one match is <see cref="TransformStatus.Ambiguous"/>.</param>
    /// <param name="ifVersions">The versions of which the document must have one (<c>If-Match</c>); null for any version.</param>
    /// <param name="state">Passed to <paramref name="transform"/>, so that it need not capture.</param>
    /// <param name="transform">
    /// Creates the new document from the current one. Must be pure and fast: it may run on another thread, other writes may wait for it,
    /// and it may run more than once, when another write came between or the engine retries. It does not run after the task has completed.
    /// Its exception reaches the caller, and nothing was changed then.
    /// </param>
    /// <param name="companions">
    /// Creates further documents, which are inserted in the same transaction: all of it is saved, or nothing. Called after
    /// <paramref name="transform"/>, unless that leaves the document unchanged, and under the same conditions. Null for none.
    /// </param>
    /// <param name="cancellationToken">Stops waiting. A change that was passed to the engine may still be made.</param>
    /// <exception cref="InvalidOperationException">
    /// A companion cannot be inserted: its key is in use, invalid or of another tenant, or it is not one JSON object or too large; nothing
    /// was changed.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The new document is not one JSON object (<see cref="DocumentJson.Validate"/>); nothing was changed.
    /// </exception>
    /// <exception cref="DocumentTooLargeException">The new document is larger than the store can hold; nothing was changed.</exception>
    ValueTask<TransformResult> TransformAsync<TState>(
        DocumentSelection selection,
        IReadOnlyCollection<DocumentVersion>? ifVersions,
        TState state,
        DocumentTransform<TState> transform,
        DocumentCompanions<TState>? companions = null,
        CancellationToken cancellationToken = default);

    /// <summary>Inserts a document under an unused key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="json">One JSON object in UTF-8 without byte order mark (<see cref="DocumentJson.Validate"/>).</param>
    /// <param name="cancellationToken">Stops waiting. A change that was passed to the engine may still be made.</param>
    /// <returns>The stored document; null if the key is in use, and nothing was changed.</returns>
    /// <exception cref="ArgumentException">The key is invalid, or the document is not one JSON object.</exception>
    /// <exception cref="DocumentTooLargeException">The document is larger than the store can hold.</exception>
    ValueTask<StoredDocument?> InsertAsync(DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default);

    /// <summary>
    /// Prepares searches of a collection by members, for example by creating an index, so that the first search does not wait for it. The
    /// framework calls it for each endpoint when the application starts. Documents are found by other members as well, perhaps more slowly.
    /// </summary>
    /// <param name="collection">The collection.</param>
    /// <param name="members">The members that selections compare together (<see cref="DocumentSelection.Equal"/>).</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask PrepareSearchAsync(
        string collection, IReadOnlyList<string> members, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <summary>Deletes a document.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Stops waiting. A change that was passed to the engine may still be made.</param>
    /// <returns>Whether there was one.</returns>
    ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default);
}

/// <summary>Creates the new JSON of a document.</summary>
/// <param name="state">The state that the caller passed.</param>
/// <param name="document">The current document.</param>
/// <returns>The new document, one JSON object in UTF-8; null to leave it unchanged.</returns>
public delegate ReadOnlyMemory<byte>? DocumentTransform<in TState>(TState state, StoredDocument document);
