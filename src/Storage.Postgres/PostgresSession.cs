using System.Data;
using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>
/// One connection, for one attempt. Finding and saving are a transaction and a round trip each; or, when the rows are locked, one transaction together.
/// The server's row-level security is told the tenant in each.
/// </summary>
internal sealed class PostgresSession : IAsyncDisposable
{
    /// <summary>The most bytes of a document: the server takes no message over 1 GiB, and a document comes with a token for each of its members.</summary>
    public const int MaxDocumentBytes = 256 * 1024 * 1024;

    private readonly PostgresHosts _hosts;
    private readonly NpgsqlDataSource _host;
    private readonly PostgresStatements _statements;
    private readonly NpgsqlConnection _connection;
    private bool _open;
    private bool _hasStandby;
    private bool _notReplicated;

    private PostgresSession(PostgresHosts hosts, NpgsqlDataSource host, PostgresStatements statements, NpgsqlConnection connection)
    {
        _hosts = hosts;
        _host = host;
        _statements = statements;
        _connection = connection;
        _connection.Notice += (_, notice) => _notReplicated |= PostgresFaults.IsNotReplicated(notice.Notice);
    }

    public static async Task<PostgresSession> OpenAsync(PostgresHosts hosts, PostgresStatements statements, CancellationToken cancellationToken)
    {
        try
        {
            (NpgsqlConnection connection, NpgsqlDataSource host) = await hosts.OpenAsync(cancellationToken);
            return new PostgresSession(hosts, host, statements, connection);
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
                await using NpgsqlBatch batch = Begin(selection.Tenant);
                NpgsqlBatchCommand select = batch.AddStatement(_statements.Select(byMembers, further, tokens.Length, locked), selection.Tenant, selection.Collection, from);
                select.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
                select.AddTokens(tokens);
                if (!locked)
                {
                    batch.AddStatement("COMMIT");
                }

                int rows = 0;
                await using (NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken))
                {
                    await SkipToLastAsync(reader, cancellationToken);
                    _open = locked;
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
            throw Failed(exception);
        }
    }

    /// <summary>Inserts a document; false when its key is taken.</summary>
    public Task<bool> InsertAsync(StoredDocument document, Guid operation) => SaveAsync(document.Key, _statements.Insert, insert =>
    {
        insert.AddDocument(document);
        insert.AddOperation(operation);
        insert.AddArray(DocumentTokens.Of(document));
    });

