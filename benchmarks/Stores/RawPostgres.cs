using Npgsql;
using NpgsqlTypes;

namespace Layers.PatchGen.Benchmarks.Stores;

/// <summary>
/// PostgreSQL used directly: for each writer a connection with a prepared SELECT and a prepared UPDATE that commits by itself; a table with
/// an id and a text. Concurrent updates of a document would be lost.
/// </summary>
internal sealed class RawPostgres : ISubject
{
    private readonly NpgsqlDataSource _source;

    private RawPostgres(NpgsqlDataSource source) => _source = source;

    public string Name => "— SQL directly, a connection for each writer";

    public static async Task<RawPostgres> OpenAsync(string connection)
    {
        var raw = new RawPostgres(NpgsqlDataSource.Create(connection));
        await using NpgsqlCommand create = raw._source.CreateCommand("CREATE TABLE raw (id text PRIMARY KEY, json text NOT NULL)");
        await create.ExecuteNonQueryAsync();
        return raw;
    }

    public async Task FillAsync(int documents)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync();
        await using NpgsqlBinaryImporter import = await connection.BeginBinaryImportAsync("COPY raw (id, json) FROM STDIN (FORMAT BINARY)");
        for (int id = 0; id < documents; id++)
        {
            await import.StartRowAsync();
            await import.WriteAsync(Sample.Id(id), NpgsqlDbType.Text);
            await import.WriteAsync(Sample.New(id), NpgsqlDbType.Text);
        }

        await import.CompleteAsync();
    }

    public async Task<long> ChangeAsync(int documents, int writers, TimeSpan time)
    {
        Writer[] connections = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Writer.OpenAsync(_source)));
        long count = await Sample.RunAsync(documents, writers, time, (writer, id) => connections[writer].ChangeAsync(id));
        foreach (Writer connection in connections)
        {
            await connection.DisposeAsync();
        }

        return count;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>A connection and its two statements.</summary>
    private sealed record Writer(NpgsqlConnection Connection, NpgsqlCommand Select, NpgsqlCommand Update) : IAsyncDisposable
    {
        public static async Task<Writer> OpenAsync(NpgsqlDataSource source)
        {
            NpgsqlConnection connection = await source.OpenConnectionAsync();
            var select = new NpgsqlCommand("SELECT json FROM raw WHERE id = $1", connection);
            select.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text });
            var update = new NpgsqlCommand("UPDATE raw SET json = $2 WHERE id = $1", connection);
            update.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text });
            update.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text });
            await select.PrepareAsync();
            await update.PrepareAsync();
            return new Writer(connection, select, update);
        }

        public async Task ChangeAsync(string id)
        {
            Select.Parameters[0].Value = id;
            byte[] json;
            await using (NpgsqlDataReader reader = await Select.ExecuteReaderAsync())
            {
                await reader.ReadAsync();
                json = reader.GetFieldValue<byte[]>(0);
            }

            Update.Parameters[0].Value = id;
            Update.Parameters[1].Value = Sample.Changed(json);
            await Update.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Select.DisposeAsync();
            await Update.DisposeAsync();
            await Connection.DisposeAsync();
        }
    }
}
