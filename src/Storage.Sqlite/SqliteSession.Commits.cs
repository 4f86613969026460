using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>
/// The commits and checkpoints of the connection that writes, and the mark of the last commit (<see cref="CommitMark"/>).
/// </summary>
internal sealed partial class SqliteSession
{
    // Checkpoint modes: sqlite.org/c3ref/c_checkpoint_full.html. The first only returns the length of the log.
    private const int NoOp = -1;
    private const int Passive = 0;
    private const int Restart = 2;

    private const int CheckpointAbove = 1000;
    private const int CheckpointAgainAfter = 250;
    private const int LargeLog = 2000;
    private const int RestartAttempts = 5;
    private const int RestartPauseMilliseconds = 1000;

    private const string SavePointSql =
        """
        INSERT INTO commits (row, history, number, documents, checksum) VALUES (1, $history, $number, $documents, $checksum)
        ON CONFLICT (row) DO UPDATE SET history = $history, number = $number, documents = $documents, checksum = $checksum
        """;

    private CommitPoint _point;
    private bool _changed;
    private int _inserted;
    private long _restartAfter;

    /// <inheritdoc/>
    public string? AcceptedRestore { get; private set; }

    /// <summary>Saves the last commit of a database.</summary>
    public static void SavePoint(SqliteConnection connection, CommitPoint point)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = SavePointSql;
        SavePoint(command, point);
    }

    public void Begin()
    {
        _changed = false;
        _inserted = 0;
        Execute("BEGIN IMMEDIATE");
    }

    public void Commit()
    {
        CommitPoint next = _changed ? _point.Next(_inserted) : _point;
        if (_changed)
        {
            SavePoint(next);
        }

        Execute("COMMIT");
        if (_changed)
        {
            _point = next;
            _mark!.Write(next);
        }
    }

    /// <summary>
    /// Copies the log into the database when it is long. SQLite starts the log over at the next write if all of it was copied and no reader
    /// uses it. With permanent readers the log would grow without limit, so a long log waits for them briefly. Several short waits, because
    /// one wait can be for a slot that new readers keep taking.
    /// </summary>
    public void Checkpoint()
    {
        (_, int pages, int copied) = RunCheckpoint(NoOp);
        if (pages < CheckpointAbove || pages - copied < CheckpointAgainAfter)
        {
            return;
        }

        RunCheckpoint(Passive);
        if (pages < LargeLog || Environment.TickCount64 < _restartAfter)
        {
            return;
        }

        int result = raw.SQLITE_BUSY;
        for (int i = 0; i < RestartAttempts && result == raw.SQLITE_BUSY; i++)
        {
            (result, _, _) = RunCheckpoint(Restart);
        }

        // If a reader takes long, do not delay the next writes as well.
        _restartAfter = result == raw.SQLITE_OK ? 0 : Environment.TickCount64 + RestartPauseMilliseconds;
    }

    /// <summary>Checks whether the database is complete, and begins a new history if an incomplete one is accepted.</summary>
    private void CheckComplete(bool acceptRestore)
    {
        CommitPoint? found = LoadPoint();
        AcceptedRestore = _mark!.Check(found, logIsGone: RunCheckpoint(NoOp).Pages <= 0, acceptRestore);
        if (AcceptedRestore is null)
        {
            _point = found!.Value;
            return;
        }

        long count = ReadAll(CancellationToken.None);
        if (found is not null)
        {
            CommitMark.ThrowIfCountDiffers(_file, found, count);
        }

        _point = CommitPoint.New() with { Number = found?.Number ?? 0, Documents = count };
        SavePoint(_point);
        _mark.Start(_point);
    }

    // Copies the log into the database, but does not empty it, so that the mark is updated before the log is overwritten.
    private (int Result, int Pages, int Copied) RunCheckpoint(int mode)
    {
        if (mode != NoOp)
        {
            _mark!.BeginCheckpoint();
        }

        // Errors are ignored: the log has everything, and the next write fails if something is wrong.
        int result = raw.sqlite3_wal_checkpoint_v2(_connection.Handle, "main", mode, out int pages, out int copied);
        if (mode != NoOp && result is raw.SQLITE_OK or raw.SQLITE_BUSY && copied == pages)
        {
            _mark!.EndCheckpoint();
        }

        return (result, pages, copied);
    }

    private CommitPoint? LoadPoint()
    {
        using SqliteDataReader reader = Prepare("SELECT history, number, documents, checksum FROM commits WHERE row = 1").ExecuteReader();
        return reader.Read()
            && reader[0] is byte[] { Length: 16 } history
            && reader[1] is long number
            && reader[2] is long documents
            && reader[3] is long checksum
            && new CommitPoint(new Guid(history), number, documents) is var point && point.Checksum() == checksum
            ? point
            : null;
    }

    private void SavePoint(CommitPoint point)
    {
        try
        {
            SavePoint(Prepare(SavePointSql), point);
        }
        catch (SqliteException exception)
        {
            throw Failed(exception);
        }
    }

    private static void SavePoint(SqliteCommand command, CommitPoint point)
    {
        Bind(command, "$history", point.History.ToByteArray());
        Bind(command, "$number", point.Number);
        Bind(command, "$documents", point.Documents);
        Bind(command, "$checksum", point.Checksum());
        command.ExecuteNonQuery();
    }
}
