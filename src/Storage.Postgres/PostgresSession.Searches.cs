using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

internal sealed partial class PostgresSession
{
    /// <summary>The number of documents that get their tokens in one transaction.</summary>
    public const int StepDocuments = 200;

    /// <summary>Loads the members that searches look up.</summary>
    public async Task<PostgresSearches> LoadSearchesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlBatch batch = _connection.CreateBatch();
            batch.AddStatement(PostgresStatements.BeginRead, "");
            batch.AddStatement(_statements.LoadSearches);
            await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
            await SkipToFirstAsync(reader, cancellationToken);
            Guid? stamp = null;
            bool isReadCommitted = false;
            List<(string, string, bool)> rows = [];
            while (await reader.ReadAsync(cancellationToken))
            {
                (stamp, isReadCommitted) = (reader.GetGuid(0), reader.GetBoolean(1));
                if (!reader.IsDBNull(2))
                {
                    rows.Add((reader.GetString(2), reader.GetString(3), reader.GetBoolean(4)));
                }
            }

            return stamp is { } known
                ? new PostgresSearches(known, isReadCommitted, rows)
                : throw new StoreUnavailableException(
                    StoreFault.Incompatible, "The tables in PostgreSQL have no layout. Update them by a migration.");
        }
        catch (NpgsqlException exception)
        {
            throw Failed(exception);
        }
    }

    /// <summary>Adds members. From then on every document is saved with their tokens.</summary>
    public async Task AddSearchesAsync(string collection, string[] names, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlBatch batch = BeginPreparation();
            batch.AddStatement(_statements.LockSearches);
            batch.AddStatement(_statements.AddSearches, collection).AddArray(names);
            batch.AddStatement(_statements.Stamp);
            batch.AddStatement(PostgresStatements.Commit);
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw FailedPreparation(exception);
        }
    }

    /// <summary>
    /// Gives the next documents of a collection their tokens. Locks no document: one that is changed meanwhile has been saved with its
    /// tokens, or its change inserts the new ones; a token of an earlier value that is left is compared and ignored.
    /// </summary>
    /// <returns>False if all have them, or the member is not there.</returns>
    /// <exception cref="StoreUnavailableException">A document is damaged, or the server failed.</exception>
    public async Task<bool> AddTokensAsync(string collection, string name, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlBatch begin = BeginPreparation();
            begin.AddStatement(_statements.LockProgress, collection, name);
            (string? Tenant, string? Id) after;
            await using (NpgsqlDataReader reader = await begin.ExecuteReaderAsync(cancellationToken))
            {
                await reader.NextResultAsync(cancellationToken);
                if (!await reader.ReadAsync(cancellationToken))
                {
                    return false;
                }

                after = (reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1));
            }

            await using NpgsqlBatch select = _connection.CreateBatch();
            select.AddStatement(_statements.SelectNext(after.Id is null), collection, after.Tenant ?? "", after.Id ?? "")
                .Parameters.Add(new NpgsqlParameter<int> { TypedValue = StepDocuments });
            List<(string Tenant, long Token, string Id)> rows = [];
            int documents = 0;
            await using (NpgsqlDataReader reader = await select.ExecuteReaderAsync(cancellationToken))
            {
                for (; await reader.ReadAsync(cancellationToken); documents++)
                {
                    StoredDocument document = Read(reader, reader.GetString(0), collection, 1);
                    after = (document.Key.Tenant, document.Key.Id);
                    rows.AddRange(PostgresSearches.Tokens(document, name).Select(
                        token => (document.Key.Tenant, token, document.Key.Id)));
                }
            }

            bool isReady = documents < StepDocuments;
            await using NpgsqlBatch save = _connection.CreateBatch();
            NpgsqlBatchCommand add = save.AddStatement(_statements.AddTokens);
            add.AddArray(rows.Select(static row => row.Tenant));
            add.AddArray(rows.Select(static row => row.Token));
            add.AddArray(rows.Select(static row => row.Id));
            if (isReady)
            {
                save.AddStatement(_statements.SaveReady, collection, name);
                save.AddStatement(_statements.Stamp);
            }
            else
            {
                save.AddStatement(_statements.SaveProgress, collection, name, after.Tenant!, after.Id!);
            }

            save.AddStatement(PostgresStatements.Commit);
            await save.ExecuteNonQueryAsync(cancellationToken);
            return !isReady;
        }
        catch (NpgsqlException exception)
        {
            throw FailedPreparation(exception);
        }
    }

    private NpgsqlBatch BeginPreparation()
    {
        NpgsqlBatch batch = _connection.CreateBatch();
        batch.AddStatement(PostgresStatements.Open);
        batch.AddStatement(PostgresStatements.BeginPreparation);
        return batch;
    }

    // The lock is waited for again, so that other changes come between.
    private Exception FailedPreparation(NpgsqlException exception) => exception.SqlState == PostgresErrorCodes.LockNotAvailable
        ? new TransientException(PostgresFaults.ToFault(exception))
        : Failed(exception);
}
