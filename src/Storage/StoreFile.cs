using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Layers.PatchGen.Storage;

/// <summary>For those who write a store in files: where its database is, and that it stays there.</summary>
public static partial class StoreFile
{
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockElsewhere = 35;

    /// <summary>
    /// The full path of the database that <paramref name="path"/> means: a file, or a folder, in which it is called <paramref name="name"/>. What does not exist yet is a
    /// file if its name has an extension, and a folder if not.
    /// </summary>
    public static string Resolve(string path, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path);
        bool folder = Directory.Exists(full) || Path.EndsInDirectorySeparator(full) || (!File.Exists(full) && !Path.HasExtension(full));
        return folder ? Path.Combine(full, name) : full;
    }

    /// <summary>
    /// Makes the name of a file that was made or renamed safe against a loss of power: on Linux and macOS flushing a file keeps its content, and flushing its folder its name.
    /// On Windows there is nothing to do: its file systems log such changes.
    /// </summary>
    /// <param name="path">The full path of the file, or of a folder.</param>
    /// <exception cref="IOException">The disk fails. A folder that cannot be opened, or a file system that knows no such flush, is no failure.</exception>
    public static void FlushName(string path)
    {
        if (OperatingSystem.IsWindows() || Path.GetDirectoryName(path) is not { } folder)
        {
            return;
        }

        // .NET opens no folders.
        using var handle = new SafeFileHandle(OpenReadOnly(Encoding.UTF8.GetBytes(folder + '\0'), 0), ownsHandle: true);
        if (!handle.IsInvalid)
        {
            RandomAccess.FlushToDisk(handle);
        }
    }

    /// <summary>
    /// Opens a file for this process alone. On Linux and macOS with <c>flock</c>, whatever <c>DOTNET_SYSTEM_IO_DISABLEFILELOCKING</c> says; on Windows by its share mode.
    /// A file system without locks, such as some network ones, does not guard it.
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
            throw new IOException($"{path} is locked by another process, or by another store of this one.");
        }

        return handle;
    }

    /// <summary>Makes a folder, and those above it, where they are not there, with names that are safe.</summary>
    internal static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (Path.GetDirectoryName(folder) is { } above)
        {
            MakeFolder(above);
        }

        Directory.CreateDirectory(folder);
        FlushName(folder);
    }

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int OpenReadOnly(ReadOnlySpan<byte> path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(int file, int operation);
}
