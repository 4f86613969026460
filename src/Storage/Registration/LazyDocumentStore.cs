namespace Layers.PatchGen.Storage;

/// <summary>A store that may not be open yet.</summary>
internal interface ILazyDocumentStore
{
    /// <summary>Opens the store, unless it is open.</summary>
    Task OpenAsync(CancellationToken cancellationToken);
}

/// <summary>
/// A store of dependency injection, whose factories are synchronous: it is opened by <see cref="DocumentStoreStartup"/>, or by the first
/// call. A call that fails to open it throws; the next one tries again. Calls are measured where something listens.
/// </summary>
internal sealed class LazyDocumentStore<TStore>(Func<CancellationToken, Task<TStore>> open)
    : IDocumentStore, ILazyDocumentStore, IAsyncDisposable, IDisposable
    where TStore : class, IDocumentStore
{
    private static readonly string System = StoreCall.SystemOf(typeof(TStore));

    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile TStore? _store;
    private bool _disposed;

    /// <summary>The store, if it is open.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public TStore Store => _store ?? throw new InvalidOperationException(
        $"The {typeof(TStore).Name} is not open yet. It is opened when the host starts, or by the first call of the "
        + $"{nameof(IDocumentStore)}.");

    public Task OpenAsync(CancellationToken cancellationToken) => GetAsync(cancellationToken).AsTask();

    public ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default) => OpenStore is { } store
        ? store.LoadAsync(key, cancellationToken)
        : CallAsync("load", key.Collection, key, static (store, key, token) => store.LoadAsync(key, token), cancellationToken);

    public ValueTask<IReadOnlyList<StoredDocument>> FindAsync(
        DocumentSelection selection, int limit, CancellationToken cancellationToken = default) => OpenStore is { } store
        ? store.FindAsync(selection, limit, cancellationToken)
        : CallAsync(
            "find",
            selection.Collection,
            (selection, limit),
            static (store, call, token) => store.FindAsync(call.selection, call.limit, token),
            cancellationToken);

    public ValueTask<TransformResult> TransformAsync<TState>(
        DocumentSelection selection,
        IReadOnlyCollection<DocumentVersion>? ifVersions,
        TState state,
        DocumentTransform<TState> transform,
        DocumentCompanions<TState>? companions = null,
        CancellationToken cancellationToken = default) => OpenStore is { } store
        ? store.TransformAsync(selection, ifVersions, state, transform, companions, cancellationToken)
        : CallAsync(
            "transform",
            selection.Collection,
            (selection, ifVersions, state, transform, companions),
            static (store, call, token) =>
                store.TransformAsync(call.selection, call.ifVersions, call.state, call.transform, call.companions, token),
            cancellationToken);

    public ValueTask<StoredDocument?> InsertAsync(
        DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default) => OpenStore is { } store
        ? store.InsertAsync(key, json, cancellationToken)
        : CallAsync(
            "insert",
            key.Collection,
            (key, json),
            static (store, call, token) => store.InsertAsync(call.key, call.json, token),
            cancellationToken);

    public async ValueTask PrepareSearchAsync(
        string collection, IReadOnlyList<string> members, CancellationToken cancellationToken = default) =>
        await (await GetAsync(cancellationToken)).PrepareSearchAsync(collection, members, cancellationToken);

    public ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default) => OpenStore is { } store
        ? store.DeleteAsync(key, cancellationToken)
        : CallAsync("delete", key.Collection, key, static (store, key, token) => store.DeleteAsync(key, token), cancellationToken);

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

    /// <summary>The store, if it is open and its calls are not measured.</summary>
    private TStore? OpenStore => StoreCall.IsObserved ? null : _store;

    private async ValueTask<TResult> CallAsync<TCall, TResult>(
        string operation,
        string collection,
        TCall call,
        Func<TStore, TCall, CancellationToken, ValueTask<TResult>> run,
        CancellationToken cancellationToken)
    {
        TStore store = _store ?? await GetAsync(cancellationToken);
        if (!StoreCall.IsObserved)
        {
            return await run(store, call, cancellationToken);
        }

        using StoreCall measured = StoreCall.Start(System, operation, collection);
        try
        {
            return await run(store, call, cancellationToken);
        }
        catch (Exception exception)
        {
            measured.Fail(exception);
            throw;
        }
    }

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
