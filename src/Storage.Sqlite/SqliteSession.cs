using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>One connection with its prepared statements.</summary>
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

    /// <inheritdoc/>
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
            // A commit is on the disk when it returns. macOS needs the second as well.
            "PRAGMA synchronous = FULL",
            "PRAGMA fullfsync = ON",
            "PRAGMA wal_autocheckpoint = 0",
            "PRAGMA journal_size_limit = 8388608",
            // How long a checkpoint waits for readers. Statements wait longer, in a loop of the library.
            "PRAGMA busy_timeout = 100",
            string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {MaxPages(maxBytes)}"),
        ]);

    /// <summary>Opens a connection that only reads.</summary>
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
                throw new StoreUnavailableException(
                    StoreFault.Unavailable, $"SQLite cannot keep a write-ahead log for {file} in this file system. Use a local disk.");
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

    /// <inheritdoc/>
    public bool TryRollback()
    {
        if (!TryEnd())
        {
            return false;
        }

        Fault = null;
        return true;
    }

    /// <summary>
    /// Closes the connection. The one that writes is closed last and copies the log into the database, so that SQLite deletes it; after an
    /// error the log is kept.
    /// </summary>
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

    /// <summary>Rolls the transaction back, unless SQLite already did.</summary>
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

    private static long MaxPages(long? maxBytes) =>
        maxBytes is { } bytes ? Math.Clamp(bytes / PageSize, 1, uint.MaxValue - 1) : uint.MaxValue - 1;

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
