namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>
/// Makes this store the only one on its database. The operating system lets go of the lock when the process ends, however it ends; the file stays, since
/// deleting it would let two processes hold locks on two files of one name.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _stream;

    private StoreLock(FileStream stream) => _stream = stream;

    public static StoreLock Take(string database)
    {
        string file = database + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(database)!);
            return new StoreLock(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                StoreFault.Unavailable,
                $"The database {database} is in use by another process, or by another store of this one; or its lock cannot be taken. Only one may use it. {exception.Message}",
                exception);
        }
    }

    public void Dispose() => _stream.Dispose();
}
