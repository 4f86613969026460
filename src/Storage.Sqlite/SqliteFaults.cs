using Microsoft.Data.Sqlite;

namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>What SQLite's errors (sqlite.org/rescode.html) mean to the caller of a store.</summary>
internal static class SqliteFaults
{
    // The statements are always the same and were valid: what SQLite does not understand is its own description of the tables, or JSON that is none any more.
    private const int Error = 1;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NotADatabase = 26;

    // No room for the index of the log, a file beside it.
    private const int NoRoomForSharedMemory = 4874;

    public static StoreUnavailableException ToFault(SqliteException exception, string file)
    {
        StoreFault fault = exception.SqliteErrorCode switch
        {
            Full => StoreFault.Full,
            Error or Corrupt or NotADatabase => StoreFault.Damaged,
            _ => exception.SqliteExtendedErrorCode == NoRoomForSharedMemory ? StoreFault.Full : StoreFault.Unavailable,
        };
        return new StoreUnavailableException(fault, $"The database {file} {Describe(fault)}. {exception.Message}", exception);
    }

    private static string Describe(StoreFault fault) => fault switch
    {
        StoreFault.Full => "has no room to write",
        StoreFault.Damaged => "is damaged",
        _ => "cannot be used just now",
    };
}
