using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>
/// Documents in PostgreSQL 13 or later, for any number of hosts. A document is saved by compare and swap on its version; what is acknowledged has been committed with
/// the durability that the server is set to.
/// </summary>
/// <remarks>
/// Each organisation's rows are fenced off by row-level security besides being looked up by it. The tables are made by <see cref="MigrateAsync"/>, which may run under
/// another role. A transform runs on the caller's thread.
/// </remarks>
public sealed class PostgresDocumentStore : IDocumentStore, IAsyncDisposable
{
    private const int ForgetEvery = 1000;
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(10);

    private readonly PostgresStoreOptions _options;
    private readonly PostgresStatements _statements;
    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _changes;
    private readonly TimeSpan _patience;
    private int _saved;

    private PostgresDocumentStore(PostgresStoreOptions options, NpgsqlDataSource source)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        _options = options;
        _statements = new PostgresStatements(options.Schema);
        _source = source;
        _changes = new SemaphoreSlim(Math.Max(1, settings.MaxPoolSize * 3 / 4));
        _patience = settings.Timeout > 0 ? TimeSpan.FromSeconds(settings.Timeout) : Timeout.InfiniteTimeSpan;
    }

    /// <summary>Makes the tables, or brings them up to date, and lets a role use them. Safe to run at every start, from several hosts at once.</summary>
    /// <param name="options">The connection string of a role that may create the schema or owns it.</param>
    /// <param name="user">The role that the store will run as, if it is another one; it is granted just what it needs.</param>
    /// <param name="cancellationToken">Gives up; nothing has changed then.</param>
    /// <exception cref="StoreUnavailableException">The server is out of reach or refuses, or the tables were made by a later version.</exception>
    public static async Task MigrateAsync(PostgresStoreOptions options, string? user = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        await using NpgsqlDataSource source = Source(options);
        try
        {
            await PostgresSchema.MigrateAsync(source, options.Schema, user, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw PostgresFaults.ToFault(exception);
        }
    }

    /// <summary>Opens the store, after a look at the server and the tables.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The server is out of reach or set to lose acknowledged writes (<see cref="StoreFault.Unavailable"/>), or it or the tables are not what is needed
    /// (<see cref="StoreFault.Foreign"/>). The message is fit to be shown at start.
    /// </exception>
    public static async Task<PostgresDocumentStore> OpenAsync(PostgresStoreOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        NpgsqlDataSource source = Source(options);
        try
        {
            await PostgresSchema.CheckAsync(source, options.Schema, cancellationToken);
            return new PostgresDocumentStore(options, source);
        }
        catch (Exception exception)
        {
            await source.DisposeAsync();
            throw exception is NpgsqlException error ? PostgresFaults.ToFault(error) : exception;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
        await FindAsync(DocumentSelection.Of(key), 1, cancellationToken) is [StoredDocument document] ? document : null;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredDocument>> FindAsync(DocumentSelection selection, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return selection.IsValid
            ? await TryAsync(async (session, _) => ((IReadOnlyList<StoredDocument>)await session.FindAsync(selection, limit, locked: false, cancellationToken), true), cancellationToken)
            : [];
    }

    /// <inheritdoc/>
    public async ValueTask<TransformResult> TransformAsync<TState>(
        DocumentSelection selection,
        IReadOnlyCollection<DocumentVersion>? ifVersions,
        TState state,
        DocumentTransform<TState> transform,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(transform);
        if (!selection.IsValid)
        {
            return new TransformResult(TransformStatus.NotFound, []);
        }

        return await ChangeAsync(
            async (session, again) =>
            {
                // Once another write has come between, the document is locked: then none can, however many there are.
                List<StoredDocument> matches = await session.FindAsync(selection, TransformResult.MaxCandidates, locked: again, cancellationToken);
                TransformResult result = TransformResult.Decide(matches, ifVersions, state, transform);
                if (result.Status == TransformStatus.Unchanged)
                {
                    // As a change of unknown outcome may have left it, which is now asked for again.
                    await session.ConfirmAsync(selection.Organisation);
                }

                bool done = result.Status != TransformStatus.Changed
                    || await SaveAsync(session, selection.Organisation, operation => session.UpdateAsync(selection, matches[0], result.Document, operation));
                return (result, done);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> InsertAsync(DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default)
    {
        key.Require();
        DocumentJson.Require(json.Span);
        var document = new StoredDocument(key, DocumentVersion.First(), json.ToArray());
        return await ChangeAsync<StoredDocument?>(
            async (session, _) =>
            {
                if (await SaveAsync(session, key.Organisation, operation => session.InsertAsync(document, operation)))
                {
                    return (document, true);
                }

                await session.ConfirmAsync(key.Organisation);
                return (null, true);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default)
    {
        if (!key.IsValid)
        {
            return false;
        }

        return await ChangeAsync(
            async (session, again) =>
            {
                List<StoredDocument> matches = await session.FindAsync(DocumentSelection.Of(key), 1, locked: again, cancellationToken);
                if (matches is [StoredDocument document])
                {
                    return (true, await SaveAsync(session, key.Organisation, operation => session.DeleteAsync(document, operation)));
                }

                await session.ConfirmAsync(key.Organisation);
                return (false, true);
            },
            cancellationToken);
    }

    /// <summary>Closes the connections that are not in use; calls under way end as they may.</summary>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static NpgsqlDataSource Source(PostgresStoreOptions options)
    {
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString);
        NpgsqlConnectionStringBuilder settings = builder.ConnectionStringBuilder;
        settings.ApplicationName ??= "Layers.PatchGen";
        if (options.Prepare && settings.MaxAutoPrepare == 0)
        {
            // There are about a dozen statements.
            settings.MaxAutoPrepare = 32;
            settings.AutoPrepareMinUsages = 2;
        }

        return builder.Build();
    }

    /// <summary>Does something until it is done: again, a little later, when another write came between or the server asks for it; but not without end.</summary>
    private async ValueTask<T> TryAsync<T>(Func<PostgresSession, bool, Task<(T Result, bool Done)>> attempt, CancellationToken cancellationToken)
    {
        for (int tried = 0; ; tried++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            StoreUnavailableException fault;
            try
            {
                await using PostgresSession session = await PostgresSession.OpenAsync(_source, _statements, cancellationToken);
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
                if (exception.LostConnection)
                {
                    // Those that wait in the pool go to the same server, and may be as dead.
                    _source.Clear();
                }
            }

            if (tried + 1 == _options.MaxAttempts)
            {
                throw fault;
            }

            await PauseAsync(tried, cancellationToken);
        }
    }

    /// <summary>
    /// Does something that changes documents. Only so many at a time: they may wait for locks and for a standby as long as the command timeout, and must leave connections
    /// to those who read.
    /// </summary>
    private async ValueTask<T> ChangeAsync<T>(Func<PostgresSession, bool, Task<(T Result, bool Done)>> attempt, CancellationToken cancellationToken)
    {
        if (!await _changes.WaitAsync(_patience, cancellationToken))
        {
            throw new StoreUnavailableException(StoreFault.Unavailable, $"Too many other changes were being saved for {_patience}. Try again later.");
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
    private async Task<bool> SaveAsync(PostgresSession session, string organisation, Func<Guid, Task<bool>> save)
    {
        var operation = Guid.CreateVersion7();
        try
        {
            bool saved = await save(operation);
            if (saved && Interlocked.Increment(ref _saved) % ForgetEvery == 0)
            {
                await ForgetAsync(session, ForgetAfter + _options.RecoveryTimeout);
            }

            return saved;
        }
        catch (InDoubtException doubt)
        {
            // First the connection goes back: to find out takes one, too.
            await session.DisposeAsync();
            if (doubt.LostConnection)
            {
                _source.Clear();
            }

            return await WasDoneAsync(organisation, operation, doubt.Fault) ? true : throw new TransientException(doubt.Fault, doubt.LostConnection);
        }
    }

    private async Task<bool> WasDoneAsync(string organisation, Guid operation, StoreUnavailableException fault)
    {
        using var timeout = new CancellationTokenSource(_options.RecoveryTimeout);
        for (int tried = 0; ; tried++)
        {
            try
            {
                await using PostgresSession session = await PostgresSession.OpenAsync(_source, _statements, timeout.Token);
                if (await session.WasDoneAsync(organisation, operation, timeout.Token) is { } done)
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
                    $"A change may have been made, or may be made or lost by a failover; it could not be found out within {_options.RecoveryTimeout}. {fault.Message}",
                    fault);
            }

            await PauseAsync(tried, CancellationToken.None);
        }
    }

    private static async Task ForgetAsync(PostgresSession session, TimeSpan age)
    {
        try
        {
            await session.ForgetAsync(age);
        }
        catch (Exception exception) when (exception is TransientException or StoreUnavailableException)
        {
            // The next one will do it.
        }
    }

    // Around 2, 4, 8 and so on to 128 milliseconds, by chance, so that those who met do not meet again.
    private static Task PauseAsync(int tried, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * (2 << Math.Min(tried, 6))), cancellationToken);
}
