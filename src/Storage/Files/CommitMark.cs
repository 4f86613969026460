using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace Layers.PatchGen.Storage;

/// <summary>
/// A small file beside the database, with the ending <c>-mark</c>, that stores which commit was acknowledged last. An engine reads its log
/// up to the first record that is not valid and takes it for the end. A database that ends before its mark has lost commits and is not
/// opened.
/// </summary>
/// <remarks>
/// <para>
/// The mark is written after a commit is on the disk and before it is acknowledged, so it is never ahead of the database. It is flushed at
/// each checkpoint and when it is closed. A commit does not flush it, which would cost a second flush: after a power loss the mark may lack
/// the last commits, and detects less. Two copies are written in turn, each with a checksum and on a page of its own, so that one is valid
/// when the power fails while the other is written.
/// </para>
/// <para>The file is locked while it is open. Unlike a <see cref="StoreLock"/> it cannot be deleted without being missed.</para>
/// <para>Not thread-safe.</para>
/// </remarks>
internal sealed class CommitMark : IDisposable
{
    private const string Ending = "-mark";
    private const long Magic = 0x4C50_476D_6172_0001;
    private const int CopyAt = 4096;
    private const int WrittenAt = sizeof(long);
    private const int PointAt = WrittenAt + sizeof(long);
    private const int InCheckpointAt = PointAt + CommitPoint.Size;
    private const int ChecksumAt = InCheckpointAt + sizeof(long);
    private const int CopySize = ChecksumAt + sizeof(long);

    private readonly string _database;
    private readonly SafeFileHandle _file;
    private long _written;
    private CommitPoint _point;
    private bool _inCheckpoint;

    private CommitMark(string database, SafeFileHandle file)
    {
        _database = database;
        _file = file;
        ReadCopy(0);
        ReadCopy(1);
    }

    private string File => _database + Ending;

    /// <summary>Opens and locks the mark of a database; creates an empty one if it is missing.</summary>
    /// <param name="database">The full path of the database.</param>
    /// <exception cref="StoreUnavailableException">It is open elsewhere, or cannot be opened.</exception>
    public static CommitMark Open(string database)
    {
        try
        {
            return new CommitMark(database, StoreFile.OpenExclusive(database + Ending));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreLock.ToFault(database, exception);
        }
    }

    /// <summary>Begins a history, for a database that is about to be created. The mark is on the disk when this returns.</summary>
    /// <returns>The point to store in the new database.</returns>
    /// <exception cref="StoreUnavailableException">
    /// There was a database with acknowledged commits (<see cref="StoreFault.Damaged"/>).
    /// </exception>
    /// <exception cref="IOException">The mark cannot be written.</exception>
    public CommitPoint Create()
    {
        if (_point.Number > 0)
        {
            throw new StoreUnavailableException(
                StoreFault.Damaged,
                Text($"The database {_database} is missing: its mark says that commit {_point.Number} was acknowledged. ")
                + $"Put the database back. To start with an empty one, delete {File} as well.");
        }

        var point = CommitPoint.New();
        Start(point);
        return point;
    }

    /// <summary>Compares a database with its mark, before anything is changed in it.</summary>
    /// <param name="database">The point that is stored in the database; null when there is none or it is damaged.</param>
    /// <param name="logIsGone">Whether the database has no log, or one without a valid record.</param>
    /// <param name="acceptRestore">
    /// Whether to accept a database that is not complete. The engine must then store the point of a new history and call
    /// <see cref="Start"/>.
    /// </param>
    /// <returns>Null when the database is complete; otherwise what was accepted, for the log.</returns>
    /// <exception cref="StoreUnavailableException">
    /// The database is not complete, and this was not accepted (<see cref="StoreFault.Incomplete"/>).
    /// </exception>
    public string? Check(CommitPoint? database, bool logIsGone, bool acceptRestore)
    {
        string? problem = FindProblem(database, logIsGone);
        if (problem is null)
        {
            Write(database!.Value);
            return null;
        }

        return acceptRestore
            ? problem
            : throw new StoreUnavailableException(
                StoreFault.Incomplete,
                $"{problem} Put back what is missing, or a backup. To continue with what is there, open it once with AcceptRestore: "
                + "what it lacks is lost then. Nothing was changed.");
    }

