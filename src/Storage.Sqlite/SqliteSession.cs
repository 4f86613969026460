using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>One connection with its prepared statements. For one thread at a time.</summary>
internal sealed partial class SqliteSession : IFileSession
{
    private const int PageSize = 4096;

    private readonly string _file;
    private readonly SqliteConnection _connection;
    private readonly MemberIndexes _indexes;
    private readonly CommitMark? _mark;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    private SqliteSession(string file, SqliteConnection connection, MemberIndexes indexes, CommitMark? mark)
    {
        _file = file;
        _connection = connection;
        _indexes = indexes;
        _mark = mark;
    }

    /// <summary>The engine's error, once there was one: what was begun must be rolled back and the session is better closed.</summary>
    public StoreUnavailableException? Fault { get; private set; }

    /// <summary>Opens the one connection that writes and checkpoints.</summary>
    public static SqliteSession OpenWriter(
        string file, int busySeconds, MemberIndexes indexes, long? maxBytes, CommitMark mark, bool acceptRestore) => Open(
        file,
        SqliteOpenMode.ReadWrite,
        busySeconds,
        indexes,
        mark,
        acceptRestore,
        [
            "PRAGMA journal_mode = WAL",
            // A commit is on the disk when it returns; on macOS only with the second.
            "PRAGMA synchronous = FULL",
            "PRAGMA fullfsync = ON",
            "PRAGMA wal_autocheckpoint = 0",
            "PRAGMA journal_size_limit = 8388608",
            // How long a checkpoint waits for readers; statements wait longer, in the library's own loop.
            "PRAGMA busy_timeout = 100",
            string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {Math.Min(maxBytes is { } bytes ? Math.Max(bytes / PageSize, 1) : uint.MaxValue - 1, uint.MaxValue - 1)}"),
        ]);

    /// <summary>Opens a connection that cannot write.</summary>
    public static SqliteSession OpenReader(string file, int busySeconds, MemberIndexes indexes) =>
        Open(file, SqliteOpenMode.ReadOnly, busySeconds, indexes, null, false, ["PRAGMA query_only = ON"]);

    private static SqliteSession Open(
        string file, SqliteOpenMode mode, int busySeconds, MemberIndexes indexes, CommitMark? mark, bool acceptRestore, string[] pragmas)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteSchema.Open(file, mode, busySeconds);
            SqliteSchema.KeepLog(connection, keep: true);
            foreach (string pragma in (string[])["PRAGMA cell_size_check = ON", "PRAGMA trusted_schema = OFF", .. pragmas])
            {
                SqliteSchema.Execute(connection, pragma);
            }

            if (SqliteSchema.Scalar(connection, "PRAGMA journal_mode") is not "wal")
            {
                throw new StoreUnavailableException(StoreFault.Unavailable, $"The database {file} lies where SQLite cannot keep a write-ahead log; a local disk is needed.");
            }

            var session = new SqliteSession(file, connection, indexes, mark);
            if (mark is not null)
            {
                session.CheckComplete(acceptRestore);
            }

            return session;
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

    public bool TryRollback()
    {
        if (!TryEnd())
        {
            return false;
        }

        Fault = null;
        return true;
    }

    /// <summary>Closes the connection. The one that writes, as the last, first copies the log into the database, so that SQLite deletes it; after an error it is left alone.</summary>
    public void Dispose()
    {
        if (_mark is not null && Fault is null && RunCheckpoint(Passive) is (raw.SQLITE_OK, var pages, var copied) && copied == pages)
        {
            SqliteSchema.KeepLog(_connection, keep: false);
        }

        foreach (SqliteCommand command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    /// <summary>Undoes what was begun, if SQLite has not done so itself.</summary>
    private bool TryEnd()
    {
        try
        {
            if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            {
                Prepare("ROLLBACK").ExecuteNonQuery();
            }

            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
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
