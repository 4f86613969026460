using Layers.PatchGen.Storage;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Tests.Postgres;
using Layers.PatchGen.Host.Tests.Support;
using Npgsql;

namespace Layers.PatchGen.Host.Tests.Stores;

/// <summary>A PostgreSQL server of our own for hosts, with the tables made by <c>--migrate</c> and a role without privileges, as a host should have.</summary>
public sealed class HostsOnPostgres : IAsyncLifetime
{
    private const string User = "patchgen_host";

    private PostgresServer? _server;

    /// <summary>Why there can be no server; null when there can.</summary>
    public static string? Missing { get; } = PostgresServer.Binaries is null
        ? "NOT RUN: PostgreSQL is not installed (initdb on the path, or Debian's package postgresql)."
        : null;

    internal PostgresServer Server => _server!;

    public string Connection { get; private set; } = "";

    private string AdminConnection => $"Host=127.0.0.1;Port={Server.Port};Username=postgres;Database=postgres;Pooling=false";

    /// <summary>The arguments of a host on the server, in a process of its own.</summary>
    public string[] Arguments => TestHost.ArgumentsOfProcess("unused", "Postgres", "--Store:Connection", Connection);

    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _server = await PostgresServer.StartNewAsync();
        await AdminAsync($"CREATE ROLE {User} LOGIN");
        Assert.Equal((0, ""), await HostProcess.EndAsync("--migrate", "--Store:Kind", "Postgres", "--Store:Connection", AdminConnection, "--Store:User", User));
        Connection = new NpgsqlConnectionStringBuilder(AdminConnection) { Username = User, Pooling = true, MaxPoolSize = 40 }.ConnectionString;
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DeleteAsync();
        }
    }

    public async Task AdminAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(AdminConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Inserts influencers that no other test knows.</summary>
    /// <returns>Their paths.</returns>
    public async Task<string[]> AddInfluencersAsync(int count)
    {
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(new PostgresStoreOptions { ConnectionString = Connection });
        return await AddInfluencersAsync(store, count);
    }

    internal static async Task<string[]> AddInfluencersAsync(IDocumentStore store, int count)
    {
        string[] paths = new string[count];
        for (int i = 0; i < count; i++)
        {
            paths[i] = await HostFixture.AddInfluencerAsync(store);
        }

        return paths;
    }
}

/// <summary>A fact that needs a PostgreSQL server; it is skipped, and says why, where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = HostsOnPostgres.Missing;
}
