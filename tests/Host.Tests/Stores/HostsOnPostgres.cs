using Layers.PatchGen.Storage;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Tests.Postgres;
using Layers.PatchGen.Host.Tests.Support;
using Npgsql;

namespace Layers.PatchGen.Host.Tests.Stores;

/// <summary>
/// A PostgreSQL server for hosts, with tables created by <c>--migrate</c> and, as recommended, a role without privileges.
/// </summary>
public sealed class HostsOnPostgres : IAsyncLifetime
{
    private const string User = "patchgen_host";

    private PostgresServer? _server;

    internal PostgresServer Server => _server!;

    public string Connection { get; private set; } = "";

    /// <summary>The arguments of a host on the server, in a separate process.</summary>
    public string[] Arguments => TestHost.ArgumentsOfProcess("unused", "Postgres", "--Store:Connection", Connection);

    public async Task InitializeAsync()
    {
        if (PostgresServer.Missing is not null)
        {
            return;
        }

        _server = await PostgresServer.StartNewAsync();
        await Server.AdminAsync($"CREATE ROLE {User} LOGIN");
        Assert.Equal(
            (0, ""),
            await HostProcess.RunAsync(
                "--migrate", "--Store:Kind", "Postgres", "--Store:Connection", Server.AdminConnection, "--Store:User", User));
        var settings = new NpgsqlConnectionStringBuilder(Server.AdminConnection) { Username = User, Pooling = true, MaxPoolSize = 40 };
        Connection = settings.ConnectionString;
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DeleteAsync();
        }
    }

    /// <summary>Inserts influencers with new ids.</summary>
    /// <returns>Their paths.</returns>
    public async Task<string[]> AddInfluencersAsync(int count)
    {
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(
            new PostgresStoreOptions { ConnectionString = Connection });
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

/// <summary>A fact that needs PostgreSQL; skipped with a reason if it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Missing;
}
