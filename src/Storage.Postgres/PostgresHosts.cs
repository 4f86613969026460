using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>
/// The servers of a connection string, and which of them takes writes. It is looked for when there is a reason: at the start, and when a connection to the one that was
/// used broke or was of no use. All are asked at the same time, so that one that hangs holds up nothing.
/// </summary>
/// <remarks>
/// Npgsql's own choice among several hosts goes through them one after another, in each call whose knowledge is too old; with a server that hangs, every such call waits
/// for the connection timeout.
/// </remarks>
internal sealed class PostgresHosts : IAsyncDisposable
{
    /// <summary>The timeline of a primary; each promotion begins a higher one. 0 for a standby.</summary>
    private const string Timeline =
        "SELECT CASE WHEN pg_is_in_recovery() THEN 0 ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint END";

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);

    private readonly (string Name, NpgsqlDataSource Source)[] _hosts;
    private readonly Lock _lock = new();
    private volatile NpgsqlDataSource? _primary;
    private Task<NpgsqlDataSource>? _search;

    public PostgresHosts(PostgresStoreOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        settings.ApplicationName ??= "Layers.PatchGen";
        if (options.Prepare && settings.MaxAutoPrepare == 0)
        {
            // There are about a dozen statements.
            settings.MaxAutoPrepare = 32;
            settings.AutoPrepareMinUsages = 2;
        }

        string[] hosts = settings.Host?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (hosts.Length > 1)
        {
            settings.Remove("Target Session Attributes");
            _hosts = [.. hosts.Select(host =>
            {
                settings.Host = host;
                return (host, new NpgsqlDataSourceBuilder(settings.ConnectionString).Build());
            })];
        }
        else
        {
            _primary = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
            _hosts = [(settings.Host ?? "", _primary)];
        }
    }

    /// <summary>Opens a connection to the primary.</summary>
    /// <returns>The connection, and what to <see cref="Leave"/> when it turns out to be of no use.</returns>
    /// <exception cref="NpgsqlException">There is none within reach.</exception>
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

    /// <summary>A connection to the server was lost, or the server is not the primary: those that wait in the pool may be as dead.</summary>
    public void Leave(NpgsqlDataSource host)
    {
        host.Clear();
        Doubt(host);
    }

    /// <summary>Another server may be the primary now: looks before the next connection.</summary>
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

    /// <summary>Looks for the primary; one search for all who wait.</summary>
    private Task<NpgsqlDataSource> SearchAsync()
    {
        lock (_lock)
        {
            return _search is { IsCompleted: false } ? _search : _search = FindAsync();
        }
    }

    private async Task<NpgsqlDataSource> FindAsync()
    {
        var asked = new Task<Answer>[_hosts.Length];
        while (true)
        {
            for (int i = 0; i < _hosts.Length; i++)
            {
                // A standby may have been promoted while another server is still to answer.
                if (asked[i] is null or { IsCompleted: true })
                {
                    asked[i] = AskAsync(_hosts[i].Source);
                }
            }

            Task<Answer[]> all = Task.WhenAll(asked);
            await Task.WhenAny(all, Task.Delay(AskAgain));

            // A server that was replaced and has not noticed it is on an older timeline.
            int best = Enumerable.Range(0, asked.Length).MaxBy(i => asked[i].IsCompleted ? asked[i].Result.Timeline : 0);
            if (asked[best] is { IsCompleted: true, Result.Timeline: > 0 })
            {
                return _primary = _hosts[best].Source;
            }

            if (all.IsCompleted)
            {
                IEnumerable<string> problems = _hosts.Zip(all.Result, (host, answer) => $"{host.Name}: {answer.Problem?.Message ?? "a standby"}");
                throw new NpgsqlException(
                    $"No primary is within reach. {string.Join("; ", problems)}", all.Result.Select(answer => answer.Problem?.InnerException).FirstOrDefault(inner => inner is TimeoutException));
            }
        }
    }

    /// <summary>Asks one server; ends after the connection timeout at the latest.</summary>
    private static async Task<Answer> AskAsync(NpgsqlDataSource host)
    {
        try
        {
            await using NpgsqlConnection connection = await host.OpenConnectionAsync(CancellationToken.None);
            await using var command = new NpgsqlCommand(Timeline, connection);
            return new Answer((long)(await command.ExecuteScalarAsync(CancellationToken.None))!, null);
        }
        catch (Exception exception) when (exception is NpgsqlException or ObjectDisposedException)
        {
            return new Answer(0, exception);
        }
    }

    private readonly record struct Answer(long Timeline, Exception? Problem);
}
