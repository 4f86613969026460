namespace Layers.PatchGen.Storage;

/// <summary>A database file that this store alone may use: its path, its lock and its mark.</summary>
internal sealed class LockedFile : IDisposable
{
    private readonly StoreLock _lock;

    private LockedFile(string path, StoreLock storeLock)
    {
        Path = path;
        _lock = storeLock;
        Mark = CommitMark.Open(path);
    }

    /// <summary>The full path of the database.</summary>
    public string Path { get; }

    public CommitMark Mark { get; }

    /// <summary>Locks a database, which need not exist yet.</summary>
    /// <param name="path">See <see cref="FileStoreOptions.Path"/>.</param>
    /// <param name="defaultFileName">The name of the database in a folder.</param>
    /// <exception cref="StoreUnavailableException">It is in use, or its files cannot be opened.</exception>
    public static LockedFile Open(string path, string defaultFileName)
    {
        string file = StoreFile.Resolve(path, defaultFileName);
        var storeLock = StoreLock.Take(file);
        try
        {
            return new LockedFile(file, storeLock);
        }
        catch
        {
            storeLock.Dispose();
            throw;
        }
    }

    /// <summary>Releases the database. The engine must have closed it.</summary>
    public void Dispose()
    {
        Mark.Dispose();
        _lock.Dispose();
    }
}
