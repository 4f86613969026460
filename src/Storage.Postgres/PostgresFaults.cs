using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>Translates the errors of Npgsql and of the server (postgresql.org/docs/current/errcodes-appendix.html) into faults.</summary>
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
            StoreFault.Full => "has no space to write",
            StoreFault.Damaged => "reports damaged data",
            _ when exception.SqlState == PostgresErrorCodes.LockNotAvailable =>
                "did not save a change, because another transaction has locked the document for too long",
            _ when exception.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction =>
                "accepts no changes; it is a standby, or is read-only",
            _ when exception.SqlState is PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.DuplicatePreparedStatement =>
                $"does not have the prepared statements of this connection. Set {nameof(PostgresStoreOptions.Prepare)} to false behind a "
                + "connection pooler that gives each transaction another connection (PgBouncer in transaction mode)",
            _ => "cannot be used now",
        };
        return new StoreUnavailableException(fault, $"PostgreSQL {problem}. {exception.Message}", exception);
    }

    /// <summary>The server is a standby, which accepts no changes and may be behind.</summary>
    public static StoreUnavailableException IsStandby() => new(
        StoreFault.Unavailable, "PostgreSQL cannot be used now. The server is a standby, not the primary.");

    /// <summary>The server has committed, but no synchronous standby has confirmed the change: a failover may lose it.</summary>
    public static StoreUnavailableException NotReplicated() => new(
        StoreFault.Unknown,
        "PostgreSQL has committed a change, but its synchronous standby has not confirmed it in time: a failover may lose it.");

    /// <summary>
    /// Whether a notice reports that a commit has stopped waiting for a synchronous standby, because of a timeout, an administrator or a
    /// shutdown. The server then reports success nevertheless. The text depends on the server's language; the routine does not.
    /// </summary>
    public static bool IsNotReplicated(PostgresNotice notice) => notice.Routine == "SyncRepWaitForLSN";

    /// <summary>Whether a new document has a key that is in use.</summary>
    public static bool IsKeyInUse(NpgsqlException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "documents" };

    /// <summary>
    /// Whether the transaction was rolled back for a temporary reason. A timeout is not one: the next attempt would wait as long again.
    /// </summary>
    public static bool IsTemporary(NpgsqlException exception) =>
        exception is PostgresException
        {
            SqlState: PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.ReadOnlySqlTransaction,
        }
        || (LosesConnection(exception) && exception.InnerException is not TimeoutException);

    /// <summary>Whether the server is not there, or not ready: it starts, stops, or has no connection left.</summary>
    public static bool IsMissing(NpgsqlException exception) =>
        exception is not PostgresException server || server.SqlState is PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.TooManyConnections;

    /// <summary>
    /// Whether the connection is lost. After an error that the server reported it is not, unless the error ends the connection; then the
    /// outcome of a commit is unknown.
    /// </summary>
    public static bool LosesConnection(NpgsqlException exception) =>
        exception is not PostgresException server || server.InvariantSeverity is "FATAL" or "PANIC";
}
