namespace Layers.PatchGen.Storage;

/// <summary>The store cannot do what was asked just now: it is full, busy beyond its time limit, damaged, or out of reach. What was asked has not been done; with one
/// exception, <see cref="StoreFault.Unknown"/>.</summary>
/// <remarks>The message is for people and may name files; it is for the log, not for an answer to a client.</remarks>
public class StoreUnavailableException : Exception
{
    /// <summary>Creates the exception with its reason.</summary>
    public StoreUnavailableException(StoreFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>Why.</summary>
    public StoreFault Fault { get; }
}

/// <summary>Why a store cannot do what was asked.</summary>
public enum StoreFault
{
    /// <summary>Out of reach or too busy; worth trying again soon.</summary>
    Unavailable,

    /// <summary>No room to write (HTTP 507).</summary>
    Full,

    /// <summary>What is stored is damaged: a document's checksum does not match, or the engine finds its files broken.</summary>
    Damaged,

    /// <summary>What lies where the store should be is not one of this kind, or was made by a later version. Only opening a store says so; it is left as it is.</summary>
    Incompatible,

    /// <summary>
    /// What lies there ends before a commit that was acknowledged, or nothing says where it should end (<see cref="CommitMark"/>). Only opening a store says so; it is left as it is.
    /// </summary>
    Incomplete,

    /// <summary>
    /// A change may have been made or not: the connection was lost while it was being saved, and the server did not come back in time to say what became of it; or the
    /// server has committed it, but its synchronous standby did not confirm it in time, so that a failover may lose it. Only a store behind a network reports this. Read
    /// again before you try again.
    /// </summary>
    Unknown,
}
