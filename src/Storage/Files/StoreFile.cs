using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Layers.PatchGen.Storage;

/// <summary>Opens the files of a store and keeps their names on the disk.</summary>
internal static partial class StoreFile
{
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockElsewhere = 35;
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);
    private const int LockViolationOnWindows = unchecked((int)0x80070021);

    /// <summary>
    /// Returns the full path of the database at <paramref name="path"/>: a file, or a folder that contains it as <paramref name="name"/>. A
    /// path that does not exist is a file if its name has an extension, otherwise a folder.
    /// </summary>
    public static string Resolve(string path, string name)
    {
        string full = Path.GetFullPath(path);
        bool folder = Directory.Exists(full) || Path.EndsInDirectorySeparator(full) || (!File.Exists(full) && !Path.HasExtension(full));
        return folder ? Path.Combine(full, name) : full;
    }

    /// <summary>
    /// Flushes the name of a file that was created or renamed. On Linux and macOS flushing a file does not flush its name: the folder must
    /// be flushed as well. On Windows this does nothing: the file systems log such changes.
    /// </summary>
    /// <param name="path">The full path of the file, or of a folder.</param>
    /// <exception cref="IOException">
    /// The disk fails. A folder that cannot be opened, or a file system without such a flush, is ignored.
    /// </exception>
    public static void FlushName(string path)
    {
        if (OperatingSystem.IsWindows() || Path.GetDirectoryName(path) is not { } folder)
        {
            return;
        }

        // .NET does not open folders.
        using var handle = new SafeFileHandle(OpenReadOnly(Encoding.UTF8.GetBytes(folder + '\0'), 0), ownsHandle: true);
        if (!handle.IsInvalid)
        {
            RandomAccess.FlushToDisk(handle);
        }
    }

    /// <summary>
    /// Opens a file for this process alone. On Linux and macOS by <c>flock</c>, regardless of <c>DOTNET_SYSTEM_IO_DISABLEFILELOCKING</c>;
    /// on Windows by its share mode. File systems without locks, such as some network ones, do not protect it.
    /// </summary>
    /// <exception cref="IOException">It is open elsewhere, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read and written.</exception>
    public static SafeFileHandle OpenExclusive(string path, FileMode mode = FileMode.OpenOrCreate)
    {
        SafeFileHandle handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.None, FileOptions.RandomAccess);
        if (!OperatingSystem.IsWindows()
            && Lock((int)handle.DangerousGetHandle(), LockExclusive | LockNonBlocking) != 0
            && Marshal.GetLastPInvokeError() == (OperatingSystem.IsLinux() ? WouldBlockOnLinux : WouldBlockElsewhere))
        {
            handle.Dispose();
            throw new IOException($"{path} is locked by another process, or by another store of this one.", WouldBlockOnLinux);
        }

        return handle;
    }

    /// <summary>Whether <see cref="OpenExclusive"/> failed because the file is open elsewhere.</summary>
    public static bool IsInUse(Exception exception) => exception is IOException
    {
        HResult: WouldBlockOnLinux or WouldBlockElsewhere or SharingViolationOnWindows or LockViolationOnWindows,
    };

    /// <summary>Creates a folder and those above it, and flushes their names.</summary>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (Path.GetDirectoryName(folder) is { } parent)
        {
            CreateFolder(parent);
        }

        Directory.CreateDirectory(folder);
        FlushName(folder);
    }

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int OpenReadOnly(ReadOnlySpan<byte> path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(int file, int operation);
}
