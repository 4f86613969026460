using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace Layers.PatchGen.Storage;

/// <summary>
/// For those who write a store in files: a small file beside the database, with the ending <c>-mark</c>, that says which commit was acknowledged last. An engine reads its log up to
/// the first record that does not fit and takes that for the end. A database that ends before its mark has lost commits, and is not opened.
/// </summary>
/// <remarks>
/// <para>
/// The mark is written after a commit is on the disk and before it is acknowledged. So it is never ahead of the database, however the process or the machine ends. It is flushed
/// at each checkpoint and when it is closed, but not at a commit, which would cost a second flush: after a power failure it may lack the last commits, and notices less.
/// Two copies are written in turn, each with a checksum and on a page of its own, so that one is valid when the power fails while the other is written.
/// </para>
/// <para>The file is locked as long as it is open. Unlike a <see cref="StoreLock"/> it cannot be deleted without notice: a database without its mark is not opened.</para>
/// <para>For one thread at a time.</para>
/// </remarks>
public sealed class CommitMark : IDisposable
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

    /// <summary>Opens and locks the mark of a database; makes an empty one where there is none.</summary>
    /// <param name="database">The full path of the database.</param>
    /// <exception cref="StoreUnavailableException">Another has it open, or it cannot be opened.</exception>
    public static CommitMark Open(string database)
    {
        ArgumentException.ThrowIfNullOrEmpty(database);
        try
        {
            return new CommitMark(database, StoreFile.OpenExclusive(database + Ending));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreLock.InUse(database, exception);
        }
    }

    /// <summary>Begins a history, for a database that is about to be made. The mark is on the disk when this returns.</summary>
    /// <returns>The point that the new database must have.</returns>
    /// <exception cref="StoreUnavailableException">There was a database, and commits of it were acknowledged (<see cref="StoreFault.Damaged"/>).</exception>
    /// <exception cref="IOException">The mark cannot be written.</exception>
    public CommitPoint Create()
    {
        if (_point.Number > 0)
        {
            throw new StoreUnavailableException(
                StoreFault.Damaged,
                Text($"The database {_database} is missing: its mark says that commit {_point.Number} was acknowledged. Put the database back. To begin with an empty one, delete {File} as well."));
        }

        var point = CommitPoint.New();
        Start(point);
        return point;
    }

    /// <summary>Compares a database that was opened with its mark, before anything is changed in it.</summary>
    /// <param name="database">The point that is stored in the database; null when there is none or it is damaged.</param>
    /// <param name="logIsGone">Whether the database has no log, or one in which nothing is valid.</param>
    /// <param name="acceptRestore">Whether a database that does not fit is taken all the same. The engine must then store the point of a new history, and call <see cref="Start"/>.</param>
    /// <returns>Null when the database is complete; else what was accepted, for the log.</returns>
    /// <exception cref="StoreUnavailableException">The database does not fit, and this was not accepted (<see cref="StoreFault.Incomplete"/>).</exception>
    public string? Check(CommitPoint? database, bool logIsGone, bool acceptRestore)
    {
        string? problem = database switch
        {
            null => $"The database {_database} does not say which commit is its last: this record is missing or damaged.",
            _ when _written == 0 => $"{File} is missing, empty or damaged; without it nobody can tell whether the database {_database} is complete.",
            { } found when found.History != _point.History => $"The database {_database} and {File} do not belong together: one of them was put back or copied without the other.",
            { } found when found.Number < _point.Number => Text(
                $"The database {_database} ends at commit {found.Number}, but commit {_point.Number} was acknowledged: its log is missing, cut or damaged, or an older backup was put back."),
            _ when _inCheckpoint && logIsGone => $"The log of the database {_database} is missing or damaged. It was being copied into the database when the process ended, so the database may have only a part of it.",
            { } found => Accept(found),
        };
        return problem is null || acceptRestore
            ? problem
            : throw new StoreUnavailableException(
                StoreFault.Incomplete,
                $"{problem} Put back what is missing, or a backup. To go on with what is there, open it once with AcceptRestore: what it lacks is lost then. Nothing was changed.");

        string? Accept(CommitPoint found)
        {
            Write(found);
            return null;
        }
    }

    /// <summary>Compares the documents that a check of the whole database has found with those that it should have.</summary>
    /// <exception cref="StoreUnavailableException">There are fewer or more, or the database does not say how many (<see cref="StoreFault.Damaged"/>).</exception>
    public static void RequireCount(string database, CommitPoint? point, long found)
    {
        if (point?.Documents != found)
        {
            string own = point is { } at ? Text($"says that it has {at.Documents}") : "does not say how many it has";
            throw new StoreUnavailableException(StoreFault.Damaged, Text($"The database {database} is damaged: {found} documents were found in it, and it {own}."));
        }
    }

    /// <summary>Begins anew, for a database with a new history. Both copies are on the disk when this returns.</summary>
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

    /// <summary>Says that a commit is on the disk, before it is acknowledged. Not flushed, and never fails: a mark that cannot be written stays behind, and notices less.</summary>
    public void Write(CommitPoint point)
    {
        _point = point;
        TryWrite();
    }

    /// <summary>Says that the log is about to be copied into the database, which is of no use without the log until all of it was copied.</summary>
    public void BeginCheckpoint()
    {
        _inCheckpoint = true;
        TryWrite();
    }

    /// <summary>Says that the whole log was copied and that the database was flushed; must come before new commits overwrite the log. Flushed.</summary>
    public void EndCheckpoint()
    {
        _inCheckpoint = false;
        TryWrite();
        TryFlush();
    }

    /// <summary>Flushes and closes the file, once the database is closed.</summary>
    public void Dispose()
    {
        if (!_file.IsClosed)
        {
            TryFlush();
            _file.Dispose();
        }
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
