using System.Runtime.InteropServices;
using System.Text;

namespace Layers.PatchGen.Storage;

/// <summary>For those who write a store in files: where its database is, and that it stays there.</summary>
public static partial class StoreFile
{
    private const int ReadOnly = 0;

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
    /// Makes the names of files that were made, renamed or deleted safe against a loss of power: on Linux and macOS flushing a file keeps its content, and flushing its folder keeps
    /// its name. The folders above are flushed too, as they may be new themselves. On Windows there is nothing to do: its file systems log such changes.
    /// </summary>
    /// <param name="file">The full path of a file in the folder.</param>
    /// <exception cref="IOException">The disk fails. A folder that cannot be opened, or a file system that knows no such flush, is no failure.</exception>
    public static void FlushFolder(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        for (string? folder = Path.GetDirectoryName(file); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            int handle = Posix.Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
            if (handle < 0)
            {
                continue;
            }

            int error = Posix.Sync(handle) == 0 ? 0 : Marshal.GetLastPInvokeError();
            _ = Posix.Close(handle);
            if (error == Posix.InputOutputError)
            {
                throw new IOException($"The folder {folder} cannot be flushed to the disk. {Marshal.GetPInvokeErrorMessage(error)}", error);
            }
        }
    }

    private static partial class Posix
    {
        public const int InputOutputError = 5;

        [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
        public static partial int Open(ReadOnlySpan<byte> path, int flags);

        [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
        public static partial int Sync(int handle);

        [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
        public static partial int Close(int handle);
    }
}
