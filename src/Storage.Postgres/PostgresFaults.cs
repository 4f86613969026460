using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>What Npgsql's errors, and the server's (postgresql.org/docs/current/errcodes-appendix.html), mean to the caller of a store.</summary>
internal static class PostgresFaults
{
    public static StoreUnavailableException ToFault(NpgsqlException exception)
    {
        StoreFault fault = exception.SqlState switch
        {
            PostgresErrorCodes.DiskFull => StoreFault.Full,
            PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => StoreFault.Damaged,
            _ => StoreFault.Unavailable,
        };
        string problem = fault switch
        {
            StoreFault.Full => "has no room to write",
            StoreFault.Damaged => "says that its data is damaged",
            _ => "cannot be used just now",
        };
        return new StoreUnavailableException(fault, $"PostgreSQL {problem}. {exception.Message}", exception);
    }

    /// <summary>Whether the transaction was rolled back for a reason that may not be there the next time.</summary>
    public static bool IsWorthAnotherTry(NpgsqlException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } || LosesConnection(exception);

    /// <summary>
    /// Whether the connection is lost, so that what was asked may have been done or not. An error that the server reported is a plain no, unless it is one with which it
    /// ends the connection, after which nothing was heard of a commit.
    /// </summary>
    public static bool LosesConnection(NpgsqlException exception) =>
        exception is not PostgresException server || server.InvariantSeverity is "FATAL" or "PANIC";
}
