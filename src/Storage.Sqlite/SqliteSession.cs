using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>One connection with its prepared statements. For one thread at a time.</summary>
internal sealed partial class SqliteSession : IWriteSession
{
    private const int PageSize = 4096;
    private const long MaxLogBytes = 8 * 1024 * 1024;
    private const int TruncateAttempts = 5;
    private const int TruncatePauseMilliseconds = 1000;

    private readonly string _file;
    private readonly FileInfo _log;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    private long _truncateAfter;

    private SqliteSession(string file, SqliteConnection connection)
    {
        _file = file;
        _log = new FileInfo(file + "-wal");
        _connection = connection;
    }

    /// <summary>The engine's error, once there was one: what was begun must be rolled back and the session is better closed.</summary>
    public StoreUnavailableException? Fault { get; private set; }

    /// <summary>Opens the one connection that writes and checkpoints.</summary>
    public static SqliteSession OpenWriter(string file, int busySeconds, long? maxBytes) => Open(
        file,
        SqliteOpenMode.ReadWrite,
        busySeconds,
        [
            "PRAGMA journal_mode = WAL",
            // A commit is on the disk when it returns; on macOS only with the second.
            "PRAGMA synchronous = FULL",
            "PRAGMA fullfsync = ON",
            "PRAGMA wal_autocheckpoint = 1000",
            "PRAGMA journal_size_limit = 8388608",
            // How long a checkpoint waits for readers; statements wait longer, in the library's own loop.
            "PRAGMA busy_timeout = 100",
            string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {Math.Min(maxBytes is { } bytes ? Math.Max(bytes / PageSize, 1) : uint.MaxValue - 1, uint.MaxValue - 1)}"),
        ]);

    /// <summary>Opens a connection that cannot write.</summary>
    public static SqliteSession OpenReader(string file, int busySeconds) => Open(file, SqliteOpenMode.ReadOnly, busySeconds, ["PRAGMA query_only = ON"]);

    private static SqliteSession Open(string file, SqliteOpenMode mode, int busySeconds, string[] pragmas)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteSchema.Open(file, mode, busySeconds);
            foreach (string pragma in (string[])["PRAGMA cell_size_check = ON", "PRAGMA trusted_schema = OFF", .. pragmas])
            {
                SqliteSchema.Execute(connection, pragma);
            }

            return SqliteSchema.Scalar(connection, "PRAGMA journal_mode") is "wal"
                ? new SqliteSession(file, connection)
                : throw new StoreUnavailableException(StoreFault.Unavailable, $"The database {file} lies where SQLite cannot keep a write-ahead log; a local disk is needed.");
        }
        catch (SqliteException exception)
        {
            connection?.Dispose();
            throw SqliteFaults.ToFault(exception, file);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    public void Begin() => Execute("BEGIN IMMEDIATE");

    public void Commit() => Execute("COMMIT");

    /// <summary>Undoes what was begun, if SQLite has not done so itself.</summary>
    public bool TryRollback()
    {
        try
        {
            if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            {
                Prepare("ROLLBACK").ExecuteNonQuery();
            }

            Fault = null;
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>
    /// SQLite starts the log over by itself, but only at a moment without readers. Where readers are always there the log would grow without end: then wait for them, briefly.
    /// Several short waits, since SQLite can wait for a place that new readers keep taking, and looks afresh each time.
    /// </summary>
    public void Tidy()
    {
        if (!LogIsLarge() || Environment.TickCount64 < _truncateAfter)
        {
            return;
        }

        try
        {
            for (int i = 0; i < TruncateAttempts && LogIsLarge(); i++)
            {
                Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
        }
        catch (StoreUnavailableException)
        {
            // Nothing was asked of it by a caller. If there is something wrong, the next write will tell.
            TryRollback();
        }

        // Where a reader takes long, do not hold up the writes again at once.
        _truncateAfter = LogIsLarge() ? Environment.TickCount64 + TruncatePauseMilliseconds : 0;
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private bool LogIsLarge()
    {
        _log.Refresh();
        return _log.Exists && _log.Length >= MaxLogBytes;
    }

    private void Execute(string sql)
    {
        try
        {
            Prepare(sql).ExecuteNonQuery();
        }
        catch (SqliteException exception)
        {
            throw Failed(exception);
        }
    }

    private StoreUnavailableException Failed(SqliteException exception) => Fault = SqliteFaults.ToFault(exception, _file);

    private SqliteCommand Prepare(string sql)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            _commands.Add(sql, command);
        }

        return command;
    }
}
