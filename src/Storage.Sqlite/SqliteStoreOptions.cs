namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>The options of a <see cref="SqliteDocumentStore"/>. Read once, when the store is opened.</summary>
public sealed class SqliteStoreOptions : FileStoreOptions
{
    /// <summary>The name of the database in a folder: <c>documents.sqlite</c>.</summary>
    public const string DefaultFileName = "documents.sqlite";

    /// <summary>
    /// The maximum number of concurrent reads; others wait. Each uses a connection with a page cache of 2 MB. At least 1. Default: 8.
    /// </summary>
    public int MaxReaders { get; set; } = 8;

    /// <summary>
    /// How long a call waits for a lock that another program, such as a backup tool, holds on the database. Rounded up to whole seconds, at
    /// least 1. Default: 5 seconds.
    /// </summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The maximum size of the database in bytes, without its log of up to 64 MiB; writes beyond it fail with
    /// <see cref="StoreFault.Full"/>. Null (the default) means no limit but the disk's.
    /// </summary>
    public long? MaxBytes { get; set; }

    private protected override IEnumerable<string> Validate()
    {
        foreach (string problem in base.Validate())
        {
            yield return problem;
        }

        if (MaxReaders < 1)
        {
            yield return $"MaxReaders is {MaxReaders}. It must be at least 1.";
        }

        if (BusyTimeout < TimeSpan.Zero)
        {
            yield return $"BusyTimeout is {BusyTimeout}. It must not be negative.";
        }

        if (MaxBytes < 1)
        {
            yield return $"MaxBytes is {MaxBytes}. It must be at least 1, or null for no limit.";
        }
    }
}
