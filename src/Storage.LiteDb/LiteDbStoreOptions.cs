namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>How a <c>LiteDbDocumentStore</c> is opened. This is there also where the store is not, so that its files can be recognised.</summary>
public sealed record LiteDbStoreOptions
{
    /// <summary>The name of the database in a folder: <c>documents.litedb</c>.</summary>
    public const string DefaultFileName = "documents.litedb";

    /// <summary>
    /// Where the database is: a file, or a folder, in which it is called <see cref="DefaultFileName"/>. A path that does not exist is a file if its name has an
    /// extension and a folder if not; it is created. Beside the database there are its log (<c>-safelog</c>, 16 MB or more), <c>-mark</c> and <c>.lock</c>. The folder must be on a local disk.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The most writes that wait for their turn; the next one is refused as <see cref="StoreFault.Unavailable"/>. At least 1; 10,000 unless set.</summary>
    public int MaxQueuedWrites { get; init; } = 10_000;

    /// <summary>
    /// Whether a database is taken that ends before its mark, or has none: a backup that was put back, or what is left after its log was lost. It is read as a whole once, and what it
    /// lacks is lost. For one opening, never as a habit: it is the end of the protection. Off unless set.
    /// </summary>
    public bool AcceptRestore { get; init; }

    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQueuedWrites, 1);
    }
}
