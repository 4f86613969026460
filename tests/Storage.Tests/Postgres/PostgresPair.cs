using System.Diagnostics;
using Layers.PatchGen.Storage.Postgres;
using Npgsql;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>
/// Two servers: a primary, and the synchronous standby that every commit waits for. A failover swaps them; the ports stay the same.
/// </summary>
public sealed class PostgresPair : IAsyncLifetime
{
    private const string User = "patchgen";

    /// <summary>The time after which the driver cancels a statement.</summary>
    public static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The options of a role without privileges, with both servers.</summary>
    public PostgresStoreOptions Options { get; private set; } = null!;

    /// <summary>The options of a superuser on the current primary.</summary>
    public PostgresStoreOptions Admin => new() { ConnectionString = Primary.AdminConnection };

    internal PostgresServer Primary { get; private set; } = null!;

    internal PostgresServer Standby { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (PostgresServer.Missing is not null)
        {
            return;
        }

        Primary = await PostgresServer.StartNewAsync();
        await Primary.AdminAsync($"CREATE ROLE {User} LOGIN");
        await PostgresDocumentStore.MigrateAsync(Admin, User);

        // The standby has a copy of the setting, for when it is the primary.
        await Primary.AdminAsync($"ALTER SYSTEM SET synchronous_standby_names = '{PostgresServer.Name}'");
        Standby = await PostgresServer.StartStandbyAsync(Primary);
        await Primary.AdminAsync("SELECT pg_reload_conf()");
        await WaitForStandbyAsync(1);
        Options = new PostgresStoreOptions
        {
            ConnectionString = new NpgsqlConnectionStringBuilder
            {
                Host = $"127.0.0.1:{Primary.Port},127.0.0.1:{Standby.Port}",
                Username = User,
                Database = "postgres",
                MaxPoolSize = 40,
                Timeout = 5,
                CommandTimeout = (int)CommandTimeout.TotalSeconds,
            }.ConnectionString,
            RecoveryTimeout = TimeSpan.FromMilliseconds(500),
        };
    }

    public async Task DisposeAsync()
    {
        foreach (PostgresServer? server in (PostgresServer?[])[Standby, Primary])
        {
            if (server is not null)
            {
                await server.DeleteAsync();
            }
        }
    }

    /// <summary>Stops the standby and waits until the primary has detected it.</summary>
    internal async Task StopStandbyAsync()
    {
        await Standby.StopAsync("immediate");
        await WaitForStandbyAsync(0);
    }

    /// <summary>Starts the standby unless it runs, and waits until it is synchronous.</summary>
    internal async Task StartStandbyAsync()
    {
        if (!await Standby.IsRunningAsync())
        {
            await Standby.StartAsync();
        }

        await WaitForStandbyAsync(1);
    }

    /// <summary>
    /// Promotes the standby, which must run; the primary must not run. The commits of the new primary wait for a standby.
    /// </summary>
    internal async Task PromoteAsync()
    {
        await Standby.PromoteAsync();
        (Primary, Standby) = (Standby, Primary);
    }

    /// <summary>Turns the old primary into the standby of the new one.</summary>
    internal async Task RejoinAsync()
    {
        await Standby.BecomeStandbyAsync(Primary);
        await WaitForStandbyAsync(1);
    }

    private async Task WaitForStandbyAsync(long count)
    {
        var watch = Stopwatch.StartNew();
        string synchronous = count == 1 ? " AND sync_state = 'sync'" : "";
        string sql = $"SELECT count(*) FROM pg_stat_replication WHERE application_name = '{PostgresServer.Name}'{synchronous}";
        while (await CountAsync() != count)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "The standby did not connect or disconnect in time.");
            await Task.Delay(20);
        }

        async Task<long?> CountAsync()
        {
            try
            {
                return (long?)await Primary.AdminAsync(sql);
            }
            catch (NpgsqlException)
            {
                return null; // On a busy machine a connection may take longer than its timeout.
            }
        }
    }
}
