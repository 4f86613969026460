namespace Layers.PatchGen.Storage;

/// <summary>A store that may not be open yet.</summary>
internal interface ILazyDocumentStore
{
    /// <summary>Opens the store, unless it is open.</summary>
    Task OpenAsync(CancellationToken cancellationToken);
}

/// <summary>
/// A store of dependency injection, whose factories are synchronous: it is opened by <see cref="DocumentStoreStartup"/>, or by the first
/// call. A call that fails to open it throws; the next one tries again.
/// </summary>
internal sealed class LazyDocumentStore<TStore>(Func<CancellationToken, Task<TStore>> open)
    : IDocumentStore, ILazyDocumentStore, IAsyncDisposable, IDisposable
    where TStore : class, IDocumentStore
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile TStore? _store;
    private bool _disposed;

    /// <summary>The store, if it is open.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public TStore Store => _store ?? throw new InvalidOperationException(
        $"The {typeof(TStore).Name} is not open yet. It is opened when the host starts, or by the first call of the "
        + $"{nameof(IDocumentStore)}.");

    public Task OpenAsync(CancellationToken cancellationToken) => GetAsync(cancellationToken).AsTask();

    public ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default)
    {
        return _store is { } store ? store.LoadAsync(key, cancellationToken) : OpenAndLoadAsync();

        async ValueTask<StoredDocument?> OpenAndLoadAsync() =>
            await (await GetAsync(cancellationToken)).LoadAsync(key, cancellationToken);
    }

    public ValueTask<IReadOnlyList<StoredDocument>> FindAsync(
        DocumentSelection selection, int limit, CancellationToken cancellationToken = default)
    {
        return _store is { } store ? store.FindAsync(selection, limit, cancellationToken) : OpenAndFindAsync();

        async ValueTask<IReadOnlyList<StoredDocument>> OpenAndFindAsync() =>
            await (await GetAsync(cancellationToken)).FindAsync(selection, limit, cancellationToken);
    }

    public ValueTask<TransformResult> TransformAsync<TState>(
        DocumentSelection selection,
        IReadOnlyCollection<DocumentVersion>? ifVersions,
        TState state,
        DocumentTransform<TState> transform,
        DocumentCompanions<TState>? companions = null,
        CancellationToken cancellationToken = default)
    {
        return _store is { } store
            ? store.TransformAsync(selection, ifVersions, state, transform, companions, cancellationToken)
            : OpenAndTransformAsync();

        async ValueTask<TransformResult> OpenAndTransformAsync() =>
            await (await GetAsync(cancellationToken)).TransformAsync(
                selection, ifVersions, state, transform, companions, cancellationToken);
    }

    public ValueTask<StoredDocument?> InsertAsync(DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default)
    {
        return _store is { } store ? store.InsertAsync(key, json, cancellationToken) : OpenAndInsertAsync();

        async ValueTask<StoredDocument?> OpenAndInsertAsync() =>
            await (await GetAsync(cancellationToken)).InsertAsync(key, json, cancellationToken);
    }

    public async ValueTask PrepareSearchAsync(
        string collection, IReadOnlyList<string> members, CancellationToken cancellationToken = default) =>
        await (await GetAsync(cancellationToken)).PrepareSearchAsync(collection, members, cancellationToken);

    public ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default)
    {
        return _store is { } store ? store.DeleteAsync(key, cancellationToken) : OpenAndDeleteAsync();

        async ValueTask<bool> OpenAndDeleteAsync() =>
            await (await GetAsync(cancellationToken)).DeleteAsync(key, cancellationToken);
    }

    /// <summary>Closes the store if it was opened.</summary>
    public async ValueTask DisposeAsync()
    {
        await _opening.WaitAsync();
        try
        {
            _disposed = true;
            switch (_store)
            {
                case IAsyncDisposable store:
                    await store.DisposeAsync();
                    break;
                case IDisposable store:
                    store.Dispose();
                    break;
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Closes the store if it was opened, for a service provider that is disposed synchronously.</summary>
    public void Dispose() => Task.Run(() => DisposeAsync().AsTask()).GetAwaiter().GetResult();

    private async ValueTask<TStore> GetAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(TStore));
            return _store ??= await open(cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }
}
