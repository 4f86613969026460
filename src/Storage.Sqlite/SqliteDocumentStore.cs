namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>
/// Documents in a SQLite database: one file on one machine's disk, for one process. A write is on the disk (write-ahead log, <c>synchronous = FULL</c>) before it is
/// acknowledged. One thread writes and commits what has queued up together; reads run beside it on connections of their own.
/// </summary>
/// <remarks>
/// Reads are synchronous inside, as SQLite is, and take microseconds where the pages are in memory. Finding by members makes an index for these members the first time
/// (up to 16 sets of members), and later looks up no more than it returns. Do not copy the files of an open store: use SQLite's own backup.
/// </remarks>
public sealed class SqliteDocumentStore : IDocumentStore, IAsyncDisposable
{
    private readonly StoreLock _lock;
    private readonly CommitMark _mark;
    private readonly GroupCommit<SqliteSession> _writer;
    private readonly SqliteReaders _readers;
    private readonly MemberIndexes _indexes = new();
    private int _disposed;

    private SqliteDocumentStore(string file, StoreLock storeLock, CommitMark mark, GroupCommit<SqliteSession> writer, SqliteReaders readers)
    {
        File = file;
        _lock = storeLock;
        _mark = mark;
        _writer = writer;
        _readers = readers;
    }

    /// <summary>The database's file, as a full path.</summary>
    public string File { get; }

    /// <summary>What was wrong with the database and was accepted when the store was opened (<see cref="SqliteStoreOptions.AcceptRestore"/>), for the log; null when nothing was.</summary>
    public string? AcceptedRestore { get; private init; }

    /// <summary>Opens the store, and makes it where there is none.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The database is in use by another process (<see cref="StoreFault.Unavailable"/>), is not one of this store or of a later version of it
    /// (<see cref="StoreFault.Foreign"/>), lacks acknowledged commits (<see cref="StoreFault.Incomplete"/>), or cannot be read or written. The message is fit to be shown at start.
    /// </exception>
    public static SqliteDocumentStore Open(SqliteStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        string file = StoreFile.Resolve(options.Path, SqliteStoreOptions.DefaultFileName);
        // To the library 0 means without end.
        int busySeconds = Math.Max(1, (int)Math.Ceiling(options.BusyTimeout.TotalSeconds));
        var storeLock = StoreLock.Take(file);
        CommitMark? mark = null;
        try
        {
            mark = CommitMark.Open(file);
            SqliteSchema.Prepare(file, busySeconds, mark);
            string? accepted = null;
            if (options.AcceptRestore || options.VerifyOnOpen)
            {
                using SqliteSession first = OpenWriter(options.AcceptRestore);
                accepted = first.AcceptedRestore;
                if (options.VerifyOnOpen && accepted is null)
                {
                    first.Verify(CancellationToken.None);
                }
            }

            var writer = new GroupCommit<SqliteSession>(typeof(SqliteDocumentStore), () => OpenWriter(acceptRestore: false), options.MaxQueuedWrites);
            var readers = new SqliteReaders(() => SqliteSession.OpenReader(file, busySeconds), options.MaxReaders);
            return new SqliteDocumentStore(file, storeLock, mark, writer, readers) { AcceptedRestore = accepted };

            SqliteSession OpenWriter(bool acceptRestore) => SqliteSession.OpenWriter(file, busySeconds, options.MaxBytes, mark, acceptRestore);
        }
        catch
        {
            mark?.Dispose();
            storeLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
        key.IsValid
            ? _readers.ReadAsync(session => session.Load(key), cancellationToken)
            : ValueTask.FromResult<StoredDocument?>(null);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredDocument>> FindAsync(DocumentSelection selection, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (!selection.IsValid)
        {
            return [];
        }

        MemberIndex? index = await IndexAsync(selection, cancellationToken);
        return await _readers.ReadAsync(session => session.Find(selection, limit, index, cancellationToken), cancellationToken);
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

        MemberIndex? index = await IndexAsync(selection, cancellationToken);
        return await _writer.WriteAsync(
            session =>
            {
                List<StoredDocument> matches = session.Find(selection, TransformResult.MaxCandidates, index, CancellationToken.None);
                TransformResult result = TransformResult.Decide(matches, ifVersions, state, transform, SqliteSession.MaxDocumentBytes);
                if (result.Status == TransformStatus.Changed)
                {
                    session.Update(result.Document, matches[0].Version);
                }

                return result;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> InsertAsync(DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default)
    {
        key.Require();
        DocumentJson.Require(json.Span, SqliteSession.MaxDocumentBytes);
        var document = new StoredDocument(key, DocumentVersion.First(), json.ToArray());
        return await _writer.WriteAsync(session => session.Insert(document), cancellationToken) ? document : null;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
        key.IsValid && await _writer.WriteAsync(session => session.Delete(key), cancellationToken);

    /// <summary>Reads the whole database: SQLite's own check of its structure, and the checksum of every document. Takes about a second for 100,000 documents; reads and
    /// writes go on meanwhile, and the log grows until it is done.</summary>
    /// <returns>The number of documents.</returns>
    /// <exception cref="StoreUnavailableException">Something is damaged (<see cref="StoreFault.Damaged"/>); the message says what.</exception>
    public ValueTask<long> VerifyAsync(CancellationToken cancellationToken = default) =>
        _readers.ReadAsync(session => session.Verify(cancellationToken), cancellationToken);

    /// <summary>Finishes the writes that were asked for, refuses others, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _writer.StopAsync();
            await _readers.DisposeAsync();

            // The last connection to close folds the log into the database, and only the writing one may.
            _writer.Dispose();
            _mark.Dispose();
            _lock.Dispose();
        }
    }

    /// <summary>The index that serves a selection, made now if need be; null to look at the whole collection.</summary>
    private async ValueTask<MemberIndex?> IndexAsync(DocumentSelection selection, CancellationToken cancellationToken)
    {
        if (_indexes.For(selection, out MemberIndex? missing) is { } index)
        {
            return index;
        }

        if (missing is null)
        {
            return null;
        }

        try
        {
            if (await _writer.WriteAsync(session => session.CreateIndex(missing), cancellationToken))
            {
                _indexes.Add(missing);
                return missing;
            }

            _indexes.NoMore();
        }
        catch (StoreUnavailableException)
        {
            // No room for an index, say. The documents can still be found, only slower.
        }

        return null;
    }
}
