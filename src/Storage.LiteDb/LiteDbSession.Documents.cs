using LiteDB;

namespace Layers.PatchGen.Storage.LiteDb;

internal sealed partial class LiteDbSession
{
    /// <summary>Reads when no other call uses the engine; false if it has closed itself and must be reopened by the writer.</summary>
    public async ValueTask<(bool Done, T Result)> TryReadAsync<T>(
        Func<IFileSession, T> read, CancellationToken cancellationToken)
    {
        await _engineIsFree.WaitAsync(cancellationToken);
        try
        {
            return _closed || _fault is not null ? (false, default!) : (true, read(this));
        }
        finally
        {
            _engineIsFree.Release();
        }
    }

    /// <summary>
    /// Finds documents, ordered by id. A search by members reads all documents that have the first of them with tokens, or the whole
    /// collection, and sorts them.
    /// </summary>
    /// <remarks>A document that was found damaged a short time ago is not read.</remarks>
    public List<StoredDocument> Find(DocumentSelection selection, int limit, CancellationToken cancellationToken)
    {
        DocumentKey? key = selection.Id is { } id ? new DocumentKey(selection.Tenant, selection.Collection, id) : null;
        if (key is { } one)
        {
            _damaged.ThrowIfDamaged(one);
        }

        try
        {
            var query = new Query { ForUpdate = _inTransaction };
            query.Where.Add(Where(selection, key));
            var documents = new List<StoredDocument>();
            using IBsonDataReader reader = _engine.Query(Documents, query);
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                StoredDocument document = Checked(reader.Current);
                if (selection.Matches(document))
                {
                    documents.Add(document);
                }
            }

            documents.Sort((left, right) => DocumentKey.IdOrder.Compare(left.Key.Id, right.Key.Id));
            return documents.Count > limit ? documents[..limit] : documents;
        }
        catch (Exception exception) when (exception is not (StoreUnavailableException or OperationCanceledException))
        {
            StoreUnavailableException fault = Failed(exception);
            if (key is { } damaged)
            {
                _damaged.Add(damaged, fault);
            }

            throw fault;
        }
    }

    public bool Insert(StoredDocument document)
    {
        // Search first: a duplicate makes LiteDB roll the whole transaction back.
        if (Find(DocumentSelection.Of(document.Key), 1, CancellationToken.None).Count > 0)
        {
            return false;
        }

        BsonDocument bson = ToBson(document);
        Guard(() => _engine.Insert(Documents, [bson], BsonAutoId.ObjectId));
        _inserted++;
        return _changed = true;
    }

    public void Update(StoredDocument document, DocumentVersion before, IReadOnlyList<StoredDocument> companions)
    {
        BsonDocument bson = ToBson(document);
        List<BsonDocument> inserts = [.. companions.Select(CompanionToBson)]; // before the first change: it may throw
        if (Guard(() => _engine.Update(Documents, [bson])) != 1)
        {
            throw new StoreUnavailableException(
                StoreFault.Damaged, $"The database {_file} is damaged: a document was found, and not found again. {document.Key}");
        }

        _changed = true;
        if (inserts.Count > 0)
        {
            Guard(() => _engine.Insert(Documents, inserts, BsonAutoId.ObjectId));
            _inserted += inserts.Count;
        }

        BsonDocument CompanionToBson(StoredDocument companion)
        {
            try
            {
                return ToBson(companion);
            }
            catch (DocumentTooLargeException exception)
            {
                throw NewDocument.CannotBeInserted(companion.Key, exception.Message, exception);
            }
        }
    }

    public bool Delete(DocumentKey key)
    {
        if (Find(DocumentSelection.Of(key), 1, CancellationToken.None).Count == 0
            || Guard(() => _engine.Delete(Documents, [LiteDbDocument.Id(key)])) == 0)
        {
            return false;
        }

        _inserted--;
        return _changed = true;
    }

    /// <summary>Reads all documents, finds each by its key, and counts them.</summary>
    public long Verify(CancellationToken cancellationToken)
    {
        long count = ReadAll(cancellationToken);
        CommitMark.ThrowIfCountDiffers(_file, LiteDbFiles.LoadPoint(_engine), count);
        return count;
    }

    private BsonDocument ToBson(StoredDocument document) =>
        LiteDbDocument.ToBson(document, _searches.Members(document.Key.Collection));

    private BsonExpression Where(DocumentSelection selection, DocumentKey? key)
    {
        if (key is { } one)
        {
            return BsonExpression.Create("$._id = @0", LiteDbDocument.Id(one));
        }

        IEnumerable<long> tokens = selection.Equal.Zip(DocumentTokens.Of(selection))
            .Where(pair => _searches.IsReady(selection.Collection, pair.First.Member))
            .Select(pair => pair.Second)
            .Append(LiteDbDocument.CollectionToken(selection.Tenant, selection.Collection));
        return BsonExpression.Create("$.t[*] ANY = @0", tokens.First());
    }

    private long ReadAll(CancellationToken cancellationToken)
    {
        try
        {
            long count = 0;
            using IBsonDataReader reader = _engine.Query(Documents, new Query());
            for (; reader.Read(); count++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                StoredDocument document = Checked(reader.Current);

                // From the root of the index, which takes another path than a scan.
                if (Find(DocumentSelection.Of(document.Key), 1, cancellationToken).Count == 0)
                {
                    throw new StoreUnavailableException(
                        StoreFault.Damaged, $"The database {_file} is damaged: a document cannot be found by its key. {document.Key}");
                }
            }

            return count;
        }
        catch (Exception exception) when (exception is not (StoreUnavailableException or OperationCanceledException))
        {
            throw Failed(exception);
        }
    }

    private StoreUnavailableException Failed(Exception exception)
    {
        StoreUnavailableException fault = LiteDbFaults.ToFault(exception, _file);
        if (_inTransaction || LiteDbFaults.Closes(exception))
        {
            _fault = fault;
        }

        return fault;
    }

    private StoredDocument Checked(BsonValue bson) =>
        LiteDbDocument.FromBson(bson.AsDocument)
        ?? throw new StoreUnavailableException(
            StoreFault.Damaged, $"A document in {_file} is damaged: its checksum does not match its content.");
}
