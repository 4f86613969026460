using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>Nothing was changed, for a reason that may not be there the next time. Never leaves the store.</summary>
internal sealed class TransientException(StoreUnavailableException fault, bool lostConnection) : Exception(fault.Message, fault)
{
    /// <summary>Whether it was the connection that failed.</summary>
    public bool LostConnection { get; } = lostConnection;

    /// <summary>What the caller is told when there is no next time.</summary>
    public StoreUnavailableException Fault { get; } = fault;

    /// <summary>The exception for an error of Npgsql: this one, or the caller's at once.</summary>
    public static Exception Or(NpgsqlException exception)
    {
        StoreUnavailableException fault = PostgresFaults.ToFault(exception);
        return PostgresFaults.IsWorthAnotherTry(exception) ? new TransientException(fault, PostgresFaults.LosesConnection(exception)) : fault;
    }
}

/// <summary>A change may have been saved for good, or not. Never leaves the store.</summary>
internal sealed class InDoubtException(StoreUnavailableException fault, bool lostConnection) : Exception(fault.Message, fault)
{
    /// <summary>Whether the connection was lost; if not, the server has committed, and it is the standby's answer that is missing.</summary>
    public bool LostConnection { get; } = lostConnection;

    /// <summary>What the caller is told when the change is found not to have been saved.</summary>
    public StoreUnavailableException Fault { get; } = fault;
}
