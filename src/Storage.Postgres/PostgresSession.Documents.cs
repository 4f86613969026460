using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

internal sealed partial class PostgresSession
{
    /// <summary>
    /// Finds documents. If <paramref name="locked"/>, no one else can change them until the transaction, which stays open, ends.
    /// </summary>
    public async Task<List<StoredDocument>> FindAsync(
        DocumentSelection selection, int limit, bool locked, CancellationToken cancellationToken)
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
                string sql = _statements.Select(byMembers, further, tokens.Length, locked);
                NpgsqlBatchCommand select = batch.AddStatement(sql, selection.Tenant, selection.Collection, from);
                select.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
                select.AddTokens(tokens);
                int rows = 0;
                await using (NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken))
                {
                    await SkipToFirstAsync(reader, cancellationToken);
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

                // In rare cases a token finds a document that does not match, and more documents must be read.
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
        insert.AddArray(DocumentTokens.Of(document));
    });

    /// <summary>
    /// Replaces a version by the next one and inserts its companions; false if another write came between, and nothing was changed.
    /// </summary>
    /// <exception cref="InvalidOperationException">The key of a companion is in use; nothing was changed.</exception>
    public async Task<bool> UpdateAsync(DocumentSelection selection, StoredDocument before, TransformResult result, Guid operation)
    {
        StoredDocument after = result.Document;
        long[] tokens = SelectionTokens(selection);
        try
        {
            return await SaveAsync(after.Key.Tenant, batch =>
            {
                ISet<long> tokensBefore = DocumentTokens.Of(before), tokensAfter = DocumentTokens.Of(after);
                NpgsqlBatchCommand update = batch.AddStatement(_statements.Update(selection.Id is null, tokens.Length), after.Key);
                update.AddDocument(after);
                update.AddOperation(operation);
                update.AddArray(tokensBefore.Except(tokensAfter));
                update.AddArray(tokensAfter.Except(tokensBefore));
                update.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before.Version.Random });
                update.AddTokens(selection.Id is null ? tokens : []);
                foreach (StoredDocument companion in result.Companions)
                {
                    NpgsqlBatchCommand insert = batch.AddStatement(_statements.InsertCompanion, companion.Key);
                    insert.AddDocument(companion);
                    insert.AddOperation(operation);
                    insert.AddArray(DocumentTokens.Of(companion));
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
        delete.AddArray(DocumentTokens.Of(document));
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

    private static StoredDocument Read(NpgsqlDataReader reader, DocumentSelection selection)
    {
        var document = new StoredDocument(
            new DocumentKey(selection.Tenant, selection.Collection, reader.GetString(0)),
            new DocumentVersion(reader.GetInt64(1), reader.GetInt64(2)),
            reader.GetFieldValue<byte[]>(4));
        return document.Checksum() == reader.GetInt64(3)
            ? document
            : throw new StoreUnavailableException(
                StoreFault.Damaged, $"A document in PostgreSQL is damaged: its checksum does not match its content. {document.Key}");
    }

    private static long[] SelectionTokens(DocumentSelection selection) =>
        selection.Id is null ? [.. DocumentTokens.Of(selection).Take(PostgresStatements.MaxTokens)] : [];
}
