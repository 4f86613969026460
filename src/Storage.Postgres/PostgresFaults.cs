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
            _ when exception.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction => "takes no changes; it is a standby, or is set to be read-only",
            _ => "cannot be used just now",
        };
        return new StoreUnavailableException(fault, $"PostgreSQL {problem}. {exception.Message}", exception);
    }

    /// <summary>The server is a standby, which takes no changes and may be behind.</summary>
    public static StoreUnavailableException IsStandby() => new(StoreFault.Unavailable, "PostgreSQL cannot be used just now. The server is a standby, not the primary.");

    /// <summary>The server has committed, but no synchronous standby has said that it has the change too: a failover may lose it.</summary>
    public static StoreUnavailableException NotReplicated() => new(
        StoreFault.Unknown, "PostgreSQL has committed a change, but stopped waiting for its synchronous standby: unless the standby has it, a failover loses it.");

    /// <summary>
    /// Whether a notice says that a commit has stopped waiting for a synchronous standby, because of a time limit, an administrator or a shutdown. The server then
    /// reports success all the same. The text depends on the server's language; the routine does not.
    /// </summary>
    public static bool IsNotReplicated(PostgresNotice notice) => notice.Routine == "SyncRepWaitForLSN";

    /// <summary>
    /// Whether the transaction was rolled back for a reason that may not be there the next time. A time limit is none: who waited so long would wait as long again.
    /// </summary>
    public static bool IsWorthAnotherTry(NpgsqlException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.ReadOnlySqlTransaction }
        || (LosesConnection(exception) && exception.InnerException is not TimeoutException);

    /// <summary>
    /// Whether the connection is lost. An error that the server reported is a plain no, unless it is one with which it ends the connection, after which nothing was heard
    /// of a commit.
    /// </summary>
    public static bool LosesConnection(NpgsqlException exception) =>
        exception is not PostgresException server || server.InvariantSeverity is "FATAL" or "PANIC";
}
