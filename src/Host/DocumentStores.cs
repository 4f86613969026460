using Layers.PatchGen.Storage;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Layers.PatchGen.Host;

/// <summary>The stores that this host can use.</summary>
internal static class DocumentStores
{
    public const string Sqlite = "Sqlite";
    public const string Postgres = "Postgres";
    public const string Memory = "Memory";

    /// <summary>Registers the store that the settings name. There is no falling back to another: documents would seem to be gone.</summary>
    /// <exception cref="SettingsException">The store is not known.</exception>
    public static IServiceCollection AddDocumentStore(this IServiceCollection services, Settings settings) => settings.StoreKind switch
    {
        Sqlite => services.AddSingleton<IDocumentStore>(_ => OpenSqlite(settings.StorePath)),
        Postgres => services.AddSingleton<IDocumentStore>(_ => OpenPostgresAsync(settings).GetAwaiter().GetResult()), // once, at start
        Memory => services.AddSingleton<IDocumentStore, InMemoryDocumentStore>(),
        _ => throw new SettingsException($"The setting Store:Kind is '{settings.StoreKind}'; this build knows {Sqlite}, {Postgres} and {Memory}."),
    };

    /// <summary>Makes the tables that the store needs, or brings them up to date. Only PostgreSQL needs to be told; the others do it when they are opened.</summary>
    /// <exception cref="SettingsException">The server is out of reach, or refuses.</exception>
    public static async Task MigrateAsync(Settings settings)
    {
        if (settings.StoreKind != Postgres)
        {
            throw new SettingsException($"--migrate is for Store:Kind {Postgres}; {settings.StoreKind} needs nothing made beforehand.");
        }

        try
        {
            await PostgresDocumentStore.MigrateAsync(PostgresOptions(settings));
        }
        catch (Exception e) when (e is StoreUnavailableException or ArgumentException)
        {
            throw new SettingsException($"The tables at Store:Connection cannot be made. {e.Message}", e);
        }
    }

    private static async Task<PostgresDocumentStore> OpenPostgresAsync(Settings settings)
    {
        try
        {
            return await PostgresDocumentStore.OpenAsync(PostgresOptions(settings));
        }
        catch (Exception e) when (e is StoreUnavailableException or ArgumentException)
        {
            throw new SettingsException($"The store at Store:Connection cannot be opened. {e.Message}", e);
        }
    }

    private static PostgresStoreOptions PostgresOptions(Settings settings) =>
        settings.StoreConnection.Length > 0
            ? new PostgresStoreOptions { ConnectionString = settings.StoreConnection }
            : throw new SettingsException($"Store:Kind {Postgres} needs Store:Connection, such as \"Host=localhost;Username=patchgen;Database=patchgen\".");

    private static SqliteDocumentStore OpenSqlite(string folder)
    {
        try
        {
            // A database in the folder, whatever the folder is called.
            return SqliteDocumentStore.Open(new SqliteStoreOptions { Path = Path.Combine(folder, SqliteStoreOptions.DefaultFileName) });
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The store at Store:Path cannot be opened. {e.Message}", e);
        }
    }
}

/// <summary>Says whether the store answers.</summary>
internal sealed class StoreHealth(IDocumentStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.LoadAsync(new DocumentKey("", "health", "none"), cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
