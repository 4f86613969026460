namespace Layers.PatchGen.Storage.Postgres;

/// <summary>Adds the members that searches look up, and gives the documents that are there their tokens.</summary>
/// <param name="hosts">The servers.</param>
/// <param name="statements">The SQL.</param>
/// <param name="turn">Taken by the call that prepares, which others need not wait for.</param>
internal sealed class PostgresSearchPreparation(PostgresHosts hosts, PostgresStatements statements, SemaphoreSlim turn)
{
    private PostgresSearches _current = PostgresSearches.Unknown;

    /// <summary>Whether the members of a selection are known to be ready.</summary>
    public bool IsReady(DocumentSelection selection) => NotReady(_current, selection).Count == 0;

    /// <summary>Members that turned out to be outdated are loaded again.</summary>
    public void Forget(PostgresSearches outdated) =>
        Interlocked.CompareExchange(ref _current, PostgresSearches.Unknown, outdated);

    /// <summary>Returns the members; when those of the selection are ready.</summary>
    /// <exception cref="TransientException">The server asks for another attempt, or the connection was lost.</exception>
    /// <exception cref="StoreUnavailableException">A document is damaged, or the server failed.</exception>
    public async ValueTask<PostgresSearches> GetAsync(DocumentSelection selection, CancellationToken cancellationToken)
    {
        PostgresSearches current = _current;
        if (current == PostgresSearches.Unknown)
        {
            await using PostgresSession session = await OpenAsync(cancellationToken);
            _current = current = await session.LoadSearchesAsync(cancellationToken);
        }

        return NotReady(current, selection).Count == 0 ? current : await PrepareAsync(selection, cancellationToken);
    }

    private async Task<PostgresSearches> PrepareAsync(DocumentSelection selection, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                await using PostgresSession session = await OpenAsync(cancellationToken);
                PostgresSearches current = _current = await session.LoadSearchesAsync(cancellationToken);
                IReadOnlyList<string> names = NotReady(current, selection);
                if (names.Count == 0)
                {
                    return current;
                }

                string[] missing = [.. names.Where(name => !current.Has(selection.Collection, name))];
                if (missing.Length > 0)
                {
                    await session.AddSearchesAsync(selection.Collection, missing, cancellationToken);
                    continue;
                }

                // Another host may do the same: each continues where the last has ended.
                while (await session.AddTokensAsync(selection.Collection, names[0], cancellationToken))
                {
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private Task<PostgresSession> OpenAsync(CancellationToken cancellationToken) =>
        PostgresSession.OpenAsync(hosts, statements, PostgresSearches.Unknown, cancellationToken);

    private static IReadOnlyList<string> NotReady(PostgresSearches searches, DocumentSelection selection) =>
        selection.Id is null
            ? searches.NotReady(
                selection.Collection, selection.Equal.Take(PostgresStatements.MaxTokens).Select(static value => value.Member))
            : [];
}
