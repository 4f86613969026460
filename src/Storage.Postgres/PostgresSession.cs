using Npgsql;
using NpgsqlTypes;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>
/// One connection, for one attempt. Finding and saving are a transaction and a round trip each; or, when the rows are locked, one transaction together.
/// The server's row-level security is told the organisation in each.
/// </summary>
internal sealed class PostgresSession : IAsyncDisposable
{
    private readonly PostgresStatements _statements;
    private readonly NpgsqlConnection _connection;
    private bool _open;

    private PostgresSession(PostgresStatements statements, NpgsqlConnection connection)
    {
        _statements = statements;
        _connection = connection;
    }

    public static async Task<PostgresSession> OpenAsync(NpgsqlDataSource source, PostgresStatements statements, CancellationToken cancellationToken)
    {
        try
        {
            return new PostgresSession(statements, await source.OpenConnectionAsync(cancellationToken));
        }
        catch (NpgsqlException exception)
        {
            throw TransientException.Or(exception);
        }
    }

    /// <summary>Finds documents; when <paramref name="locked"/>, the transaction stays open, and nobody else changes them before it ends.</summary>
    public async Task<List<StoredDocument>> FindAsync(DocumentSelection selection, int limit, bool locked, CancellationToken cancellationToken)
    {
        bool byMembers = selection.Id is null;
        long[] tokens = SelectionTokens(selection);
        var documents = new List<StoredDocument>();
        string from = selection.Id ?? "";
        bool further = false;
        try
        {
            while (true)
            {
                await using NpgsqlBatch batch = Begin(selection.Organisation);
                NpgsqlBatchCommand select = Add(batch, _statements.Select(byMembers, further, tokens.Length, locked), selection.Organisation, selection.Collection, from);
                select.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
                AddTokens(select, tokens);
                if (!locked)
                {
                    Add(batch, "COMMIT");
                }

                int rows = 0;
                await using (NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken))
                {
                    _open = locked;
                    await SkipToLastAsync(batch, reader, cancellationToken);
                    for (; await reader.ReadAsync(cancellationToken); rows++)
                    {
                        StoredDocument document = Read(reader, selection);
                        from = document.Key.Id;
                        if (documents.Count < limit && selection.Matches(document))
                        {
                            documents.Add(document);
                        }
                    }

                    await FinishAsync(reader, cancellationToken);
                }

                // A token may, by rare chance, have found a document that is not meant: then there may be more to find.
                if (!byMembers || rows < limit || documents.Count == limit)
                {
                    return documents;
                }

                further = true;
            }
        }
        catch (NpgsqlException exception)
        {
            throw TransientException.Or(exception);
        }
    }

    public Task<bool> InsertAsync(StoredDocument document, Guid operation) => SaveAsync(document.Key, _statements.Insert, insert =>
    {
        AddDocument(insert, document);
        AddOperation(insert, operation);
        AddArray(insert, DocumentTokens.Of(document));
    });

    /// <summary>Puts a version in the place of the one before; false when another write came between.</summary>
    public Task<bool> UpdateAsync(DocumentSelection selection, StoredDocument before, StoredDocument after, Guid operation)
    {
        long[] tokens = SelectionTokens(selection);
        return SaveAsync(after.Key, _statements.Update(selection.Id is null, tokens.Length), update =>
        {
            ISet<long> gone = DocumentTokens.Of(before), come = DocumentTokens.Of(after);
            AddDocument(update, after);
            AddOperation(update, operation);
            AddArray(update, gone.Except(come));
            AddArray(update, come.Except(gone));
            update.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before.Version.Random });
            AddTokens(update, selection.Id is null ? tokens : []);
        });
    }

    /// <summary>Deletes a version; false when another write came between.</summary>
    public Task<bool> DeleteAsync(StoredDocument document, Guid operation) => SaveAsync(document.Key, _statements.Delete, delete =>
    {
        delete.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.Version.Random });
        delete.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.Version.Number });
        AddOperation(delete, operation);
        AddArray(delete, DocumentTokens.Of(document));
    });

    /// <summary>Whether an operation was done; if it was not, it never will be.</summary>
    public async Task<bool> WasDoneAsync(string organisation, Guid operation, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand(_statements.Settle, _connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = organisation });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = operation });
            return await command.ExecuteScalarAsync(cancellationToken) is true;
        }
        catch (NpgsqlException exception)
        {
            throw TransientException.Or(exception);
        }
    }

    public async Task ForgetAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand(_statements.Forget, _connection);
            command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = age });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw TransientException.Or(exception);
        }
    }

    /// <summary>Gives the connection back. What was begun and not saved is rolled back by that.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>Runs the one statement that saves and the commit, in one round trip.</summary>
    /// <exception cref="LostException">The connection was lost: it may have been saved or not.</exception>
    private async Task<bool> SaveAsync(DocumentKey key, string sql, Action<NpgsqlBatchCommand> bind)
    {
        try
        {
            await using NpgsqlBatch batch = Begin(key.Organisation);
            bind(Add(batch, sql, key.Organisation, key.Collection, key.Id));
            Add(batch, "COMMIT");

            // Not to be cancelled: giving up here would only leave it open whether it was saved.
            await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(CancellationToken.None);
            await SkipToLastAsync(batch, reader, CancellationToken.None);
            bool saved = await reader.ReadAsync(CancellationToken.None) && reader.GetInt64(0) == 1;

            // The answer to the commit comes last; without it nothing is safe.
            await FinishAsync(reader, CancellationToken.None);
            return saved;
        }
        catch (NpgsqlException exception) when (PostgresFaults.LosesConnection(exception))
        {
            throw new LostException(exception);
        }
        catch (NpgsqlException exception)
        {
            throw TransientException.Or(exception);
        }
    }

    private NpgsqlBatch Begin(string organisation)
    {
        NpgsqlBatch batch = _connection.CreateBatch();
        if (!_open)
        {
            // The statements are written so that one plan fits all documents: to plan them anew for each costs the server as much as to run them.
            Add(batch, "BEGIN ISOLATION LEVEL READ COMMITTED");
            Add(batch, "SELECT set_config('patchgen.organisation', '=' || $1, true), set_config('plan_cache_mode', 'force_generic_plan', true)", organisation);
        }

        return batch;
    }

    // The statements before ours have results too: that of set_config.
    private static async Task SkipToLastAsync(NpgsqlBatch batch, NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        if (batch.BatchCommands[0].CommandText.StartsWith("BEGIN", StringComparison.Ordinal))
        {
            await reader.NextResultAsync(cancellationToken);
        }
    }

    private static async Task FinishAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        while (await reader.NextResultAsync(cancellationToken))
        {
        }
    }

    private static StoredDocument Read(NpgsqlDataReader reader, DocumentSelection selection)
    {
        var document = new StoredDocument(
            new DocumentKey(selection.Organisation, selection.Collection, reader.GetString(0)),
            new DocumentVersion(reader.GetInt64(1), reader.GetInt64(2)),
            reader.GetFieldValue<byte[]>(4));
        return document.Checksum() == reader.GetInt64(3)
            ? document
            : throw new StoreUnavailableException(StoreFault.Damaged, $"A document in PostgreSQL is damaged: its checksum is not that of its content. {document.Key}");
    }

    private static long[] SelectionTokens(DocumentSelection selection) =>
        selection.Id is null ? [.. DocumentTokens.Of(selection).Take(PostgresStatements.MaxTokens)] : [];

    private static NpgsqlBatchCommand Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<string> texts)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (string text in texts)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
        }

        batch.BatchCommands.Add(command);
        return command;
    }

    private static void AddDocument(NpgsqlBatchCommand command, StoredDocument document)
    {
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.Version.Random });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.Version.Number });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.Checksum() });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = document.Json, NpgsqlDbType = NpgsqlDbType.Text });
    }

    private static void AddOperation(NpgsqlBatchCommand command, Guid operation) => command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = operation });

    private static void AddArray(NpgsqlBatchCommand command, IEnumerable<long> tokens) => command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. tokens] });

    private static void AddTokens(NpgsqlBatchCommand command, long[] tokens)
    {
        foreach (long token in tokens)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = token });
        }
    }
}
