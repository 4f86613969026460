using Layers.PatchGen.Storage.Postgres;

namespace Layers.PatchGen.Storage.Tests.Postgres;

internal static class PostgresOptionsExtensions
{
    /// <summary>A changed copy of options.</summary>
    public static PostgresStoreOptions With(this PostgresStoreOptions options, Action<PostgresStoreOptions> change)
    {
        var copy = new PostgresStoreOptions
        {
            ConnectionString = options.ConnectionString,
            Schema = options.Schema,
            Prepare = options.Prepare,
            MaxAttempts = options.MaxAttempts,
            RecoveryTimeout = options.RecoveryTimeout,
        };
        change(copy);
        return copy;
    }
}
