namespace Layers.PatchGen.Storage;

/// <summary>
/// Documents in memory, lost when the process ends: for tests, samples and benchmarks. All calls use one lock; a search by members reads
/// every document of the collection.
/// </summary>
public sealed class InMemoryDocumentStore : IDocumentStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Tenant, string Collection), SortedDictionary<string, StoredDocument>> _collections = [];

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return ValueTask.FromResult(Find(DocumentSelection.Of(key), 1) is [StoredDocument document] ? document : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredDocument>> FindAsync(
        DocumentSelection selection, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return ValueTask.FromResult(Find(selection, limit));
        }
    }

    /// <inheritdoc/>
    public ValueTask<TransformResult> TransformAsync<TState>(
        DocumentSelection selection,
        IReadOnlyCollection<DocumentVersion>? ifVersions,
        TState state,
        DocumentTransform<TState> transform,
        DocumentCompanions<TState>? companions = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(transform);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            lock (_gate)
            {
                IReadOnlyList<StoredDocument> matches = Find(selection, TransformResult.MaxCandidates);
                TransformResult result = TransformResult.Evaluate(matches, ifVersions, state, transform, companions);
                foreach (StoredDocument companion in result.Companions)
                {
                    if (Find(DocumentSelection.Of(companion.Key), 1).Count != 0)
                    {
                        throw NewDocument.KeyInUse(companion.Key);
                    }
                }

                if (result.Status == TransformStatus.Changed)
                {
                    Put(result.Document);
                    foreach (StoredDocument companion in result.Companions)
                    {
                        Put(companion);
                    }
                }

                return ValueTask.FromResult(result);
            }
        }
        catch (Exception exception)
        {
            // Through the task, as in the other stores.
            return ValueTask.FromException<TransformResult>(exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> InsertAsync(DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default)
    {
        key.ThrowIfInvalid();
        DocumentJson.Validate(json.Span);
        cancellationToken.ThrowIfCancellationRequested();
        var document = new StoredDocument(key, DocumentVersion.First(), json.ToArray());
        lock (_gate)
        {
            if (Find(DocumentSelection.Of(key), 1).Count != 0)
            {
                return ValueTask.FromResult<StoredDocument?>(null);
            }

            Put(document);
        }

        return ValueTask.FromResult<StoredDocument?>(document);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return ValueTask.FromResult(
                key.IsValid
                && _collections.TryGetValue((key.Tenant, key.Collection), out SortedDictionary<string, StoredDocument>? documents)
                && documents.Remove(key.Id));
        }
    }

    private IReadOnlyList<StoredDocument> Find(DocumentSelection selection, int limit)
    {
        if (!selection.IsValid
            || !_collections.TryGetValue((selection.Tenant, selection.Collection), out SortedDictionary<string, StoredDocument>? documents))
        {
            return [];
        }

        if (selection.Id is not null)
        {
            return documents.TryGetValue(selection.Id, out StoredDocument? document) && selection.Matches(document) ? [document] : [];
        }

        return [.. documents.Values.Where(selection.Matches).Take(limit)];
    }

    private void Put(StoredDocument document)
    {
        (string, string) collection = (document.Key.Tenant, document.Key.Collection);
        if (!_collections.TryGetValue(collection, out SortedDictionary<string, StoredDocument>? documents))
        {
            _collections.Add(collection, documents = new SortedDictionary<string, StoredDocument>(DocumentKey.IdOrder));
        }

        documents[document.Key.Id] = document;
    }
}
