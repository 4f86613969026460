using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

internal sealed partial class PostgresSession
{
    /// <summary>
    /// Finds documents. If <paramref name="locked"/>, no one else can change them until the transaction, which stays open, ends.
    /// </summary>
    /// <param name="selection">The documents to find.</param>
    /// <param name="limit">The maximum number of documents.</param>
    /// <param name="locked">Whether to lock them.</param>
    /// <param name="others">Gets the versions that were found and do not match; null if they are not needed.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="OutdatedSearchesException">Documents may have no tokens.</exception>
    public async Task<List<StoredDocument>> FindAsync(
        DocumentSelection selection, int limit, bool locked, List<long>? others, CancellationToken cancellationToken)
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
                await using NpgsqlBatch batch = BeginFind(selection.Tenant, locked);
                if (tokens.Length > 0)
                {
                    batch.AddStatement(_statements.SelectStamp);
                }

                string sql = _statements.Select(byMembers, further, tokens.Length, locked);
                NpgsqlBatchCommand select = batch.AddStatement(sql, selection.Tenant, selection.Collection, from);
                select.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
                select.AddTokens(tokens);
                int rows = 0;
                await using (NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken))
                {
                    await SkipToFirstAsync(reader, cancellationToken);
                    _open = locked;
                    if (tokens.Length > 0)
                    {
                        await CheckStampAsync(reader, cancellationToken);
                    }

                    for (; await reader.ReadAsync(cancellationToken); rows++)
                    {
                        StoredDocument document = Read(reader, selection.Tenant, selection.Collection, 0);
                        from = document.Key.Id;
                        if (!selection.Matches(document))
                        {
                            others?.Add(document.Version.Random);
                        }
                        else if (documents.Count < limit)
                        {
                            documents.Add(document);
                        }
                    }

                    await FinishAsync(reader, cancellationToken);
                }

                // A token can find a document that does not match; then more documents must be read.
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

    /// <summary>Inserts a document; false if its key is in use.</summary>
    public Task<bool> InsertAsync(StoredDocument document, Guid operation) => SaveAsync(document.Key.Tenant, batch =>
    {
        NpgsqlBatchCommand insert = batch.AddStatement(_statements.Insert, document.Key);
        insert.AddDocument(document);
        insert.AddOperation(operation);
        insert.AddStamp(_searches);
        insert.AddArray(_searches.Tokens(document));
    });

    /// <summary>
    /// Replaces a version by the next one and inserts its companions; false if another write came between, and nothing was changed.
    /// </summary>
    /// <param name="selection">The selection of the document.</param>
    /// <param name="others">The versions that were found and do not match: they may have the tokens of the selection.</param>
    /// <param name="before">The version.</param>
    /// <param name="result">The next version and its companions.</param>
    /// <param name="operation">The id of the change.</param>
    /// <exception cref="InvalidOperationException">The key of a companion is in use; nothing was changed.</exception>
    /// <exception cref="OutdatedSearchesException">Nothing was changed.</exception>
    public async Task<bool> UpdateAsync(
        DocumentSelection selection, List<long> others, StoredDocument before, TransformResult result, Guid operation)
    {
        StoredDocument after = result.Document;
        bool byMembers = selection.Id is null;
        long[] tokens = SelectionTokens(selection);
        try
        {
            return await SaveAsync(after.Key.Tenant, batch =>
            {
                ISet<long> tokensBefore = _searches.Tokens(before), tokensAfter = _searches.Tokens(after);
                bool changesTokens = !tokensBefore.SetEquals(tokensAfter);
                NpgsqlBatchCommand update = batch.AddStatement(_statements.Update(byMembers, tokens.Length, changesTokens), after.Key);
                update.AddDocument(after);
                update.AddOperation(operation);
                update.AddStamp(_searches);
                update.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before.Version.Random });
                if (byMembers)
                {
                    update.AddArray(others);
                    update.AddTokens(tokens);
                }

                if (changesTokens)
                {
                    update.AddArray(tokensBefore.Except(tokensAfter));
                    update.AddArray(tokensAfter.Except(tokensBefore));
                }

                foreach (StoredDocument companion in result.Companions)
                {
                    NpgsqlBatchCommand insert = batch.AddStatement(_statements.InsertCompanion, companion.Key);
                    insert.AddDocument(companion);
                    insert.AddOperation(operation);
                    insert.AddArray(_searches.Tokens(companion));
                }
            });
        }
        catch (PostgresException exception) when (PostgresFaults.IsKeyInUse(exception))
        {
            // The server does not say in which statement.
            throw NewDocument.KeyInUse(result.Companions);
        }
    }

    /// <summary>Deletes a version; false if another write came between.</summary>
    public Task<bool> DeleteAsync(StoredDocument document, Guid operation) => SaveAsync(document.Key.Tenant, batch =>
    {
        NpgsqlBatchCommand delete = batch.AddStatement(_statements.Delete, document.Key);
        delete.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.Version.Random });
        delete.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.Version.Number });
        delete.AddOperation(operation);
        delete.AddStamp(_searches);
        delete.AddArray(_searches.Tokens(document));
    });

    private NpgsqlBatch BeginFind(string tenant, bool locked)
    {
        NpgsqlBatch batch = _connection.CreateBatch();
        if (!locked)
        {
            batch.AddStatement(PostgresStatements.BeginRead, tenant);
        }
        else if (!_open)
        {
            batch.AddStatement(PostgresStatements.Open);
            batch.AddStatement(_statements.BeginChange, tenant);
        }

        return batch;
    }

    private async Task CheckStampAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken) || reader.GetGuid(0) != _searches.Stamp)
        {
            throw new OutdatedSearchesException();
        }

        await reader.NextResultAsync(cancellationToken);
    }

    private static StoredDocument Read(NpgsqlDataReader reader, string tenant, string collection, int id)
    {
        var document = new StoredDocument(
            new DocumentKey(tenant, collection, reader.GetString(id)),
            new DocumentVersion(reader.GetInt64(id + 1), reader.GetInt64(id + 2)),
            reader.GetFieldValue<byte[]>(id + 4));
        return document.Checksum() == reader.GetInt64(id + 3)
            ? document
            : throw new StoreUnavailableException(
                StoreFault.Damaged, $"A document in PostgreSQL is damaged: its checksum does not match its content. {document.Key}");
    }

    private static long[] SelectionTokens(DocumentSelection selection) =>
        selection.Id is null ? [.. DocumentTokens.Of(selection).Take(PostgresStatements.MaxTokens)] : [];
}
