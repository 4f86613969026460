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

/// <summary>The connection was lost while a change was being saved. Never leaves the store.</summary>
internal sealed class LostException(NpgsqlException exception) : Exception(exception.Message, exception);
