using Layers.PatchGen.Storage;
using Layers.PatchGen.Storage.LiteDb;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Layers.PatchGen.Host;

/// <summary>The stores that this host can use.</summary>
internal static partial class DocumentStores
{
    public const string LiteDb = "LiteDb";
    public const string Sqlite = "Sqlite";
    public const string Postgres = "Postgres";
    public const string Memory = "Memory";

    /// <summary>The store of a host that is not told which.</summary>
    public const string Default = LiteDb;

    /// <summary>The stores that keep a database in the data folder, and its name there.</summary>
    private static readonly (string Kind, string File)[] InFolders =
    [
        (LiteDb, LiteDbStoreOptions.DefaultFileName),
        (Sqlite, SqliteStoreOptions.DefaultFileName),
    ];

    /// <summary>Registers the store that the settings name. There is no falling back to another: documents would seem to be gone.</summary>
    /// <exception cref="SettingsException">There is no such store.</exception>
    public static IServiceCollection AddDocumentStore(this IServiceCollection services, Settings settings) => settings.StoreKind switch
    {
        LiteDb => services.AddSingleton<IDocumentStore>(provider => OpenLiteDb(settings, provider)),
        Sqlite => services.AddSingleton<IDocumentStore>(provider => OpenSqlite(settings, provider)),
        Postgres or Memory when settings.AcceptRestore => throw new SettingsException($"{HostApp.AcceptRestore} is for the stores in files, {LiteDb} and {Sqlite}; Store:Kind is {settings.StoreKind}."),
        Postgres => services.AddSingleton<IDocumentStore>(_ => OpenPostgresAsync(settings).GetAwaiter().GetResult()), // once, at start
        Memory => services.AddSingleton<IDocumentStore, InMemoryDocumentStore>(),
        _ => throw new SettingsException($"The setting Store:Kind is '{settings.StoreKind}'; it must be {LiteDb}, {Sqlite}, {Postgres} or {Memory}."),
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
            await PostgresDocumentStore.MigrateAsync(PostgresOptions(settings), settings.StoreUser.Length > 0 ? settings.StoreUser : null);
        }
        catch (Exception e) when (e is StoreUnavailableException or ArgumentException)
        {
            throw new SettingsException($"The tables at Store:Connection cannot be made. {e.Message}", e);
        }
    }

    private static LiteDbDocumentStore OpenLiteDb(Settings settings, IServiceProvider provider)
    {
        LiteDbDocumentStore store = Open(settings, LiteDb, file => LiteDbDocumentStore.Open(new LiteDbStoreOptions { Path = file, AcceptRestore = settings.AcceptRestore }));
        Report(provider, store.AcceptedRestore);
        return store;
    }

    private static SqliteDocumentStore OpenSqlite(Settings settings, IServiceProvider provider)
    {
        SqliteDocumentStore store = Open(settings, Sqlite, file => SqliteDocumentStore.Open(new SqliteStoreOptions { Path = file, AcceptRestore = settings.AcceptRestore }));
        Report(provider, store.AcceptedRestore);
        return store;
    }

    private static void Report(IServiceProvider provider, string? acceptedRestore)
    {
        if (acceptedRestore is not null)
        {
            LogAcceptedRestore(provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DocumentStores)), acceptedRestore);
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

    /// <summary>Opens the database in the data folder, whatever the folder is called; unless another store has one there.</summary>
    private static TStore Open<TStore>(Settings settings, string kind, Func<string, TStore> open)
    {
        foreach ((string other, string name) in InFolders)
        {
            if (other != kind && File.Exists(Path.Combine(settings.StorePath, name)))
            {
                throw new SettingsException(
                    $"The folder of Store:Path, {settings.StorePath}, belongs to another store: its documents are in {name}, and Store:Kind is {kind}{(kind == Default ? " (the default)" : "")}. "
                    + $"Set Store:Kind to {other}, or Store:Path to another folder. Nothing was changed.");
            }
        }

        try
        {
            return open(Path.Combine(settings.StorePath, InFolders.First(store => store.Kind == kind).File));
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            string hint = e is StoreUnavailableException { Fault: StoreFault.Incomplete } ? $" With this host, that is {HostApp.AcceptRestore} on the command line." : "";
            throw new SettingsException($"The store at Store:Path cannot be opened. {e.Message}{hint}", e);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Opened with --accept-restore: acknowledged changes may be missing. {Problem}")]
    private static partial void LogAcceptedRestore(ILogger logger, string problem);
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
