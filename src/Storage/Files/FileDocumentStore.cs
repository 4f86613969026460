namespace Layers.PatchGen.Storage;

/// <summary>
/// Documents in a database file on a local disk, for one process. A write is on the disk before it is acknowledged. One thread writes; the
/// writes that are waiting are committed together.
/// </summary>
/// <remarks>
/// The files beside the database are part of it: the log, the <c>-mark</c> with the number of the last acknowledged commit, and the
/// <c>.lock</c> that keeps other processes out.
/// </remarks>
public abstract class FileDocumentStore : IDocumentStore, IAsyncDisposable, IDisposable
{
    private readonly LockedFile _database;
    private readonly IFileEngine _engine;
    private readonly GroupCommit _writer;
    private int _disposed;

    private protected FileDocumentStore(LockedFile database, IFileEngine engine, FileStoreOptions options)
    {
        _database = database;
        _engine = engine;
        IFileSession session = engine.OpenWriter(options.AcceptRestore);
        try
        {
            AcceptedRestore = session.AcceptedRestore;

            // A restore that was accepted has been read as a whole already.
            if (options.VerifyOnOpen && AcceptedRestore is null)
            {
                session.Verify(CancellationToken.None);
            }

            _writer = new GroupCommit(GetType(), session, () => engine.OpenWriter(acceptRestore: false), options.MaxQueuedWrites);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The full path of the database file.</summary>
    public string File => _database.Path;

    /// <summary>
    /// What was missing when the store was opened and was accepted (<see cref="FileStoreOptions.AcceptRestore"/>), as a sentence for the
    /// log; null when nothing was.
    /// </summary>
    public string? AcceptedRestore { get; }

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
        await FindAsync(DocumentSelection.Of(key), 1, cancellationToken) is [StoredDocument document] ? document : null;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredDocument>> FindAsync(
        DocumentSelection selection, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (!selection.IsValid)
        {
            return [];
        }

        await _engine.PrepareSearchAsync(selection, _writer, cancellationToken);
        return await ReadAsync(session => session.Find(selection, limit, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask PrepareSearchAsync(
        string collection, IReadOnlyList<string> members, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(members);
        var selection = new DocumentSelection("", collection, null, [.. members.Select(static member => new MemberValue(member, ""))]);
        return _engine.PrepareSearchAsync(selection, _writer, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TransformResult> TransformAsync<TState>(
        DocumentSelection selection,
        IReadOnlyCollection<DocumentVersion>? ifVersions,
        TState state,
        DocumentTransform<TState> transform,
        DocumentCompanions<TState>? companions = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(transform);
        if (!selection.IsValid)
        {
            return new TransformResult(TransformStatus.NotFound, []);
        }

        await _engine.PrepareSearchAsync(selection, _writer, cancellationToken);
        return await _writer.WriteAsync(
            session =>
            {
                List<StoredDocument> matches = session.Find(selection, TransformResult.MaxCandidates, CancellationToken.None);
                TransformResult result =
                    TransformResult.Evaluate(matches, ifVersions, state, transform, companions, _engine.MaxDocumentBytes);
                foreach (StoredDocument companion in result.Companions)
                {
                    if (session.Find(DocumentSelection.Of(companion.Key), 1, CancellationToken.None).Count > 0)
                    {
                        throw NewDocument.KeyInUse(companion.Key);
                    }
                }

                if (result.Status == TransformStatus.Changed)
                {
                    session.Update(result.Document, matches[0].Version, result.Companions);
                }

                return result;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> InsertAsync(
        DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default)
    {
        key.ThrowIfInvalid();
        DocumentJson.Validate(json.Span, _engine.MaxDocumentBytes);
        var document = new StoredDocument(key, DocumentVersion.First(), json.ToArray());
        return await _writer.WriteAsync(session => session.Insert(document), cancellationToken) ? document : null;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
        key.IsValid && await _writer.WriteAsync(session => session.Delete(key), cancellationToken);

    /// <summary>
    /// Reads the whole database and compares the checksum of every document. Takes about a second for 100,000 documents.
    /// </summary>
    /// <returns>The number of documents.</returns>
    /// <exception cref="StoreUnavailableException">
    /// The database is damaged (<see cref="StoreFault.Damaged"/>); the message says what.
    /// </exception>
    public ValueTask<long> VerifyAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(session => session.Verify(cancellationToken), cancellationToken);

    /// <summary>Completes the writes that are waiting, rejects others, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _writer.StopAsync();
            await _engine.DisposeAsync();

            // The writer is closed last: with it the log is copied into the database.
            _writer.Dispose();
            _database.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the store, as <see cref="DisposeAsync"/> does, and waits for it.</summary>
    public void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>Validates the options, locks the database and opens the store on a thread of the pool.</summary>
    private protected static Task<TStore> OpenAsync<TStore>(
        FileStoreOptions options, string defaultFileName, Func<LockedFile, TStore> open, CancellationToken cancellationToken)
        where TStore : FileDocumentStore
    {
        IStoreOptions.ThrowIfInvalid(options);
        return Task.Run(
            () =>
            {
                var database = LockedFile.Open(options.Path, defaultFileName);
                try
                {
                    return open(database);
                }
                catch
                {
                    database.Dispose();
                    throw;
                }
            },
            cancellationToken);
    }

    private ValueTask<T> ReadAsync<T>(Func<IFileSession, T> read, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return _engine.ReadAsync(read, _writer, cancellationToken);
    }
}
