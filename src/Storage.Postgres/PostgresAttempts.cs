using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>What the calls of a store have in common: further attempts, the limit of changes at the same time, and changes whose outcome is in doubt.</summary>
internal sealed class PostgresAttempts : IAsyncDisposable
{
    private const int ForgetEvery = 1000;

    private readonly PostgresStoreOptions _options;
    private readonly PostgresStatements _statements;
    private readonly PostgresHosts _hosts;
    private readonly SemaphoreSlim _changes;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _forgetAfter;
    private int _saved;

    public PostgresAttempts(PostgresStoreOptions options, PostgresHosts hosts)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        _options = options;
        _statements = new PostgresStatements(options.Schema);
        _hosts = hosts;
        _changes = new SemaphoreSlim(Math.Max(1, settings.MaxPoolSize * 3 / 4));
        _timeout = settings.Timeout > 0 ? TimeSpan.FromSeconds(settings.Timeout) : Timeout.InfiniteTimeSpan;

        // No change takes longer than the limits, and a while for what they do not count; until then its operation is looked for.
        _forgetAfter = TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(settings.CommandTimeout) + options.RecoveryTimeout;
    }

    /// <summary>Closes the connections that are not in use; calls under way end as they may.</summary>
    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    /// <summary>Does something that changes nothing.</summary>
    public Task<T> ReadAsync<T>(Func<PostgresSession, Task<T>> read, CancellationToken cancellationToken) =>
        TryAsync(async (session, _) => (await read(session), true), cancellationToken);

    /// <summary>
    /// Does something that changes documents. Only so many at a time: they may wait for locks and for a standby as long as the command timeout, and must leave connections
    /// to those who read.
    /// </summary>
    public async Task<T> ChangeAsync<T>(Func<PostgresSession, bool, Task<(T Result, bool Done)>> attempt, CancellationToken cancellationToken)
    {
        if (!await _changes.WaitAsync(_timeout, cancellationToken))
        {
            throw new StoreUnavailableException(StoreFault.Unavailable, $"Too many other changes were being saved for {_timeout}. Try again later.");
        }

        try
        {
            return await TryAsync(attempt, cancellationToken);
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Saves under an operation id; when it is in doubt whether it was saved, finds out by the id.</summary>
    public async Task<bool> SaveAsync(PostgresSession session, string tenant, Func<Guid, Task<bool>> save)
    {
        var operation = Guid.CreateVersion7();
        try
        {
            bool saved = await save(operation);
            if (saved && Interlocked.Increment(ref _saved) % ForgetEvery == 0)
            {
                await session.ForgetAsync(_forgetAfter);
            }

            return saved;
        }
        catch (InDoubtException doubt)
        {
            // First the connection goes back: to find out takes one, too.
            await session.DisposeAsync();
            return await WasDoneAsync(tenant, operation, doubt.Fault) ? true : throw new TransientException(doubt.Fault);
        }
    }

    /// <summary>Does something until it is done: again, a little later, when another write came between or the server asks for it; but not without end.</summary>
    private async Task<T> TryAsync<T>(Func<PostgresSession, bool, Task<(T Result, bool Done)>> attempt, CancellationToken cancellationToken)
    {
        for (int tried = 0; ; tried++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            StoreUnavailableException fault;
            try
            {
                await using PostgresSession session = await PostgresSession.OpenAsync(_hosts, _statements, cancellationToken);
                (T result, bool done) = await attempt(session, tried > 0);
                if (done)
                {
                    return result;
                }

                fault = new StoreUnavailableException(StoreFault.Unavailable, $"Other writes came between {tried + 1} times. Try again later.");
            }
            catch (TransientException exception)
            {
                fault = exception.Fault;
            }

            if (tried + 1 == _options.MaxAttempts)
            {
                throw fault;
            }

            await PauseAsync(tried, cancellationToken);
        }
    }

    private async Task<bool> WasDoneAsync(string tenant, Guid operation, StoreUnavailableException fault)
    {
        using var timeout = new CancellationTokenSource(_options.RecoveryTimeout);
        for (int tried = 0; ; tried++)
        {
            try
            {
                await using PostgresSession session = await PostgresSession.OpenAsync(_hosts, _statements, timeout.Token);
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
                    $"A change may have been made. Within {_options.RecoveryTimeout} it could not be confirmed that it was, and that a failover would keep it. {fault.Message}",
                    fault);
            }

            await PauseAsync(tried, CancellationToken.None);
        }
    }

    // Around 2, 4, 8 and so on to 128 milliseconds, by chance, so that those who met do not meet again.
    private static Task PauseAsync(int tried, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * (2 << Math.Min(tried, 6))), cancellationToken);
}
