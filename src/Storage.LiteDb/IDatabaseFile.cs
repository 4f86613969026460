using Microsoft.Win32.SafeHandles;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>The file of the database or of its log; in tests, one that loses what was not flushed.</summary>
internal interface IDatabaseFile : IDisposable
{
    /// <summary>The name for messages.</summary>
    string Name { get; }

    /// <summary>The length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    int Read(Span<byte> buffer, long at);

    /// <summary>Writes; the file grows if needed.</summary>
    void Write(ReadOnlySpan<byte> bytes, long at);

    /// <summary>Returns when everything that was written is on the disk.</summary>
    void Flush();

    /// <summary>Truncates or extends the file.</summary>
    void SetLength(long length);
}

/// <summary>A file of the operating system, open for this process alone.</summary>
internal sealed class DatabaseFile(string path, FileMode mode = FileMode.OpenOrCreate) : IDatabaseFile
{
    /// <summary>The error EFBIG of Linux and macOS, as <see cref="Exception.HResult"/>.</summary>
    public const int FileTooLarge = 27;

    private readonly SafeFileHandle _handle = StoreFile.OpenExclusive(path, mode);

    public string Name => path;

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> buffer, long at)
    {
        int total = 0;
        while (total < buffer.Length && RandomAccess.Read(_handle, buffer[total..], at + total) is var read && read > 0)
        {
            total += read;
        }

        return total;
    }

    public void Write(ReadOnlySpan<byte> bytes, long at)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, at);
        }
        catch (ArgumentOutOfRangeException)
        {
            // .NET throws this for EFBIG: a limit on the size of files.
            throw new IOException($"{path} has reached the size limit for files.", FileTooLarge);
        }
    }

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Dispose() => _handle.Dispose();
}
