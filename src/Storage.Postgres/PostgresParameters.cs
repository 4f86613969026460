using Npgsql;
using NpgsqlTypes;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>Adds statements to a batch, and parameters in the order of <see cref="PostgresStatements"/>.</summary>
internal static class PostgresParameters
{
    /// <summary>Adds a statement to a batch, with strings as its first parameters.</summary>
    public static NpgsqlBatchCommand AddStatement(this NpgsqlBatch batch, string sql, params ReadOnlySpan<string> texts)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (string text in texts)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
        }

        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>Adds a statement to a batch, with a key as its first parameters.</summary>
    public static NpgsqlBatchCommand AddStatement(this NpgsqlBatch batch, string sql, DocumentKey key) =>
        batch.AddStatement(sql, key.Tenant, key.Collection, key.Id);

    /// <summary>Adds version, checksum and JSON.</summary>
    public static void AddDocument(this NpgsqlBatchCommand command, StoredDocument document)
    {
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.Version.Random });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.Version.Number });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.Checksum() });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = document.Json, NpgsqlDbType = NpgsqlDbType.Text });
    }

    public static void AddOperation(this NpgsqlBatchCommand command, Guid operation) =>
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = operation });

    public static void AddArray<T>(this NpgsqlBatchCommand command, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. values] });

    public static void AddStamp(this NpgsqlBatchCommand command, PostgresSearches searches) =>
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = searches.Stamp });

    public static void AddTokens(this NpgsqlBatchCommand command, long[] tokens) =>
        Array.ForEach(tokens, token => command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = token }));
}
