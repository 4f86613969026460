using System.Data.Common;
using System.Net.Sockets;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>What a failed save means, by the SQLSTATE of the SQL standard.</summary>
internal static class EntityFaults
{
    private const string BadValue = "22000";
    private const string BrokenConstraint = "23000";
    private const string LostToAnother = "40001";
    private const string LostConnection = "08006";
    private const string SqliteConstraint = "SQLite Error 19:";

    /// <summary>Another writer came between, and nothing was saved: it can be tried again.</summary>
    public static bool IsConflict(Exception e) =>
        e is DbUpdateConcurrencyException || StateOf(Database(e)) is ['4', '0', ..];

    /// <summary>The error of the client where the database does not take the values; null for any other fault.</summary>
    public static PatchError? Rejection(Exception e, string resource)
    {
        return StateOf(Database(e)) switch
        {
            ['2', '2', ..] => PatchError.ForStatus(StatusCodes.Status422UnprocessableEntity) with
            {
                Message = "The database cannot hold one of the values, such as a text that is too long; nothing was changed.",
            },
            ['2', '3', ..] => BrokenRule(resource),
            _ => null,
        };
    }

    /// <summary>The error of a change that a constraint of the database rejects.</summary>
    public static PatchError BrokenRule(string resource) => new(
        StatusCodes.Status409Conflict,
        PatchErrorCodes.Conflict,
        $"{resource}: the change breaks a rule of the database, such as a value that must be unique; nothing was changed.");

    /// <summary>Whether a value of a request cannot exist in the database, such as a text with U+0000, so that no row has it.</summary>
    public static bool IsImpossibleValue(Exception e) => StateOf(Database(e)) is ['2', '2', ..];

    /// <summary>The exception for a database that cannot be reached or is too busy; null for any other fault.</summary>
    /// <param name="e">The exception.</param>
    /// <param name="isSave">Whether a change was being saved, which the database may have committed.</param>
    public static StoreUnavailableException? Unavailable(Exception e, bool isSave)
    {
        DbException? cause = Database(e);
        bool isLost = Chain(e).Any(static one => one is IOException or SocketException or TimeoutException)
            || StateOf(cause) is LostConnection or "57P01" or "57P02"; // shut down: it may have committed before
        return cause is null || !(cause.IsTransient || isLost) ? null
            : isSave && isLost
                ? new(StoreFault.Unknown, "The connection was lost while a change was being saved: it may or may not be saved.", e)
            : new(StoreFault.Unavailable, "The database cannot be reached or is too busy.", e);
    }

    // SQL Server and SQLite have no SQLSTATE. The provider for SQL Server says its own number here.
    private static string? StateOf(DbException? cause) => cause switch
    {
        null => null,
        { SqlState: { Length: > 0 } state } => state,
        _ when cause.Data["HelpLink.EvtID"] is string number => StateOfSqlServer(number),
        _ => cause.Message.StartsWith(SqliteConstraint, StringComparison.Ordinal) ? BrokenConstraint : null,
    };

    private static string? StateOfSqlServer(string number) => number switch
    {
        "515" or "547" or "2601" or "2627" => BrokenConstraint,
        "220" or "232" or "8115" or "8152" or "2628" => BadValue, // overflow, truncation
        "1205" or "3960" => LostToAnother, // deadlock, snapshot isolation
        "-2" or "64" or "121" or "233" or "10053" or "10054" or "10060" => LostConnection, // timeout, network
        _ => null,
    };

    private static DbException? Database(Exception e) => Chain(e).OfType<DbException>().FirstOrDefault();

    private static IEnumerable<Exception> Chain(Exception e)
    {
        for (Exception? one = e; one is not null; one = one.InnerException)
        {
            yield return one;
        }
    }
}
