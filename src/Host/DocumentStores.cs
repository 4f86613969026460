using Layers.PatchGen.Storage;
using Layers.PatchGen.Storage.LiteDb;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.Host;

/// <summary>The stores that this host can use.</summary>
internal static class DocumentStores
{
    public const string LiteDb = "LiteDb";
    public const string Sqlite = "Sqlite";
    public const string Postgres = "Postgres";
    public const string Memory = "Memory";

    /// <summary>The store if the settings name none.</summary>
    public const string Default = LiteDb;

    /// <summary>The stores that keep a database in the data folder, and its name there.</summary>
    private static readonly (string Kind, string File)[] InFolders =
    [
        (LiteDb, LiteDbStoreOptions.DefaultFileName),
        (Sqlite, SqliteStoreOptions.DefaultFileName),
    ];

    /// <summary>The settings under <c>Store</c> that are none of the options of a store.</summary>
    private static readonly string[] OfHost = ["Kind", "Path", "Connection", "User"];

    /// <summary>Registers the store that the settings name. It never falls back to another: documents would seem to be gone.</summary>
    /// <param name="services">The services.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="section">
    /// The section <c>Store</c>: its other members set the options of the store, such as <c>Store:VerifyOnOpen</c>.
    /// </param>
    /// <exception cref="SettingsException">
    /// There is no such store, or no such setting of one, or the folder has the database of another store.
    /// </exception>
    public static IServiceCollection AddDocumentStore(this IServiceCollection services, Settings settings, IConfigurationSection section)
    {
        if (settings.AcceptRestore && settings.StoreKind is Postgres or Memory)
        {
            throw new SettingsException(
                $"{HostApp.AcceptRestore} is for the stores in files, {LiteDb} and {Sqlite}; Store:Kind is {settings.StoreKind}.");
        }

        ThrowIfUnknown(section);
        switch (settings.StoreKind)
        {
            case LiteDb:
                ThrowIfOtherStore(settings);
                return services.AddLiteDbDocumentStore(options =>
                {
                    Bind(section, () => section.Bind(options));
                    SetFile(options, settings, LiteDbStoreOptions.DefaultFileName);
                });
            case Sqlite:
                ThrowIfOtherStore(settings);
                return services.AddSqliteDocumentStore(options =>
                {
                    Bind(section, () => section.Bind(options));
                    SetFile(options, settings, SqliteStoreOptions.DefaultFileName);
                });
            case Postgres:
                ThrowIfNoConnection(settings);
                return services.AddPostgresDocumentStore(options => Configure(options, settings, section));
            case Memory:
                return services.AddInMemoryDocumentStore();
            default:
                throw new SettingsException(
                    $"The setting Store:Kind is '{settings.StoreKind}'; it must be {LiteDb}, {Sqlite}, {Postgres} or {Memory}.");
        }
    }

    /// <summary>Creates or updates the tables of the store. Only PostgreSQL needs this; the others do it when they are opened.</summary>
    /// <exception cref="SettingsException">The server is unreachable, or rejects it.</exception>
    public static async Task MigrateAsync(Settings settings, IConfigurationSection section)
    {
        if (settings.StoreKind != Postgres)
        {
            throw new SettingsException($"--migrate is for Store:Kind {Postgres}; {settings.StoreKind} needs no migration.");
        }

        ThrowIfUnknown(section);
        ThrowIfNoConnection(settings);
        try
        {
            var options = new PostgresStoreOptions();
            Configure(options, settings, section);
            await PostgresDocumentStore.MigrateAsync(options, settings.StoreUser.Length > 0 ? settings.StoreUser : null);
        }
        catch (Exception e) when (e is StoreUnavailableException or ArgumentException)
        {
            throw new SettingsException($"The tables at Store:Connection cannot be created. {e.Message}", e);
        }
    }

    /// <summary>Explains why the store cannot be opened at start.</summary>
    public static string Explain(StoreUnavailableException failure)
    {
        string hint =
            failure.Fault == StoreFault.Incomplete ? $" With this host, that is {HostApp.AcceptRestore} on the command line." : "";
        return $"The store cannot be opened. {failure.Message}{hint}";
    }

    /// <summary>Explains invalid options of a store as the settings that they come from; null for other options.</summary>
    public static string? Explain(OptionsValidationException failure)
    {
        if (!failure.OptionsType.IsAssignableTo(typeof(FileStoreOptions)) && failure.OptionsType != typeof(PostgresStoreOptions))
        {
            return null;
        }

        return string.Join(' ', failure.Failures.Select(problem => problem
            .Replace($"{failure.OptionsType.Name}: ", "The setting Store:", StringComparison.Ordinal)
            .Replace(nameof(PostgresStoreOptions.ConnectionString), "Connection", StringComparison.Ordinal)));
    }

    private static void SetFile(FileStoreOptions options, Settings settings, string file)
    {
        options.Path = Path.Combine(settings.StorePath, file); // Store:Path names a folder
        options.AcceptRestore = settings.AcceptRestore;
    }

    private static void Configure(PostgresStoreOptions options, Settings settings, IConfigurationSection section)
    {
        Bind(section, () => section.Bind(options));
        options.ConnectionString = settings.StoreConnection;
    }

    // The caller binds: the code of a binding is generated where the type of the options is written.
    private static void Bind(IConfigurationSection section, Action bind)
    {
        try
        {
            bind();
        }
        catch (InvalidOperationException e)
        {
            throw new SettingsException($"A setting under {section.Path} is invalid. {e.Message}", e);
        }
    }

    // A misspelled setting would be ignored. Those of the other stores are: one file may have the settings of several.
    private static void ThrowIfUnknown(IConfigurationSection section)
    {
        string[] known =
        [
            .. OfHost,
            .. typeof(SqliteStoreOptions).GetProperties()
                .Concat(typeof(LiteDbStoreOptions).GetProperties())
                .Concat(typeof(PostgresStoreOptions).GetProperties())
                .Select(static option => option.Name)
                .Except([nameof(FileStoreOptions.AcceptRestore), nameof(PostgresStoreOptions.ConnectionString), .. OfHost])
                .Distinct(),
        ];
        if (section.GetChildren().FirstOrDefault(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new SettingsException(
                $"There is no setting {unknown.Path}. Under {section.Path}, there are {string.Join(", ", known)}.");
        }
    }

    private static void ThrowIfNoConnection(Settings settings)
    {
        if (settings.StoreConnection.Length == 0)
        {
            throw new SettingsException(
                $"Store:Kind {Postgres} needs Store:Connection, such as \"Host=localhost;Username=patchgen;Database=patchgen\".");
        }
    }

    private static void ThrowIfOtherStore(Settings settings)
    {
        foreach ((string other, string name) in InFolders)
        {
            if (other != settings.StoreKind && File.Exists(Path.Combine(settings.StorePath, name)))
            {
                string kind = settings.StoreKind + (settings.StoreKind == Default ? " (the default)" : "");
                throw new SettingsException(
                    $"The folder of Store:Path, {settings.StorePath}, belongs to another store: its documents are in {name}, "
                    + $"and Store:Kind is {kind}. "
                    + $"Set Store:Kind to {other}, or Store:Path to another folder. Nothing was changed.");
            }
        }
    }
}

/// <summary>Checks whether the store responds.</summary>
internal sealed class StoreHealth(IDocumentStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.LoadAsync(new DocumentKey("", "health", "none"), cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
