using Microsoft.Win32.SafeHandles;

namespace Layers.PatchGen.Storage;

/// <summary>
/// For those who write a store in files: makes it the only one on its database. The operating system lets go of the lock when the process ends, however it ends; the file stays, since
/// deleting it would let two processes hold locks on two files of one name.
/// </summary>
public sealed class StoreLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private StoreLock(SafeFileHandle file) => _file = file;

    /// <summary>Takes the lock, a file beside the database with the ending <c>.lock</c>; makes their folder if need be, with a name that is safe against a loss of power.</summary>
    /// <param name="database">The full path of the database.</param>
    /// <exception cref="StoreUnavailableException">Another has it.</exception>
    public static StoreLock Take(string database)
    {
        ArgumentException.ThrowIfNullOrEmpty(database);
        try
        {
            StoreFile.MakeFolder(Path.GetDirectoryName(database)!);
            return new StoreLock(StoreFile.OpenExclusive(database + ".lock"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw InUse(database, exception);
        }
    }

    /// <summary>Lets go.</summary>
    public void Dispose() => _file.Dispose();

    internal static StoreUnavailableException InUse(string database, Exception exception) => new(
        StoreFault.Unavailable,
        $"The database {database} is in use by another process, or by another store of this one; or its lock cannot be taken. Only one may use it. {exception.Message}",
        exception);
}
