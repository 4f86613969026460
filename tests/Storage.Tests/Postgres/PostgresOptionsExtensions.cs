using Layers.PatchGen.Storage.Postgres;
using Npgsql;

namespace Layers.PatchGen.Storage.Tests.Postgres;

internal static class PostgresOptionsExtensions
{
    /// <summary>A copy of options with a changed connection string.</summary>
    public static PostgresStoreOptions WithConnection(this PostgresStoreOptions options, Action<NpgsqlConnectionStringBuilder> change)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        change(connection);
        return options.With(copy => copy.ConnectionString = connection.ConnectionString);
    }

    /// <summary>A changed copy of options.</summary>
    public static PostgresStoreOptions With(this PostgresStoreOptions options, Action<PostgresStoreOptions> change)
    {
        var copy = new PostgresStoreOptions
        {
            ConnectionString = options.ConnectionString,
            Schema = options.Schema,
            Prepare = options.Prepare,
            MaxAttempts = options.MaxAttempts,
            LockTimeout = options.LockTimeout,
            RecoveryTimeout = options.RecoveryTimeout,
        };
        change(copy);
        return copy;
    }
}
