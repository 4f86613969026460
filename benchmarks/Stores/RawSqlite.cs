using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Layers.PatchGen.Benchmarks.Stores;

/// <summary>
/// SQLite used directly: one connection with the same settings, a table with an id and a text, and as many changes in a transaction as
/// there would be writers. Without versions and checksums, and without callers that wait.
/// </summary>
internal sealed class RawSqlite : ISubject
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _select;
    private readonly SqliteCommand _update;

    public RawSqlite(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Execute(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE documents (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, json TEXT NOT NULL) STRICT
            """);
        _select = Command("SELECT json FROM documents WHERE id = $id", "$id");
        _update = Command("UPDATE documents SET json = CAST($json AS TEXT) WHERE id = $id", "$id", "$json");
    }

    public string Name => "— SQL directly, grouped";

    public Task FillAsync(int documents)
    {
        using SqliteCommand insert = Command("INSERT INTO documents (id, json) VALUES ($id, CAST($json AS TEXT))", "$id", "$json");
        Execute("BEGIN");
        for (int id = 0; id < documents; id++)
        {
            insert.Parameters[0].Value = Sample.Id(id);
            insert.Parameters[1].Value = Sample.New(id);
            insert.ExecuteNonQuery();
        }

        Execute("COMMIT");
        return Task.CompletedTask;
    }

    public Task<long> ChangeAsync(int documents, int writers, TimeSpan time)
    {
        var random = new Random(writers);
        long start = Stopwatch.GetTimestamp(), count = 0;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            Execute("BEGIN IMMEDIATE");
            for (int i = 0; i < writers; i++, count++)
            {
                string id = random.Next(documents).ToString("D8", CultureInfo.InvariantCulture);
                _select.Parameters[0].Value = id;
                byte[] json;
                using (SqliteDataReader reader = _select.ExecuteReader())
                {
                    reader.Read();
                    json = reader.GetFieldValue<byte[]>(0);
                }

                _update.Parameters[0].Value = id;
                _update.Parameters[1].Value = Sample.Changed(json);
                _update.ExecuteNonQuery();
            }

            Execute("COMMIT");
        }

        return Task.FromResult(count);
    }

    public async ValueTask DisposeAsync()
    {
        await _select.DisposeAsync();
        await _update.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private SqliteCommand Command(string sql, params string[] parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (string parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter(parameter, null));
        }

        return command;
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = Command(sql);
        command.ExecuteNonQuery();
    }
}
