namespace Layers.PatchGen.Storage;

/// <summary>
/// The store cannot do this now: it is full, too busy, damaged or unreachable. Nothing was changed, except where the fault is
/// <see cref="StoreFault.Unknown"/>.
/// </summary>
/// <remarks>The message is for the log and may name files; do not send it to clients.</remarks>
public class StoreUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StoreUnavailableException(StoreFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>The reason.</summary>
    public StoreFault Fault { get; }
}

/// <summary>The reason of a <see cref="StoreUnavailableException"/>.</summary>
public enum StoreFault
{
    /// <summary>The store is unreachable or too busy; try again later.</summary>
    Unavailable,

    /// <summary>There is no space to write (HTTP 507).</summary>
    Full,

    /// <summary>Stored data is damaged: a document's checksum does not match, or the engine cannot read its files.</summary>
    Damaged,

    /// <summary>
    /// The files or tables are not those of this store, or were created by a later version. Only when a store is opened; nothing was
    /// changed.
    /// </summary>
    Incompatible,

    /// <summary>
    /// The database ends before a commit that was acknowledged, or the file that stores the last commit is missing. Only when a store is
    /// opened; nothing was changed.
    /// </summary>
    Incomplete,

    /// <summary>
    /// A change may or may not have been made: the connection was lost while saving, and the server could not be asked in time; or the
    /// server committed it, but its synchronous standby did not confirm it in time, so that a failover may lose it. Only stores on a server
    /// report this. Read the document before you try again.
    /// </summary>
    Unknown,
}
