namespace Layers.PatchGen.Storage;

/// <summary>
/// One connection of an engine to its database file. Used by one thread at a time. What is changed between <see cref="Begin"/> and
/// <see cref="Commit"/> is one transaction.
/// </summary>
/// <remarks>
/// A change that throws has changed nothing and leaves the other changes of its transaction intact: it is a single statement that the
/// engine applies completely or not at all, or several, of which those after the first can fail only by an error of the engine
/// (<see cref="Fault"/>). Such an error invalidates the transaction.
/// </remarks>
internal interface IFileSession : IDisposable
{
    /// <summary>
    /// The engine's error, after there was one: the transaction must be rolled back. Where readers share the engine it can be set at any
    /// time.
    /// </summary>
    StoreUnavailableException? Fault { get; }

    /// <summary>
    /// What was missing when the session was opened and was accepted (<see cref="CommitMark.Check"/>); null when nothing was.
    /// </summary>
    string? AcceptedRestore { get; }

    /// <summary>Begins a transaction.</summary>
    /// <exception cref="StoreUnavailableException">The engine failed.</exception>
    void Begin();

    /// <summary>Commits the transaction. It is on the disk when this returns.</summary>
    /// <exception cref="StoreUnavailableException">The engine failed; nothing was committed.</exception>
    void Commit();

    /// <summary>Rolls the transaction back, unless the engine already did, and clears the fault; false when that fails.</summary>
    bool TryRollback();

    /// <summary>Called after each group of writes. Copies the log into the database when the log is long. Does not throw.</summary>
    void Checkpoint();

    /// <summary>Finds documents, ordered by id.</summary>
    /// <exception cref="StoreUnavailableException">A document that was read is damaged, or the engine failed.</exception>
    List<StoredDocument> Find(DocumentSelection selection, int limit, CancellationToken cancellationToken);

    /// <summary>Inserts a document; false when there is one with its key.</summary>
    bool Insert(StoredDocument document);

    /// <summary>
    /// Replaces the version <paramref name="before"/> of a document, which was found in this transaction, and inserts others, whose keys
    /// were not.
    /// </summary>
    void Update(StoredDocument document, DocumentVersion before, IReadOnlyList<StoredDocument> companions);

    /// <summary>Deletes a document; false when there is none.</summary>
    bool Delete(DocumentKey key);

    /// <summary>Reads the whole database and counts the documents.</summary>
    /// <exception cref="StoreUnavailableException">It is damaged, or the engine failed.</exception>
    long Verify(CancellationToken cancellationToken);
}
