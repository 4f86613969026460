using Microsoft.Data.Sqlite;

namespace Layers.PatchGen.Storage.Sqlite;

/// <summary>Translates SQLite's errors (sqlite.org/rescode.html) into faults.</summary>
internal static class SqliteFaults
{
    // The statements are constant and valid, so what SQLite cannot parse is its own schema, or stored JSON.
    private const int Error = 1;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NotADatabase = 26;

    // No space for the shared-memory index of the log.
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
        StoreFault.Full => "has no space to write",
        StoreFault.Damaged => "is damaged",
        _ => "cannot be used now",
    };
}
