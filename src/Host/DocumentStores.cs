using Layers.PatchGen.Storage;
using Layers.PatchGen.Storage.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Layers.PatchGen.Host;

/// <summary>The stores that this host can use.</summary>
internal static class DocumentStores
{
    public const string Sqlite = "Sqlite";
    public const string Memory = "Memory";

    /// <summary>Registers the store that the settings name. There is no falling back to another: documents would seem to be gone.</summary>
    /// <exception cref="SettingsException">The store is not known.</exception>
    public static IServiceCollection AddDocumentStore(this IServiceCollection services, Settings settings) => settings.StoreKind switch
    {
        Sqlite => services.AddSingleton<IDocumentStore>(_ => OpenSqlite(settings.StorePath)),
        Memory => services.AddSingleton<IDocumentStore, InMemoryDocumentStore>(),
        _ => throw new SettingsException($"The setting Store:Kind is '{settings.StoreKind}'; this build knows {Sqlite} and {Memory}."),
    };

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
