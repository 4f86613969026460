using LiteDB;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>Translates LiteDB's errors, which can be of any type, into faults.</summary>
internal static class LiteDbFaults
{
    private const int NoSpaceOnUnix = 28;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);

    public static StoreUnavailableException ToFault(Exception exception, string file)
    {
        StoreFault fault = exception switch
        {
            IOException { HResult: NoSpaceOnUnix or DatabaseFile.FileTooLarge or DiskFullOnWindows } => StoreFault.Full,
            IOException or UnauthorizedAccessException or ObjectDisposedException
                or LiteException { ErrorCode: LiteException.LOCK_TIMEOUT or LiteException.ENGINE_DISPOSED } => StoreFault.Unavailable,
            // Damaged pages make the engine throw exceptions of any type.
            _ => StoreFault.Damaged,
        };
        string problem = fault switch
        {
            StoreFault.Full => "has no space to write",
            StoreFault.Damaged => "is damaged",
            _ => "cannot be used now",
        };
        return new StoreUnavailableException(fault, $"The database {file} {problem}. {exception.Message}", exception);
    }

    /// <summary>Whether LiteDB closes itself on this error.</summary>
    public static bool Closes(Exception exception) =>
        exception is IOException or ObjectDisposedException
            or LiteException { ErrorCode: LiteException.INVALID_DATAFILE_STATE or LiteException.ENGINE_DISPOSED };
}
