using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>
/// Documents in PostgreSQL 13 or later, for any number of hosts. A document is saved by compare and swap on its version. What is acknowledged has been flushed to the
/// server's disk and, where <c>synchronous_standby_names</c> is set, to that of a synchronous standby.
/// </summary>
/// <remarks>
/// The store sets <c>synchronous_commit</c> to at least <c>on</c> for each of its transactions, whatever the role or the database is set to. While the standby is away,
/// a change waits as long as the connection string's <c>Command Timeout</c> (30 seconds by default) and then for <see cref="PostgresStoreOptions.RecoveryTimeout"/>,
/// and ends as <see cref="StoreFault.Unknown"/>. Three quarters of <c>Maximum Pool Size</c> are the most connections that changes use, so that reads go on. A change
/// that is being saved is not cancelled by the caller's token, since its outcome would be unknown then.
/// Each tenant's rows are fenced off by row-level security besides being looked up by it. The tables are made by <see cref="MigrateAsync"/>, which may run under
/// another role. A transform runs on the caller's thread.
/// </remarks>
public sealed class PostgresDocumentStore : IDocumentStore, IAsyncDisposable
{
    private readonly PostgresAttempts _attempts;

    private PostgresDocumentStore(PostgresStoreOptions options, PostgresHosts hosts) => _attempts = new PostgresAttempts(options, hosts);

    /// <summary>Makes the tables, or brings them up to date, and lets a role use them. Safe to run at every start, from several hosts at once.</summary>
    /// <param name="options">The connection string of a role that may create the schema or owns it.</param>
    /// <param name="user">The role that the store will run as, if it is another one; it is granted just what it needs.</param>
    /// <param name="cancellationToken">Gives up; nothing has changed then.</param>
    /// <exception cref="StoreUnavailableException">The server is out of reach or refuses, or the tables were made by a later version.</exception>
    public static async Task MigrateAsync(PostgresStoreOptions options, string? user = null, CancellationToken cancellationToken = default)
    {
        IStoreOptions.ThrowIfInvalid(options);
        await using var hosts = new PostgresHosts(options);
        try
        {
            await PostgresSchema.MigrateAsync(hosts, options.Schema, user, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw PostgresFaults.ToFault(exception);
        }
    }

    /// <summary>Opens the store, after a look at the server and the tables.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The server is out of reach or set to lose acknowledged writes (<see cref="StoreFault.Unavailable"/>), or it or the tables are not what is needed
    /// (<see cref="StoreFault.Incompatible"/>). The message is fit to be shown at start.
    /// </exception>
    public static async Task<PostgresDocumentStore> OpenAsync(PostgresStoreOptions options, CancellationToken cancellationToken = default)
    {
        IStoreOptions.ThrowIfInvalid(options);
        var hosts = new PostgresHosts(options);
        try
        {
            await PostgresSchema.CheckAsync(hosts, options.Schema, cancellationToken);
            return new PostgresDocumentStore(options, hosts);
        }
        catch (Exception exception)
        {
            await hosts.DisposeAsync();
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
            ? await _attempts.ReadAsync(session => session.FindAsync(selection, limit, locked: false, cancellationToken), cancellationToken)
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

        return await _attempts.ChangeAsync(
            async (session, again) =>
            {
                // Once another write has come between, the document is locked: then none can, however many there are.
                List<StoredDocument> matches = await session.FindAsync(selection, TransformResult.MaxCandidates, locked: again, cancellationToken);
                TransformResult result = TransformResult.Evaluate(matches, ifVersions, state, transform, PostgresSession.MaxDocumentBytes);
                if (result.Status == TransformStatus.Unchanged)
                {
                    // As a change of unknown outcome may have left it, which is now asked for again.
                    await session.ConfirmAsync(selection.Tenant);
                }

                bool done = result.Status != TransformStatus.Changed
                    || await _attempts.SaveAsync(session, selection.Tenant, operation => session.UpdateAsync(selection, matches[0], result.Document, operation));
                return (result, done);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> InsertAsync(DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default)
    {
        key.ThrowIfInvalid();
        DocumentJson.Validate(json.Span, PostgresSession.MaxDocumentBytes);
        var document = new StoredDocument(key, DocumentVersion.First(), json.ToArray());
        return await _attempts.ChangeAsync<StoredDocument?>(
            async (session, _) =>
            {
                if (await _attempts.SaveAsync(session, key.Tenant, operation => session.InsertAsync(document, operation)))
                {
                    return (document, true);
                }

                await session.ConfirmAsync(key.Tenant);
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

        return await _attempts.ChangeAsync(
            async (session, again) =>
            {
                List<StoredDocument> matches = await session.FindAsync(DocumentSelection.Of(key), 1, locked: again, cancellationToken);
                if (matches is [StoredDocument document])
                {
                    return (true, await _attempts.SaveAsync(session, key.Tenant, operation => session.DeleteAsync(document, operation)));
                }

                await session.ConfirmAsync(key.Tenant);
                return (false, true);
            },
            cancellationToken);
    }

    /// <summary>Closes the connections that are not in use; calls under way end as they may.</summary>
    public ValueTask DisposeAsync() => _attempts.DisposeAsync();
}
