namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>
/// Documents in a LiteDB database: one file on one machine's disk, for one process. A write is on the disk before it is acknowledged:
/// LiteDB, which does not flush its own log, writes to a log that is flushed and has checksums. One thread writes and commits the waiting
/// writes together.
/// </summary>
/// <remarks>
/// The content of a document is BSON and can be read with LiteDB's tools when the store is closed. LiteDB is not thread-safe, so reads and
/// writes take turns: a read waits for the reads before it and for one group of writes with its flush. A search by members reads every
/// document that has the first of them. The first search that begins with a member reads all documents once, to index it (for
/// up to 16 members of a collection).
/// </remarks>
public sealed class LiteDbDocumentStore : FileDocumentStore
{
    private readonly LiteDbFileEngine _engine;

    private LiteDbDocumentStore(LockedFile database, LiteDbFileEngine engine, LiteDbStoreOptions options)
        : base(database, engine, options) => _engine = engine;

    /// <summary>How many times the engine was opened.</summary>
    internal int Openings => _engine.Openings;

    /// <summary>Opens the store; creates the database if there is none.</summary>
    /// <param name="options">The options, read once.</param>
    /// <param name="cancellationToken">Cancels the opening before it begins.</param>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    /// <exception cref="StoreUnavailableException">
    /// The database is in use or cannot be read or written (<see cref="StoreFault.Unavailable"/>), was not created by this store or by a
    /// later version of it (<see cref="StoreFault.Incompatible"/>), lacks acknowledged commits (<see cref="StoreFault.Incomplete"/>), or is
    /// damaged (<see cref="StoreFault.Damaged"/>). The message can be shown to the user.
    /// </exception>
    public static Task<LiteDbDocumentStore> OpenAsync(LiteDbStoreOptions options, CancellationToken cancellationToken = default) =>
        OpenAsync(
            options,
            LiteDbStoreOptions.DefaultFileName,
            database => new LiteDbDocumentStore(database, new LiteDbFileEngine(database), options),
            cancellationToken);
}
