using System.Diagnostics;
using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>
/// Documents in PostgreSQL 13 or later, for any number of hosts. A document is saved by compare and swap on its version. An acknowledged
/// change was flushed to the server's disk and, if <c>synchronous_standby_names</c> is set, to that of a synchronous standby.
/// </summary>
/// <remarks>
/// <para>
/// Each transaction sets <c>synchronous_commit</c> to at least <c>on</c>, regardless of the settings of the role and the database. Without
/// its standby a change waits for the connection string's <c>Command Timeout</c> (30 seconds by default) and then for
/// <see cref="PostgresStoreOptions.RecoveryTimeout"/>, and fails with <see cref="StoreFault.Unknown"/>. Changes use at most three quarters
/// of <c>Maximum Pool Size</c>, so that reads continue. The caller's token does not cancel a change that is being saved, because its
/// outcome would be unknown.
/// </para>
/// <para>
/// Tenants are separated by every query and by row-level security. <see cref="MigrateAsync"/> creates the tables and can use another role.
/// A transform runs on the caller's thread.
/// </para>
/// </remarks>
public sealed class PostgresDocumentStore : IDocumentStore, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan StartInterval = TimeSpan.FromMilliseconds(500);

    private readonly PostgresAttempts _attempts;

    private PostgresDocumentStore(PostgresStoreOptions options, PostgresHosts hosts) => _attempts = new PostgresAttempts(options, hosts);

    /// <summary>
    /// Creates or updates the tables and grants a role access to them. Can run at every start, and from several hosts concurrently.
    /// </summary>
    /// <param name="options">Options with the connection string of a role that owns the schema or may create it.</param>
    /// <param name="user">The role of the store if it is another one; it is granted the necessary rights and no others.</param>
    /// <param name="cancellationToken">Cancels the migration; nothing was changed then.</param>
    /// <exception cref="StoreUnavailableException">
    /// The server is unreachable or rejects it, or the tables were created by a later version.
    /// </exception>
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

    /// <summary>
    /// Opens the store after it has checked the server and the tables. Waits up to <see cref="PostgresStoreOptions.StartTimeout"/> for a
    /// primary.
    /// </summary>
    /// <exception cref="StoreUnavailableException">
    /// The server is unreachable or has settings that can lose acknowledged writes (<see cref="StoreFault.Unavailable"/>), or the server or
    /// the tables do not meet the requirements (<see cref="StoreFault.Incompatible"/>). The message can be shown to the user.
    /// </exception>
    public static async Task<PostgresDocumentStore> OpenAsync(PostgresStoreOptions options, CancellationToken cancellationToken = default)
    {
        IStoreOptions.ThrowIfInvalid(options);
        var hosts = new PostgresHosts(options);
        try
        {
            await CheckAsync(options, hosts, cancellationToken);
            return new PostgresDocumentStore(options, hosts);
        }
        catch
        {
            await hosts.DisposeAsync();
            throw;
        }
    }

    // Waits for a primary, so that an application that starts during a failover does not end.
    private static async Task CheckAsync(PostgresStoreOptions options, PostgresHosts hosts, CancellationToken cancellationToken)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(StartInterval, cancellationToken))
        {
            StoreUnavailableException fault;
            try
            {
                await PostgresSchema.CheckAsync(hosts, options.Schema, cancellationToken);
                return;
            }
            catch (TransientException exception)
            {
                fault = exception.Fault;
            }
            catch (NpgsqlException exception) when (PostgresFaults.IsMissing(exception))
            {
                fault = PostgresFaults.ToFault(exception);
            }
            catch (NpgsqlException exception)
            {
                throw PostgresFaults.ToFault(exception);
            }

            if (watch.Elapsed >= options.StartTimeout)
            {
                throw fault;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
        await FindAsync(DocumentSelection.Of(key), 1, cancellationToken) is [StoredDocument document] ? document : null;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredDocument>> FindAsync(
        DocumentSelection selection, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return selection.IsValid
            ? await _attempts.ReadAsync(
                selection,
                session => session.FindAsync(selection, limit, locked: false, others: null, cancellationToken),
                cancellationToken)
            : [];
    }

    /// <inheritdoc/>
    public async ValueTask<TransformResult> TransformAsync<TState>(
        DocumentSelection selection,
        IReadOnlyCollection<DocumentVersion>? ifVersions,
        TState state,
        DocumentTransform<TState> transform,
        DocumentCompanions<TState>? companions = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(transform);
        if (!selection.IsValid)
        {
            return new TransformResult(TransformStatus.NotFound, []);
        }

        return await _attempts.ChangeAsync(
            selection,
            async (session, again) =>
            {
                // After another write came between, the document is locked, so that this cannot happen again.
                List<long> others = [];
                List<StoredDocument> matches =
                    await session.FindAsync(selection, TransformResult.MaxCandidates, locked: again, others, cancellationToken);
                TransformResult result =
                    TransformResult.Evaluate(matches, ifVersions, state, transform, companions, PostgresSession.MaxDocumentBytes);
                if (result.Status == TransformStatus.Unchanged)
                {
                    // The document may be the result of a change with an unknown outcome, which the caller now repeats.
                    await session.ConfirmAsync(selection.Tenant);
                }

                bool done = result.Status != TransformStatus.Changed
                    || await _attempts.SaveAsync(
                        session, selection.Tenant, operation => session.UpdateAsync(selection, others, matches[0], result, operation));
                return (result, done);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> InsertAsync(
        DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default)
    {
        key.ThrowIfInvalid();
        DocumentJson.Validate(json.Span, PostgresSession.MaxDocumentBytes);
        var document = new StoredDocument(key, DocumentVersion.First(), json.ToArray());
        return await _attempts.ChangeAsync<StoredDocument?>(
            DocumentSelection.Of(key),
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
    public async ValueTask PrepareSearchAsync(
        string collection, IReadOnlyList<string> members, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(members);
        var selection = new DocumentSelection("", collection, null, [.. members.Select(static member => new MemberValue(member, 0))]);
        if (!selection.IsValid)
        {
            return;
        }

        try
        {
            await _attempts.PrepareAsync(selection, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // The first search tries again, and reports what it meets.
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default)
    {
        if (!key.IsValid)
        {
            return false;
        }

        var selection = DocumentSelection.Of(key);
        return await _attempts.ChangeAsync(
            selection,
            async (session, again) =>
            {
                List<StoredDocument> matches = await session.FindAsync(selection, 1, again, others: null, cancellationToken);
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

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
