namespace Layers.PatchGen.Storage;

/// <summary>The options that the stores in files have in common. Read once, when the store is opened.</summary>
public abstract class FileStoreOptions : IStoreOptions
{
    private protected FileStoreOptions()
    {
    }

    /// <summary>
    /// The database: a file, or a folder that contains it under the engine's default file name. Required. A path that does not exist is a
    /// file if its name has an extension, otherwise a folder; it is created. The folder must be on a local disk.
    /// </summary>
    public string Path { get; set; } = "";

    /// <summary>
    /// The maximum number of writes that wait; further writes fail with <see cref="StoreFault.Unavailable"/>. At least 1. Default: 10,000.
    /// </summary>
    public int MaxQueuedWrites { get; set; } = 10_000;

    /// <summary>
    /// Whether the whole database is read when the store is opened, so that a damaged one is not opened. Takes about a second for 100,000
    /// documents. Default: false.
    /// </summary>
    public bool VerifyOnOpen { get; set; }

    /// <summary>
    /// Whether to open a database that lacks acknowledged changes: a restored backup, or what is left after its log was lost. The whole
    /// database is read once; a damaged one is not opened. What is missing is lost. Set this for one start only: it disables the
    /// protection. Default: false.
    /// </summary>
    public bool AcceptRestore { get; set; }

    IEnumerable<string> IStoreOptions.Validate() => Validate();

    private protected virtual IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Path))
        {
            yield return "Path is not set. Set it to a file or a folder on a local disk.";
        }

        if (MaxQueuedWrites < 1)
        {
            yield return $"MaxQueuedWrites is {MaxQueuedWrites}. It must be at least 1.";
        }
    }
}
