using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>Creates, recognizes and updates database files.</summary>
internal static class SqliteSchema
{
    /// <summary>"LPGd", which identifies the files of this store (sqlite.org/pragma.html#pragma_application_id).</summary>
    private const int ApplicationId = 0x4C504764;

    /// <summary>
    /// The first step creates the layout <see cref="StoreLayout.First"/>, each further step updates to the next. Published steps are never
    /// changed; new ones are added at the end.
    /// </summary>
    private static readonly string[] Steps =
    [
        // The parts of the key are compared as bytes (BINARY, the default). Not WITHOUT ROWID: documents are too long for inner nodes.
        """
        CREATE TABLE documents (
            row INTEGER PRIMARY KEY,
            organisation TEXT NOT NULL,
            collection TEXT NOT NULL,
            id TEXT NOT NULL,
            random INTEGER NOT NULL,
            number INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            json TEXT NOT NULL,
            UNIQUE (organisation, collection, id)
        ) STRICT;

        CREATE TABLE commits (
            row INTEGER PRIMARY KEY CHECK (row = 1),
            history BLOB NOT NULL,
            number INTEGER NOT NULL,
            documents INTEGER NOT NULL,
            checksum INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE layout (checksum TEXT NOT NULL) STRICT;

        INSERT INTO layout VALUES ('XxHash3')
        """,
    ];

    /// <summary>The layout after the last step; stored as the file's user_version.</summary>
    private static int Newest => StoreLayout.First + Steps.Length - 1;

    /// <summary>Creates the database if there is none, or updates it to the newest layout. Does not change files of another kind.</summary>
    public static void Prepare(string file, int busySeconds, CommitMark mark)
    {
        try
        {
            if (!File.Exists(file))
            {
                Create(file, busySeconds, mark);
            }

            if (new FileInfo(file).Length == 0)
            {
                throw new StoreUnavailableException(
                    StoreFault.Incompatible, $"{file} is empty, which a database of this store never is. Restore a backup, or delete it.");
            }

            using SqliteConnection connection = Open(file, SqliteOpenMode.ReadWrite, busySeconds);
            KeepLog(connection, keep: true);
            ThrowIfIncompatible(connection, file);
            Update(connection, Layout(connection) + 1);
        }
        catch (SqliteException exception)
        {
            throw SqliteFaults.ToFault(exception, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                StoreFault.Unavailable, $"The database {file} cannot be opened. {exception.Message}", exception);
        }
    }

    public static SqliteConnection Open(string file, SqliteOpenMode mode, int busySeconds)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = busySeconds,
        }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Sets whether the log is kept when the last connection is closed. By default SQLite copies it into the database and deletes it.
    /// </summary>
    public static void KeepLog(SqliteConnection connection, bool keep) =>
        raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, out _);

    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    // Created under another name and then renamed, so that there is a complete database or none, even if the process is killed. With the
    // first commit to a log SQLite flushes the folder, and with it the new name, before anything is acknowledged.
    private static void Create(string file, int busySeconds, CommitMark mark)
    {
        if (File.Exists(file + "-wal"))
        {
            throw new StoreUnavailableException(
                StoreFault.Damaged,
                $"{file} is missing, but its log {file}-wal exists. SQLite would read the old log into a new database. Put the database "
                + "back, or remove the log too.");
        }

        CommitPoint point = mark.Create();
        string draft = file + ".new";
        File.Delete(draft);
        File.Delete(draft + "-journal");
        using (SqliteConnection connection = Open(draft, SqliteOpenMode.ReadWriteCreate, busySeconds))
        {
            Execute(connection, $"PRAGMA synchronous = FULL; PRAGMA application_id = {ApplicationId}");
            Update(connection, StoreLayout.First);
            SqliteSession.SavePoint(connection, point);
        }

        File.Move(draft, file);
    }

    private static void ThrowIfIncompatible(SqliteConnection connection, string file)
    {
        long id;
        try
        {
            id = Number(connection, "PRAGMA application_id");
        }
        catch (SqliteException exception)
        {
            throw new StoreUnavailableException(
                StoreFault.Incompatible,
                $"{file} is not a SQLite database, or its beginning is damaged. Nothing was changed. {exception.Message}",
                exception);
        }

        if (id != ApplicationId)
        {
            throw new StoreUnavailableException(
                StoreFault.Incompatible,
                $"{file} is a SQLite database, but not of this store (its application_id is {id}, not {ApplicationId}). "
                + "Nothing was changed.");
        }

        StoreLayout.ThrowIfIncompatible(file, Layout(connection), Newest);
        StoreLayout.ThrowIfUnknownChecksum(file, Scalar(connection, "SELECT checksum FROM layout") as string);
    }

    private static void Update(SqliteConnection connection, int next)
    {
        for (; next <= Newest; next++)
        {
            Execute(connection, $"BEGIN IMMEDIATE; {Steps[next - StoreLayout.First]}; PRAGMA user_version = {next}; COMMIT");
        }
    }

    private static int Layout(SqliteConnection connection) => (int)Number(connection, "PRAGMA user_version");

    private static long Number(SqliteConnection connection, string sql) =>
        Convert.ToInt64(Scalar(connection, sql), CultureInfo.InvariantCulture);
}
