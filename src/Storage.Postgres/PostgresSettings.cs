using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>The connection string with the defaults of the store, for what it does not set.</summary>
internal static class PostgresSettings
{
    /// <summary>
    /// The connections of a host, unless the connection string sets <c>Maximum Pool Size</c>. Npgsql's 100 are slower: it uses the idle
    /// connections in turn, and each has a process of the server with caches of its own. Fewer than 16 are slower as well.
    /// </summary>
    public const int DefaultPoolSize = 16;

    private const string MaxPoolSize = "Maximum Pool Size";
    private const string NoResetOnClose = "No Reset On Close";

    /// <summary>Parses the connection string of valid options.</summary>
    public static NpgsqlConnectionStringBuilder Of(PostgresStoreOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        settings.ApplicationName ??= "Layers.PatchGen";
        if (!settings.ShouldSerialize(MaxPoolSize))
        {
            settings.MaxPoolSize = Math.Max(DefaultPoolSize, settings.MinPoolSize);
        }

        if (!settings.ShouldSerialize(NoResetOnClose))
        {
            // A connection goes back to the pool as it came: all settings are those of a transaction, and Npgsql rolls an open one back.
            // The reset would cost each call one more transaction.
            settings.NoResetOnClose = true;
        }

        if (options.Prepare && settings.MaxAutoPrepare == 0)
        {
            // The store has about a dozen statements.
            settings.MaxAutoPrepare = 32;
            settings.AutoPrepareMinUsages = 2;
        }

        return settings;
    }
}
