namespace Layers.PatchGen.Storage;

/// <summary>
/// Documents in memory, lost when the process ends: for tests, samples and benchmarks. All calls use one lock; a search by members reads
/// every document of the collection.
/// </summary>
public sealed class InMemoryDocumentStore : IDocumentStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Tenant, string Collection), Dictionary<string, StoredDocument>> _collections = [];

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return ValueTask.FromResult(key.IsValid ? DocumentsOf(key.Tenant, key.Collection)?.GetValueOrDefault(key.Id) : null);
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
                TransformResult result = FindByKey(selection) is { } match
                    ? TransformResult.Evaluate(match, ifVersions, state, transform, companions)
                    : TransformResult.Evaluate(
                        Find(selection, TransformResult.MaxCandidates), ifVersions, state, transform, companions);
                foreach (StoredDocument companion in result.Companions)
                {
                    if (DocumentsOf(companion.Key.Tenant, companion.Key.Collection)?.ContainsKey(companion.Key.Id) == true)
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
            if (DocumentsOf(key.Tenant, key.Collection)?.ContainsKey(key.Id) == true)
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
            return ValueTask.FromResult(key.IsValid && DocumentsOf(key.Tenant, key.Collection)?.Remove(key.Id) == true);
        }
    }

    private IReadOnlyList<StoredDocument> Find(DocumentSelection selection, int limit)
    {
        if (selection.Id is not null || !selection.IsValid)
        {
            return FindByKey(selection) is { } document ? [document] : [];
        }

        IEnumerable<StoredDocument> all = DocumentsOf(selection.Tenant, selection.Collection)?.Values ?? Enumerable.Empty<StoredDocument>();
        return [.. all.Where(selection.Matches).OrderBy(static document => document.Key.Id, DocumentKey.IdOrder).Take(limit)];
    }

    private StoredDocument? FindByKey(DocumentSelection selection) =>
        selection.Id is not null
        && selection.IsValid
        && DocumentsOf(selection.Tenant, selection.Collection)?.TryGetValue(selection.Id, out StoredDocument? document) == true
        && selection.Matches(document)
            ? document
            : null;

    private Dictionary<string, StoredDocument>? DocumentsOf(string tenant, string collection) =>
        _collections.GetValueOrDefault((tenant, collection));

    private void Put(StoredDocument document)
    {
        DocumentKey key = document.Key;
        Dictionary<string, StoredDocument>? documents = DocumentsOf(key.Tenant, key.Collection);
        if (documents is null)
        {
            _collections.Add((key.Tenant, key.Collection), documents = []);
        }

        documents[key.Id] = document;
    }
}
