using System.Data;
using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>
/// One connection, for one attempt. Finding and saving are a transaction and a round trip each, or, with locked rows, one transaction. Each
/// transaction sets the tenant for row-level security.
/// </summary>
/// <remarks>
/// A batch is one transaction without BEGIN and COMMIT, because Npgsql sends one Sync message after its last statement
/// (postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING). The server commits then, so an error of the commit comes
/// after the results of all statements. Its isolation level is the default of the role. Documents are saved at READ COMMITTED; where that
/// is not the default, with BEGIN and COMMIT.
/// </remarks>
internal sealed partial class PostgresSession : IAsyncDisposable
{
    /// <summary>
    /// The maximum size of a document in bytes: the server accepts messages up to 1 GiB, and a document has a token for each member.
    /// </summary>
    public const int MaxDocumentBytes = 256 * 1024 * 1024;

    private readonly PostgresHosts _hosts;
    private readonly NpgsqlDataSource _host;
    private readonly PostgresStatements _statements;
    private readonly PostgresSearches _searches;
    private readonly NpgsqlConnection _connection;
    private bool _open;
    private bool _hasStandby;
    private bool _notReplicated;

    private PostgresSession(
        PostgresHosts hosts,
        NpgsqlDataSource host,
        PostgresStatements statements,
        PostgresSearches searches,
        NpgsqlConnection connection)
    {
        _hosts = hosts;
        _host = host;
        _statements = statements;
        _searches = searches;
        _connection = connection;
        _connection.Notice += (_, notice) => _notReplicated |= PostgresFaults.IsNotReplicated(notice.Notice);
    }

    public static async Task<PostgresSession> OpenAsync(
        PostgresHosts hosts, PostgresStatements statements, PostgresSearches searches, CancellationToken cancellationToken)
    {
        try
        {
            (NpgsqlConnection connection, NpgsqlDataSource host) = await hosts.OpenAsync(cancellationToken);
            return new PostgresSession(hosts, host, statements, searches, connection);
        }
        catch (NpgsqlException exception)
        {
            throw TransientException.Or(exception);
        }
    }

    /// <summary>
    /// Waits until the synchronous standby, if there is one, has everything that this session has read. That can include a committed change
    /// that the standby does not have yet, and that must not be acknowledged before.
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
            await using NpgsqlBatch batch = BeginChange(tenant);
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

    /// <summary>
    /// Returns whether an operation was done and the synchronous standby has it; if it was not done, it never will be. Null if only the
    /// confirmation of the standby is missing.
    /// </summary>
    public async Task<bool?> WasDoneAsync(string tenant, Guid operation, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlBatch batch = BeginChange(tenant);
            batch.AddStatement(_statements.Settle, tenant).AddOperation(operation);
            bool done = await CommitAsync(batch, static reader => reader.GetBoolean(0), cancellationToken);
            return done && _notReplicated ? null : done;
        }
        catch (NpgsqlException exception)
        {
            throw Failed(exception);
        }
    }

    /// <summary>Deletes old operations. Errors are ignored: the next call deletes them.</summary>
    public async Task DeleteOperationsAsync(TimeSpan age)
    {
        try
        {
            await using NpgsqlBatch batch = _connection.CreateBatch();
            batch.AddStatement(PostgresStatements.NotDurable);
            batch.AddStatement(_statements.DeleteOperations).Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = age });
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
        }
    }

    /// <summary>Returns the connection. This, or the loss of the connection, rolls an open transaction back. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.DisposeAsync();
        }
        catch (NpgsqlException exception)
        {
            // The connection was lost during the rollback. The result of the attempt is known already.
            _ = Failed(exception);
        }
    }

    /// <summary>
    /// Runs the statements that save, of which the first returns whether it has, and the commit, in one round trip.
    /// </summary>
    /// <exception cref="OutdatedSearchesException">Nothing was saved.</exception>
    /// <exception cref="InDoubtException">The connection was lost, or the server has stopped waiting for the standby.</exception>
    private async Task<bool> SaveAsync(string tenant, Action<NpgsqlBatch> add)
    {
        bool? saved;
        try
        {
            await using NpgsqlBatch batch = BeginChange(tenant);
            add(batch);

            // Not cancelable: the outcome would be unknown.
            saved = await CommitAsync(
                batch,
                static reader => !reader.IsDBNull(1) && reader.GetBoolean(1) ? reader.GetInt64(0) == 1 : (bool?)null,
                CancellationToken.None);
        }
        catch (NpgsqlException exception) when (IsLost(exception))
        {
            _hosts.Leave(_host);
            throw new InDoubtException(PostgresFaults.ToFault(exception));
        }
        catch (NpgsqlException exception) when (!PostgresFaults.IsKeyInUse(exception))
        {
            throw Failed(exception);
        }

        return saved switch
        {
            null => throw new OutdatedSearchesException(),
            true when _notReplicated => throw new InDoubtException(NotReplicated()),
            { } done => done,
        };
    }

    /// <summary>Runs the statements and commits, in one round trip, and reads the row of the first statement.</summary>
    private async Task<T> CommitAsync<T>(NpgsqlBatch batch, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        if (_open || !_searches.IsReadCommitted)
        {
            batch.AddStatement(PostgresStatements.Commit);
        }

        _notReplicated = false;
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        await SkipToFirstAsync(reader, cancellationToken);
        await reader.ReadAsync(cancellationToken);
        T result = read(reader);

        // The end of the batch follows the commit; without it nothing is committed for certain.
        await FinishAsync(reader, cancellationToken);
        _open = false;
        return result;
    }

    private bool IsLost(NpgsqlException exception) =>
        PostgresFaults.LosesConnection(exception) && _connection.State != ConnectionState.Open;

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
        // A primary that was replaced has no standby any more.
        _hosts.Doubt(_host);
        return PostgresFaults.NotReplicated();
    }

    private NpgsqlBatch BeginChange(string tenant)
    {
        NpgsqlBatch batch = _connection.CreateBatch();
        if (!_open)
        {
            if (!_searches.IsReadCommitted)
            {
                batch.AddStatement(PostgresStatements.Open);
            }

            batch.AddStatement(_statements.BeginChange, tenant);
        }

        return batch;
    }

    // The statement that sets the tenant has a result as well.
    private async Task SkipToFirstAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        if (!_open)
        {
            await reader.ReadAsync(cancellationToken);
            if (reader.GetBoolean(0))
            {
                // A standby may be behind the primary, so its data may be outdated.
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
}