    /// <summary>Compares the number of documents that were found in the whole database with the number that is stored in it.</summary>
    /// <exception cref="StoreUnavailableException">They differ, or none is stored (<see cref="StoreFault.Damaged"/>).</exception>
    public static void ThrowIfCountDiffers(string database, CommitPoint? point, long found)
    {
        if (point?.Documents != found)
        {
            string stored = point is { } at ? Text($"should have {at.Documents}") : "does not say how many it should have";
            throw new StoreUnavailableException(
                StoreFault.Damaged, Text($"The database {database} is damaged: {found} documents were found in it, and it {stored}."));
        }
    }

    /// <summary>Starts over, for a database with a new history. Both copies are on the disk when this returns.</summary>
    /// <exception cref="IOException">The mark cannot be written.</exception>
    public void Start(CommitPoint point)
    {
        _point = point;
        _inCheckpoint = false;
        for (int copy = 0; copy < 2; copy++)
        {
            WriteCopy();
            RandomAccess.FlushToDisk(_file);
        }

        StoreFile.FlushName(File);
    }

    /// <summary>
    /// Stores that a commit is on the disk, before it is acknowledged. Not flushed, and never fails: a mark that cannot be written stays
    /// behind and detects less.
    /// </summary>
    public void Write(CommitPoint point)
    {
        _point = point;
        TryWrite();
    }

    /// <summary>
    /// Stores that the log is about to be copied into the database, which is not valid without the log until all of it is copied.
    /// </summary>
    public void BeginCheckpoint()
    {
        _inCheckpoint = true;
        TryWrite();
    }

    /// <summary>
    /// Stores and flushes that the whole log was copied and the database flushed. Must be called before new commits overwrite the log.
    /// </summary>
    public void EndCheckpoint()
    {
        _inCheckpoint = false;
        TryWrite();
        TryFlush();
    }

    /// <summary>Flushes and closes the file. The database must be closed.</summary>
    public void Dispose()
    {
        if (!_file.IsClosed)
        {
            TryFlush();
            _file.Dispose();
        }
    }

    /// <summary>Returns why a database is not complete; null when it is.</summary>
    private string? FindProblem(CommitPoint? database, bool logIsGone)
    {
        if (database is not { } found)
        {
            return $"The database {_database} does not say which commit is its last: this record is missing or damaged.";
        }

        if (_written == 0)
        {
            return $"{File} is missing, empty or damaged; it is needed to know whether the database {_database} is complete.";
        }

        if (found.History != _point.History)
        {
            return $"The database {_database} and {File} do not belong together: one of them was restored or copied without the other.";
        }

        if (found.Number < _point.Number)
        {
            return Text($"The database {_database} ends at commit {found.Number}, but commit {_point.Number} was acknowledged: ")
                + "its log is missing, cut or damaged, or an older backup was restored.";
        }

        return _inCheckpoint && logIsGone
            ? $"The log of the database {_database} is missing or damaged. The process ended while the log was being copied into the "
                + "database, which may have only a part of it."
            : null;
    }

    private void TryWrite()
    {
        try
        {
            WriteCopy();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The commit is on the disk and will be acknowledged. The next one writes the same copy again.
        }
    }

    private void TryFlush()
    {
        try
        {
            RandomAccess.FlushToDisk(_file);
        }
        catch (IOException)
        {
            // As above.
        }
    }

    private void WriteCopy()
    {
        Span<byte> copy = stackalloc byte[CopySize];
        copy.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(copy, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(copy[WrittenAt..], _written + 1);
        _point.Write(copy[PointAt..]);
        copy[InCheckpointAt] = _inCheckpoint ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(copy[ChecksumAt..], Checksum(copy));
        RandomAccess.Write(_file, copy, (_written + 1) % 2 * CopyAt);
        _written++;
    }

    /// <summary>Reads a copy; the one that was written later counts.</summary>
    private void ReadCopy(int number)
    {
        Span<byte> copy = stackalloc byte[CopySize];
        copy.Clear();
        RandomAccess.Read(_file, copy, number * CopyAt);
        long written = BinaryPrimitives.ReadInt64LittleEndian(copy[WrittenAt..]);
        if (BinaryPrimitives.ReadInt64LittleEndian(copy) == Magic
            && BinaryPrimitives.ReadInt64LittleEndian(copy[ChecksumAt..]) == Checksum(copy)
            && written > _written)
        {
            _written = written;
            _point = CommitPoint.Read(copy[PointAt..]);
            _inCheckpoint = copy[InCheckpointAt] != 0;
        }
    }

    private static long Checksum(ReadOnlySpan<byte> copy) => (long)XxHash3.HashToUInt64(copy[..ChecksumAt]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
