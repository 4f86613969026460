namespace Layers.PatchGen.Storage;

/// <summary>
/// What an engine provides to a <see cref="FileDocumentStore"/>. Disposing it closes the sessions that read, not the one that writes.
/// </summary>
internal interface IFileEngine : IAsyncDisposable
{
    /// <summary>The maximum size of one document, in bytes of JSON.</summary>
    int MaxDocumentBytes { get; }

    /// <summary>Opens the session that writes. There is one at a time; after an error it is closed and this is called again.</summary>
    /// <param name="acceptRestore">See <see cref="FileStoreOptions.AcceptRestore"/>.</param>
    /// <exception cref="StoreUnavailableException">The database cannot be opened.</exception>
    IFileSession OpenWriter(bool acceptRestore);

    /// <summary>Runs a read on a session, when one is available.</summary>
    ValueTask<T> ReadAsync<T>(Func<IFileSession, T> read, GroupCommit writer, CancellationToken cancellationToken);

    /// <summary>
    /// Called before a search, which may be faster after a write, such as the creation of an index. Search works without it as well.
    /// </summary>
    ValueTask PrepareSearchAsync(DocumentSelection selection, GroupCommit writer, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;
}
