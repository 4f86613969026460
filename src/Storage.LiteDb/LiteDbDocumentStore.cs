namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>
/// Documents in a LiteDB database: one file on one machine's disk, for one process. A write is on the disk before it is acknowledged: LiteDB is given a log that is flushed and
/// checked, as its own is not. One thread writes and commits what has queued up together; reads run beside it.
/// </summary>
/// <remarks>
/// The content of a document is BSON, and can be looked at with LiteDB's tools once the store is closed. Reads are synchronous inside. Finding by members reads every document that
/// has the first of them.
/// </remarks>
public sealed class LiteDbDocumentStore : IDocumentStore, IAsyncDisposable
{
    private readonly StoreLock _lock;
    private readonly Sessions _sessions;
    private readonly GroupCommit<LiteDbSession> _writer;
    private readonly SemaphoreSlim _readers;
    private int _disposed;

    private LiteDbDocumentStore(StoreLock storeLock, Sessions sessions, GroupCommit<LiteDbSession> writer, LiteDbStoreOptions options)
    {
        File = sessions.File;
        _lock = storeLock;
        _sessions = sessions;
        _writer = writer;
        _readers = new SemaphoreSlim(options.MaxReaders);
    }

    /// <summary>The database's file, as a full path.</summary>
    public string File { get; }

    /// <summary>Opens the store, and makes it where there is none.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The database is in use by another process (<see cref="StoreFault.Unavailable"/>), is not one of this store or of a later version of it
    /// (<see cref="StoreFault.Foreign"/>), or cannot be read or written. The message is fit to be shown at start.
    /// </exception>
    public static LiteDbDocumentStore Open(LiteDbStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        string file = StoreFile.Resolve(options.Path, LiteDbStoreOptions.DefaultFileName);
        var storeLock = StoreLock.Take(file);
        try
        {
            var sessions = new Sessions(file);
            return new LiteDbDocumentStore(storeLock, sessions, new GroupCommit<LiteDbSession>(typeof(LiteDbDocumentStore), sessions.Open, options.MaxQueuedWrites), options);
        }
        catch
        {
            storeLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
        await FindAsync(DocumentSelection.Of(key), 1, cancellationToken) is [StoredDocument document] ? document : null;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredDocument>> FindAsync(DocumentSelection selection, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (!selection.IsValid)
        {
            return [];
        }

        await _readers.WaitAsync(cancellationToken);
        LiteDbSession session = _sessions.Current;
        try
        {
            return session.Read(selection, limit, cancellationToken)
                ?? throw new StoreUnavailableException(StoreFault.Unavailable, $"The database {File} is being opened again after an error. Try again soon.");
        }
        finally
        {
            _readers.Release();
            if (session.Fault is not null && _disposed == 0)
            {
                // LiteDB has closed itself: let the writer open it again, for those who come next.
                _ = _writer.WriteAsync(_ => true, CancellationToken.None).ContinueWith(task => task.Exception, TaskScheduler.Default);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TransformResult> TransformAsync<TState>(
        DocumentSelection selection,
        IReadOnlyCollection<DocumentVersion>? ifVersions,
        TState state,
        DocumentTransform<TState> transform,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(transform);
        if (!selection.IsValid)
        {
            return new TransformResult(TransformStatus.NotFound, []);
        }

        return await _writer.WriteAsync(
            session =>
            {
                List<StoredDocument> matches = session.Find(selection, TransformResult.MaxCandidates, forUpdate: true, CancellationToken.None);
                TransformResult result = TransformResult.Decide(matches, ifVersions, state, transform);
                if (result.Status == TransformStatus.Changed)
                {
                    session.Update(result.Document);
                }

                return result;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> InsertAsync(DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default)
    {
        key.Require();
        DocumentJson.Require(json.Span);
        var document = new StoredDocument(key, DocumentVersion.First(), json.ToArray());
        return await _writer.WriteAsync(session => session.Insert(document), cancellationToken) ? document : null;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
        key.IsValid && await _writer.WriteAsync(session => session.Delete(key), cancellationToken);

    /// <summary>Reads every document and compares its checksum.</summary>
    /// <returns>The number of documents.</returns>
    /// <exception cref="StoreUnavailableException">One is damaged, or LiteDB cannot read on.</exception>
    public async ValueTask<long> VerifyAsync(CancellationToken cancellationToken = default) =>
        await _writer.WriteAsync(session => session.Verify(cancellationToken), cancellationToken);

    /// <summary>Finishes the writes that were asked for, refuses others, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _writer.StopAsync();
            _writer.Dispose();
            _lock.Dispose();
        }
    }

    /// <summary>The session of the moment, shared by the writer, who opens it, and the readers.</summary>
    private sealed class Sessions(string file)
    {
        private volatile LiteDbSession? _current;

        public string File { get; } = file;

        public LiteDbSession Current => _current!;

        public LiteDbSession Open() => _current = LiteDbSession.Open(File);
    }
}
