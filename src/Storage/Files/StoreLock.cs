using Microsoft.Win32.SafeHandles;

namespace Layers.PatchGen.Storage;

/// <summary>
/// Makes a store the only one that uses a database. The operating system releases the lock when the process ends, however it ends. The file
/// is never deleted: otherwise two processes could hold locks on two files of the same name.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private StoreLock(SafeFileHandle file) => _file = file;

    /// <summary>
    /// Locks the file beside the database with the ending <c>.lock</c>. Creates the folder if needed, so that its name survives a power
    /// loss.
    /// </summary>
    /// <param name="database">The full path of the database.</param>
    /// <exception cref="StoreUnavailableException">Another store has it.</exception>
    public static StoreLock Take(string database)
    {
        try
        {
            StoreFile.CreateFolder(Path.GetDirectoryName(database)!);
            return new StoreLock(StoreFile.OpenExclusive(database + ".lock"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ToFault(database, exception);
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Translates an error of opening a file of a store.</summary>
    public static StoreUnavailableException ToFault(string database, Exception exception) => new(
        StoreFault.Unavailable,
        StoreFile.IsInUse(exception)
            ? $"The database {database} is in use by another process, or by another store of this one. Only one can use it. "
                + exception.Message
            : $"The files of the database {database} cannot be opened: the folder and its files must be readable and writable. "
                + exception.Message,
        exception);
}
