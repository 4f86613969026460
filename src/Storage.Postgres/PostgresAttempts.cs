using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>Retries calls, limits concurrent changes, and resolves changes whose outcome is unknown.</summary>
internal sealed class PostgresAttempts : IAsyncDisposable
{
    private const int DeleteEvery = 1000;
    private const int Stripes = 1024;

    private readonly PostgresStoreOptions _options;
    private readonly PostgresStatements _statements;
    private readonly PostgresHosts _hosts;
    private readonly PostgresSearchPreparation _searches;
    private readonly SemaphoreSlim[] _documents = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly SemaphoreSlim _changes;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _keepOperations;
    private int _saved;

    public PostgresAttempts(PostgresStoreOptions options, PostgresHosts hosts)
    {
        NpgsqlConnectionStringBuilder settings = PostgresSettings.Of(options);
        _options = options;
        _statements = new PostgresStatements(options.Schema, options.LockTimeout);
        _hosts = hosts;
        _searches = new PostgresSearchPreparation(hosts, _statements, _preparing);
        _changes = new SemaphoreSlim(Math.Max(1, settings.MaxPoolSize * 3 / 4));
        _timeout = settings.Timeout > 0 ? TimeSpan.FromSeconds(settings.Timeout) : Timeout.InfiniteTimeSpan;

        // No change takes longer than the timeouts, plus a margin; until then its operation can be looked up.
        _keepOperations = TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(settings.CommandTimeout) + options.RecoveryTimeout;
    }

    /// <summary>Closes idle connections. Running calls are not waited for.</summary>
    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    /// <summary>Prepares a search by members.</summary>
    public Task PrepareAsync(DocumentSelection selection, CancellationToken cancellationToken) =>
        ReadAsync(selection, static _ => Task.FromResult(true), cancellationToken);

    /// <summary>Runs a read, when its search is prepared.</summary>
    public Task<T> ReadAsync<T>(DocumentSelection selection, Func<PostgresSession, Task<T>> read, CancellationToken cancellationToken) =>
        TryAsync(selection, async (session, _) => (await read(session), true), cancellationToken);

    /// <summary>
    /// Runs a change. The changes of one document wait for each other without a connection, so that a document that is locked elsewhere
    /// does not use all connections. The number of concurrent changes is limited: they can wait for a standby until the command timeout,
    /// and must leave connections for reads.
    /// </summary>
    public async Task<T> ChangeAsync<T>(
        DocumentSelection selection,
        Func<PostgresSession, bool, Task<(T Result, bool Done)>> attempt,
        CancellationToken cancellationToken)
    {
        if (!_searches.IsReady(selection))
        {
            // Not while other changes wait: it can take long.
            await PrepareAsync(selection, cancellationToken);
        }

        SemaphoreSlim document = _documents[(uint)Hash(selection) % Stripes];
        await EnterAsync(document, "of this document were being saved", cancellationToken);
        try
        {
            await EnterAsync(_changes, "used all connections for changes", cancellationToken);
            try
            {
                return await TryAsync(selection, attempt, cancellationToken);
            }
            finally
            {
                _changes.Release();
            }
        }
        finally
        {
            document.Release();
        }
    }

    /// <summary>Saves a change with an operation id, by which the outcome is looked up if it is unknown.</summary>
    public async Task<bool> SaveAsync(PostgresSession session, string tenant, Func<Guid, Task<bool>> save)
    {
        var operation = Guid.CreateVersion7();
        try
        {
            bool saved = await save(operation);
            if (saved && Interlocked.Increment(ref _saved) % DeleteEvery == 0)
            {
                await session.DeleteOperationsAsync(_keepOperations);
            }

            return saved;
        }
        catch (InDoubtException doubt)
        {
            // Return the connection first: the lookup needs one as well.
            await session.DisposeAsync();
            return await WasDoneAsync(tenant, operation, doubt.Fault) ? true : throw new TransientException(doubt.Fault);
        }
    }

    /// <summary>
    /// Runs attempts until one succeeds, with a pause between them, when another write came between or the server asks for it.
    /// </summary>
    private async Task<T> TryAsync<T>(
        DocumentSelection selection,
        Func<PostgresSession, bool, Task<(T Result, bool Done)>> attempt,
        CancellationToken cancellationToken)
    {
        for (int tried = 0; ; tried++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            StoreUnavailableException fault;
            PostgresSearches searches = PostgresSearches.Unknown;
            try
            {
                searches = await _searches.GetAsync(selection, cancellationToken);
                await using PostgresSession session =
                    await PostgresSession.OpenAsync(_hosts, _statements, searches, cancellationToken);
                (T result, bool done) = await attempt(session, tried > 0);
                if (done)
                {
                    return result;
                }

                fault = new StoreUnavailableException(
                    StoreFault.Unavailable, $"Other writes came between {tried + 1} times. Try again later.");
            }
            catch (TransientException exception)
            {
                fault = exception.Fault;
            }
            catch (OutdatedSearchesException exception)
            {
                _searches.Forget(searches);
                fault = new StoreUnavailableException(
                    StoreFault.Unavailable, "Members were added to the searches at the same time. Try again later.", exception);
            }

            if (tried + 1 == _options.MaxAttempts)
            {
                throw fault;
            }

            await PauseAsync(tried, cancellationToken);
        }
    }

    private async Task EnterAsync(SemaphoreSlim semaphore, string problem, CancellationToken cancellationToken)
    {
        if (!await semaphore.WaitAsync(_timeout, cancellationToken))
        {
            throw new StoreUnavailableException(StoreFault.Unavailable, $"Other changes {problem} for {_timeout}. Try again later.");
        }
    }

    /// <summary>A hash by value: the list of a selection has none.</summary>
    private static int Hash(DocumentSelection selection)
    {
        var hash = default(HashCode);
        hash.Add(selection.Tenant);
        hash.Add(selection.Collection);
        hash.Add(selection.Id);
        foreach (MemberValue value in selection.Equal)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    private async Task<bool> WasDoneAsync(string tenant, Guid operation, StoreUnavailableException fault)
    {
        using var timeout = new CancellationTokenSource(_options.RecoveryTimeout);
        for (int tried = 0; ; tried++)
        {
            try
            {
                await using PostgresSession session =
                    await PostgresSession.OpenAsync(_hosts, _statements, PostgresSearches.Unknown, timeout.Token);
                if (await session.WasDoneAsync(tenant, operation, timeout.Token) is { } done)
                {
                    return done;
                }
            }
            catch (Exception exception) when (exception is TransientException or StoreUnavailableException or OperationCanceledException)
            {
            }

            if (timeout.IsCancellationRequested)
            {
                throw new StoreUnavailableException(
                    StoreFault.Unknown,
                    $"A change may have been made. Within {_options.RecoveryTimeout} it could not be confirmed that it was, and that it "
                    + $"would survive a failover. {fault.Message}",
                    fault);
            }

            await PauseAsync(tried, CancellationToken.None);
        }
    }

    // Up to 2, 4, 8, … 128 milliseconds, random, so that calls that collided do not collide again.
    private static Task PauseAsync(int tried, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * (2 << Math.Min(tried, 6))), cancellationToken);
}
