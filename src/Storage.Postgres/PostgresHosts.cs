using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>
/// The servers of a connection string, and which of them is the primary. The primary is searched when needed: at the start, and when a
/// connection to it broke or the server is no longer the primary. All servers are asked at the same time, so that one that hangs delays
/// nothing.
/// </summary>
/// <remarks>
/// Npgsql tries several hosts one after another, in each call whose information is outdated. With a server that hangs, each such call waits
/// for the connection timeout.
/// </remarks>
internal sealed class PostgresHosts : IAsyncDisposable
{
    /// <summary>Selects the timeline of a primary, which increases with each promotion; 0 for a standby.</summary>
    private const string Timeline =
        """
        SELECT CASE WHEN pg_is_in_recovery() THEN 0
        ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint END
        """;

    private static readonly TimeSpan AskInterval = TimeSpan.FromMilliseconds(200);

    private readonly (string Name, NpgsqlDataSource Source)[] _hosts;
    private readonly Lock _lock = new();
    private volatile NpgsqlDataSource? _primary;
    private Task<NpgsqlDataSource>? _search;

    public PostgresHosts(PostgresStoreOptions options)
    {
        NpgsqlConnectionStringBuilder settings = PostgresSettings.Of(options);
        string[] hosts = settings.Host?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (hosts.Length > 1)
        {
            settings.Remove("Target Session Attributes");
            _hosts = [.. hosts.Select(host =>
            {
                settings.Host = host;
                return (host, Create(options, settings));
            })];
        }
        else
        {
            _primary = Create(options, settings);
            _hosts = [(settings.Host ?? "", _primary)];
        }
    }

    private static NpgsqlDataSource Create(PostgresStoreOptions options, NpgsqlConnectionStringBuilder settings)
    {
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        options.ConfigureDataSource?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>Opens a connection to the primary.</summary>
    /// <returns>The connection, and its server, for <see cref="Leave"/> if it cannot be used.</returns>
    /// <exception cref="NpgsqlException">No primary is reachable.</exception>
    public async ValueTask<(NpgsqlConnection Connection, NpgsqlDataSource Host)> OpenAsync(CancellationToken cancellationToken)
    {
        NpgsqlDataSource host = _primary ?? await SearchAsync().WaitAsync(cancellationToken);
        try
        {
            return (await host.OpenConnectionAsync(cancellationToken), host);
        }
        catch (NpgsqlException)
        {
            Doubt(host);
            throw;
        }
    }

    /// <summary>
    /// Call this when a connection was lost or the server is not the primary. Closes the pooled connections, which may be lost as well.
    /// </summary>
    public void Leave(NpgsqlDataSource host)
    {
        host.Clear();
        Doubt(host);
    }

    /// <summary>Call this when another server may be the primary. It is searched before the next connection.</summary>
    public void Doubt(NpgsqlDataSource host)
    {
        if (_hosts.Length > 1 && _primary == host)
        {
            _primary = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((_, NpgsqlDataSource source) in _hosts)
        {
            await source.DisposeAsync();
        }
    }

    /// <summary>Searches the primary; concurrent callers share one search.</summary>
    private Task<NpgsqlDataSource> SearchAsync()
    {
        lock (_lock)
        {
            return _search is { IsCompleted: false } ? _search : _search = FindAsync();
        }
    }

    private async Task<NpgsqlDataSource> FindAsync()
    {
        var asked = new Task<Reply>[_hosts.Length];
        while (true)
        {
            for (int i = 0; i < _hosts.Length; i++)
            {
                // A standby may have been promoted while another server has not responded yet.
                if (asked[i] is null or { IsCompleted: true })
                {
                    asked[i] = AskAsync(_hosts[i].Source);
                }
            }

            Task<Reply[]> all = Task.WhenAll(asked);
            await Task.WhenAny(all, Task.Delay(AskInterval));

            // A server that was replaced without detecting it is on an older timeline.
            int best = Enumerable.Range(0, asked.Length).MaxBy(i => asked[i].IsCompleted ? asked[i].Result.Timeline : 0);
            if (asked[best] is { IsCompleted: true, Result.Timeline: > 0 })
            {
                return _primary = _hosts[best].Source;
            }

            if (all.IsCompleted)
            {
                throw NoPrimary(all.Result);
            }
        }
    }

    private NpgsqlException NoPrimary(Reply[] replies)
    {
        IEnumerable<string> problems = _hosts.Zip(replies, (host, reply) => $"{host.Name}: {reply.Problem?.Message ?? "a standby"}");
        Exception? timeout = replies.Select(reply => reply.Problem?.InnerException).FirstOrDefault(inner => inner is TimeoutException);
        return new NpgsqlException($"No primary is reachable. {string.Join("; ", problems)}", timeout);
    }

    /// <summary>Asks one server, within the timeouts of the connection string.</summary>
    private static async Task<Reply> AskAsync(NpgsqlDataSource host)
    {
        try
        {
            await using NpgsqlConnection connection = await host.OpenConnectionAsync(CancellationToken.None);
            await using var command = new NpgsqlCommand(Timeline, connection);
            return new Reply((long)(await command.ExecuteScalarAsync(CancellationToken.None))!, null);
        }
        catch (Exception exception) when (exception is NpgsqlException or ObjectDisposedException)
        {
            return new Reply(0, exception);
        }
    }

    private readonly record struct Reply(long Timeline, Exception? Problem);
}
