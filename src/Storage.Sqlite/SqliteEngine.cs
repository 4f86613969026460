namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>The connections to a database: one that writes, several that read, and the indexes that searches need.</summary>
internal sealed class SqliteEngine : IFileEngine
{
    private readonly LockedFile _database;
    private readonly long? _maxBytes;
    private readonly int _busySeconds;
    private readonly SqliteReaders _readers;
    private readonly MemberIndexes _indexes = new();

    /// <summary>Creates the database if there is none, and updates its layout.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened.</exception>
    public SqliteEngine(LockedFile database, SqliteStoreOptions options)
    {
        _database = database;
        _maxBytes = options.MaxBytes;

        // The library reads 0 as "no limit".
        _busySeconds = Math.Max(1, (int)Math.Ceiling(options.BusyTimeout.TotalSeconds));
        SqliteSchema.Prepare(database.Path, _busySeconds, database.Mark);
        _readers = new SqliteReaders(() => SqliteSession.OpenReader(database.Path, _busySeconds, _indexes), options.MaxReaders);
    }

    public int MaxDocumentBytes => SqliteSession.MaxDocumentBytes;

    public IFileSession OpenWriter(bool acceptRestore) =>
        SqliteSession.OpenWriter(_database.Path, _busySeconds, _indexes, _maxBytes, _database.Mark, acceptRestore);

    public ValueTask<T> ReadAsync<T>(Func<IFileSession, T> read, GroupCommit writer, CancellationToken cancellationToken) =>
        _readers.ReadAsync(read, cancellationToken);

    /// <summary>Creates the index for a selection if there is none.</summary>
    public async ValueTask PrepareSearchAsync(DocumentSelection selection, GroupCommit writer, CancellationToken cancellationToken)
    {
        if (_indexes.FindMissing(selection) is not { } missing)
        {
            return;
        }

        try
        {
            if (await writer.WriteAsync(session => ((SqliteSession)session).CreateIndex(missing), cancellationToken))
            {
                _indexes.Add(missing);
            }
            else
            {
                _indexes.SetFull();
            }
        }
        catch (StoreUnavailableException)
        {
            // There may be no room for an index. The documents can still be found, only slower.
        }
    }

    public ValueTask DisposeAsync() => _readers.DisposeAsync();
}
