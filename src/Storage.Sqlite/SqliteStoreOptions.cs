namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>How a <see cref="SqliteDocumentStore"/> is opened.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The name of the database in a folder: <c>documents.sqlite</c>.</summary>
    public const string DefaultFileName = "documents.sqlite";

    /// <summary>
    /// Where the database is: a file, or a folder, in which it is called <see cref="DefaultFileName"/>. A path that does not exist is a file if its name has an
    /// extension and a folder if not; it is created. SQLite keeps two files more beside the database (<c>-wal</c>, <c>-shm</c>), and the store two (<c>-mark</c>, <c>.lock</c>).
    /// The folder must be on a local disk.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The most reads at the same time; others wait. Each holds a connection and its page cache of 2 MB. At least 1; 8 unless set.</summary>
    public int MaxReaders { get; init; } = 8;

    /// <summary>The most writes that wait for their turn; the next one is refused as <see cref="StoreFault.Unavailable"/>. At least 1; 10,000 unless set.</summary>
    public int MaxQueuedWrites { get; init; } = 10_000;

    /// <summary>How long a call waits for a lock that a stranger, such as a backup tool, holds on the database. 5 seconds unless set; counted in whole seconds, at least 1.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The most bytes that the database may grow to, its log of up to 64 MiB aside; what does not fit is refused as <see cref="StoreFault.Full"/>. Null for no limit but the disk's.
    /// </summary>
    public long? MaxBytes { get; init; }

    /// <summary>Whether opening reads everything once, as <see cref="SqliteDocumentStore.VerifyAsync"/> does, and refuses a damaged database. Off unless set.</summary>
    public bool VerifyOnOpen { get; init; }

    /// <summary>
    /// Whether a database is taken that ends before its mark, or has none: a backup that was put back, or what is left after its log was lost. It is read as a whole once, and what it
    /// lacks is lost. For one opening, never as a habit: it is the end of the protection. Off unless set.
    /// </summary>
    public bool AcceptRestore { get; init; }

    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxReaders, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQueuedWrites, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BusyTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes ?? 1, 1);
    }
}
