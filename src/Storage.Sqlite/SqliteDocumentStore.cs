namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>
/// Documents in a SQLite database: one file on one machine's disk, for one process. A write is on the disk (write-ahead log,
/// <c>synchronous = FULL</c>) before it is acknowledged. One thread writes and commits the waiting writes together; reads run beside it on
/// connections of their own.
/// </summary>
/// <remarks>
/// Reads run on the caller's thread and take microseconds if the pages are in memory. The first search by a set of members creates an index
/// for it (for up to 16 sets); later searches read only the documents that they return. Do not copy the files of an open store: use
/// SQLite's own backup.
/// </remarks>
public sealed class SqliteDocumentStore : FileDocumentStore
{
    private SqliteDocumentStore(LockedFile database, SqliteStoreOptions options)
        : base(database, new SqliteEngine(database, options), options)
    {
    }

    /// <summary>Opens the store; creates the database if there is none.</summary>
    /// <param name="options">The options, read once.</param>
    /// <param name="cancellationToken">Cancels the opening before it begins.</param>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    /// <exception cref="StoreUnavailableException">
    /// The database is in use or cannot be read or written (<see cref="StoreFault.Unavailable"/>), was not created by this store or by a
    /// later version of it (<see cref="StoreFault.Incompatible"/>), lacks acknowledged commits (<see cref="StoreFault.Incomplete"/>), or is
    /// damaged (<see cref="StoreFault.Damaged"/>). The message can be shown to the user.
    /// </exception>
    public static Task<SqliteDocumentStore> OpenAsync(SqliteStoreOptions options, CancellationToken cancellationToken = default) =>
        OpenAsync(options, SqliteStoreOptions.DefaultFileName, database => new SqliteDocumentStore(database, options), cancellationToken);
}