    /// <summary>Puts a version in the place of the one before; false when another write came between.</summary>
    public Task<bool> UpdateAsync(DocumentSelection selection, StoredDocument before, StoredDocument after, Guid operation)
    {
        long[] tokens = SelectionTokens(selection);
        return SaveAsync(after.Key, _statements.Update(selection.Id is null, tokens.Length), update =>
        {
            ISet<long> gone = DocumentTokens.Of(before), come = DocumentTokens.Of(after);
            update.AddDocument(after);
            update.AddOperation(operation);
            update.AddArray(gone.Except(come));
            update.AddArray(come.Except(gone));
            update.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before.Version.Random });
            update.AddTokens(selection.Id is null ? tokens : []);
        });
    }

    /// <summary>Deletes a version; false when another write came between.</summary>
    public Task<bool> DeleteAsync(StoredDocument document, Guid operation) => SaveAsync(document.Key, _statements.Delete, delete =>
    {
        delete.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.Version.Random });
        delete.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.Version.Number });
        delete.AddOperation(operation);
        delete.AddArray(DocumentTokens.Of(document));
    });

    /// <summary>
    /// Comes back when the synchronous standby, if there is one, has everything that this session has seen. What was seen may be a change that is committed and not there
    /// yet: nobody may be told that it was made.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The server has stopped waiting for the standby.</exception>
    public async Task ConfirmAsync(string tenant)
    {
        if (!_hasStandby)
        {
            return;
        }

        try
        {
            await using NpgsqlBatch batch = Begin(tenant);
            batch.AddStatement(PostgresStatements.Mark);
            await CommitAsync(batch, static _ => true, CancellationToken.None);
        }
        catch (NpgsqlException exception)
        {
            throw Failed(exception);
        }

        if (_notReplicated)
        {
            throw NotReplicated();
        }
    }

    /// <summary>Whether an operation was done, and the synchronous standby has it; if it was not, it never will be. Null when only the standby's answer is missing.</summary>
    public async Task<bool?> WasDoneAsync(string tenant, Guid operation, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlBatch batch = Begin(tenant);
            batch.AddStatement(_statements.Settle, tenant).AddOperation(operation);
            bool done = await CommitAsync(batch, static reader => reader.GetBoolean(0), cancellationToken);
            return done && _notReplicated ? null : done;
        }
        catch (NpgsqlException exception)
        {
            throw Failed(exception);
        }
    }

    /// <summary>Forgets old operations, if it can; it need not be safe, since the next time will do.</summary>
    public async Task ForgetAsync(TimeSpan age)
    {
        try
        {
            await using NpgsqlBatch batch = _connection.CreateBatch();
            batch.AddStatement("SET LOCAL synchronous_commit = off");
            batch.AddStatement(_statements.Forget).Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = age });
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
        }
    }

    /// <summary>Gives the connection back. What was begun and not saved is rolled back by that, or by the loss of the connection: it never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.DisposeAsync();
        }
        catch (NpgsqlException exception)
        {
            // The rollback found the connection lost. What the attempt came to is decided already.
            _ = Failed(exception);
        }
    }

    /// <summary>Runs the one statement that saves and the commit, in one round trip.</summary>
    /// <exception cref="InDoubtException">The connection was lost, or the server has stopped waiting for the standby.</exception>
    private async Task<bool> SaveAsync(DocumentKey key, string sql, Action<NpgsqlBatchCommand> bind)
    {
        bool saved;
        try
        {
            await using NpgsqlBatch batch = Begin(key.Tenant);
            bind(batch.AddStatement(sql, key.Tenant, key.Collection, key.Id));

            // Not to be cancelled: giving up here would only leave it open whether it was saved.
            saved = await CommitAsync(batch, static reader => reader.GetInt64(0) == 1, CancellationToken.None);
        }
        catch (NpgsqlException exception) when (IsLost(exception))
        {
            _hosts.Leave(_host);
            throw new InDoubtException(PostgresFaults.ToFault(exception));
        }
        catch (NpgsqlException exception)
        {
            throw Failed(exception);
        }

        return saved && _notReplicated ? throw new InDoubtException(NotReplicated()) : saved;
    }

    /// <summary>Runs the statements and the commit, in one round trip, and reads the row of the last statement.</summary>
    private async Task<bool> CommitAsync(NpgsqlBatch batch, Func<NpgsqlDataReader, bool> read, CancellationToken cancellationToken)
    {
        batch.AddStatement("COMMIT");
        _notReplicated = false;
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        await SkipToLastAsync(reader, cancellationToken);
        bool result = await reader.ReadAsync(cancellationToken) && read(reader);

        // The answer to the commit comes last; without it nothing is safe.
        await FinishAsync(reader, cancellationToken);
        _open = false;
        return result;
    }

    private bool IsLost(NpgsqlException exception) => PostgresFaults.LosesConnection(exception) && _connection.State != ConnectionState.Open;

    private Exception Failed(NpgsqlException exception)
    {
        if (IsLost(exception) || exception.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction)
        {
            _hosts.Leave(_host);
        }

        return TransientException.Or(exception);
    }

    private StoreUnavailableException NotReplicated()
    {
        // A primary that was replaced has no standby either.
        _hosts.Doubt(_host);
        return PostgresFaults.NotReplicated();
    }

    private NpgsqlBatch Begin(string tenant)
    {
        NpgsqlBatch batch = _connection.CreateBatch();
        if (!_open)
        {
            batch.AddStatement("BEGIN ISOLATION LEVEL READ COMMITTED");
            batch.AddStatement(PostgresStatements.Begin, tenant);
        }

        return batch;
    }

    // The statements before ours have results too: that of the beginning.
    private async Task SkipToLastAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        if (!_open)
        {
            await reader.ReadAsync(cancellationToken);
            if (reader.GetBoolean(0))
            {
                // A standby is behind the primary: nothing that it says is current.
                _hosts.Leave(_host);
                throw new TransientException(PostgresFaults.IsStandby());
            }

            _hasStandby = reader.GetBoolean(1);
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
            new DocumentKey(selection.Tenant, selection.Collection, reader.GetString(0)),
            new DocumentVersion(reader.GetInt64(1), reader.GetInt64(2)),
            reader.GetFieldValue<byte[]>(4));
        return document.Checksum() == reader.GetInt64(3)
            ? document
            : throw new StoreUnavailableException(StoreFault.Damaged, $"A document in PostgreSQL is damaged: its checksum is not that of its content. {document.Key}");
    }

    private static long[] SelectionTokens(DocumentSelection selection) =>
        selection.Id is null ? [.. DocumentTokens.Of(selection).Take(PostgresStatements.MaxTokens)] : [];
}
