namespace Layers.PatchGen.Storage;

/// <summary>
/// For those who write a store in files: makes it the only one on its database. The operating system lets go of the lock when the process ends, however it ends; the file stays, since
/// deleting it would let two processes hold locks on two files of one name.
/// </summary>
public sealed class StoreLock : IDisposable
{
    private readonly FileStream _stream;

    private StoreLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock, a file beside the database with the ending <c>.lock</c>; makes their folder if need be, with a name that is safe against a loss of power.</summary>
    /// <param name="database">The full path of the database.</param>
    /// <exception cref="StoreUnavailableException">Another has it.</exception>
    public static StoreLock Take(string database)
    {
        ArgumentException.ThrowIfNullOrEmpty(database);
        string file = database + ".lock";
        try
        {
            StoreFile.MakeFolder(Path.GetDirectoryName(database)!);
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

    /// <summary>Lets go.</summary>
    public void Dispose() => _stream.Dispose();
}
