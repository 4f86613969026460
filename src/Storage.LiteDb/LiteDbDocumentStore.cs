namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>
/// Documents in a LiteDB database: one file on one machine's disk, for one process. A write is on the disk before it is acknowledged: LiteDB is given a log that is flushed and
/// checked, as its own is not. One thread writes and commits what has queued up together.
/// </summary>
/// <remarks>
/// The content of a document is BSON, and can be looked at with LiteDB's tools once the store is closed. LiteDB is not safe for several threads, so reads and writes take turns: a read
/// waits for the reads before it and for one group of writes with its flush. Finding by members reads every document that has the first of them.
/// </remarks>
public sealed class LiteDbDocumentStore : IDocumentStore, IAsyncDisposable
{
    private readonly StoreLock _lock;
    private readonly CommitMark _mark;
    private readonly GroupCommit<LiteDbSession> _writer;
    private bool _acceptRestore;
    private volatile LiteDbSession? _session;
    private int _disposed;

    private LiteDbDocumentStore(string file, StoreLock storeLock, CommitMark mark, LiteDbStoreOptions options)
    {
        File = file;
        _lock = storeLock;
        _mark = mark;
        _acceptRestore = options.AcceptRestore;
        _writer = new GroupCommit<LiteDbSession>(typeof(LiteDbDocumentStore), OpenSession, options.MaxQueuedWrites);
        AcceptedRestore = _session!.AcceptedRestore;
    }

    /// <summary>The database's file, as a full path.</summary>
    public string File { get; }

    /// <summary>What was wrong with the database and was accepted when the store was opened (<see cref="LiteDbStoreOptions.AcceptRestore"/>), for the log; null when nothing was.</summary>
    public string? AcceptedRestore { get; }

    /// <summary>How many times the engine was opened.</summary>
    internal int Openings { get; private set; }

    /// <summary>Opens the store, and makes it where there is none.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The database is in use by another process (<see cref="StoreFault.Unavailable"/>), is not one of this store or of a later version of it
    /// (<see cref="StoreFault.Foreign"/>), lacks acknowledged commits (<see cref="StoreFault.Incomplete"/>), or cannot be read or written. The message is fit to be shown at start.
    /// </exception>
    public static LiteDbDocumentStore Open(LiteDbStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        string file = StoreFile.Resolve(options.Path, LiteDbStoreOptions.DefaultFileName);
        var storeLock = StoreLock.Take(file);
        CommitMark? mark = null;
        try
        {
            mark = CommitMark.Open(file);
            return new LiteDbDocumentStore(file, storeLock, mark, options);
        }
        catch
        {
            mark?.Dispose();
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
        if (!selection.IsValid)
        {
            return [];
        }

        return await ReadAsync(session => session.Find(selection, limit, forUpdate: false, cancellationToken), cancellationToken);
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
                TransformResult result = TransformResult.Decide(matches, ifVersions, state, transform, LiteDbDocument.MaxBytes);
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
        DocumentJson.Require(json.Span, LiteDbDocument.MaxBytes);
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
        await ReadAsync(session => session.Verify(cancellationToken), cancellationToken);

    /// <summary>Finishes the writes that were asked for, refuses others, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _writer.StopAsync();
            _writer.Dispose();
            _mark.Dispose();
            _lock.Dispose();
        }
    }

    private async ValueTask<T> ReadAsync<T>(Func<LiteDbSession, T> read, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        LiteDbSession session = _session!;
        (bool done, T result) = await session.TryReadAsync(read, cancellationToken);
        if (!done)
        {
            // The engine has closed itself on an error. The writer opens it again, or says why it cannot.
            await _writer.WriteAsync(static _ => true, cancellationToken);
            session = _session!;
            (done, result) = await session.TryReadAsync(read, cancellationToken);
        }

        return done ? result : throw session.Fault ?? new StoreUnavailableException(StoreFault.Unavailable, $"The database {File} is being opened again after an error. Try again soon.");
    }

    private LiteDbSession OpenSession()
    {
        _session = LiteDbSession.Open(File, _mark, _acceptRestore);
        _acceptRestore = false;
        Openings++;
        return _session;
    }
}
