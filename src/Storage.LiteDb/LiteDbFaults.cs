using LiteDB;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>What LiteDB's errors, which may be of any type, mean to the caller of a store.</summary>
internal static class LiteDbFaults
{
    private const int NoSpaceOnUnix = 28;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);

    public static StoreUnavailableException ToFault(Exception exception, string file)
    {
        StoreFault fault = exception switch
        {
            IOException { HResult: NoSpaceOnUnix or DatabaseFile.FileTooLarge or DiskFullOnWindows } => StoreFault.Full,
            IOException or UnauthorizedAccessException or ObjectDisposedException or LiteException { ErrorCode: LiteException.LOCK_TIMEOUT or LiteException.ENGINE_DISPOSED } => StoreFault.Unavailable,
            // An engine that meets broken pages fails in every way there is.
            _ => StoreFault.Damaged,
        };
        string problem = fault switch
        {
            StoreFault.Full => "has no room to write",
            StoreFault.Damaged => "is damaged",
            _ => "cannot be used just now",
        };
        return new StoreUnavailableException(fault, $"The database {file} {problem}. {exception.Message}", exception);
    }

    /// <summary>Whether LiteDB has closed itself on this error.</summary>
    public static bool Closes(Exception exception) =>
        exception is IOException or ObjectDisposedException or LiteException { ErrorCode: LiteException.INVALID_DATAFILE_STATE or LiteException.ENGINE_DISPOSED };
}
