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
            throw InUse(database, exception);
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _file.Dispose();

    internal static StoreUnavailableException InUse(string database, Exception exception) => new(
        StoreFault.Unavailable,
        $"The database {database} is in use by another process, or by another store of this one; or its lock cannot be taken. "
        + $"Only one may use it. {exception.Message}",
        exception);
}
