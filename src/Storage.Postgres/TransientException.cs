using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>Nothing was changed, for a reason that may not be there the next time. Never leaves the store.</summary>
internal sealed class TransientException(StoreUnavailableException fault) : Exception(fault.Message, fault)
{
    /// <summary>What the caller is told when there is no next time.</summary>
    public StoreUnavailableException Fault { get; } = fault;

    /// <summary>The exception for an error of Npgsql: this one, or the caller's at once.</summary>
    public static Exception Or(NpgsqlException exception)
    {
        StoreUnavailableException fault = PostgresFaults.ToFault(exception);
        return PostgresFaults.IsWorthAnotherTry(exception) ? new TransientException(fault) : fault;
    }
}

/// <summary>A change may have been saved for good, or not. Never leaves the store.</summary>
internal sealed class InDoubtException(StoreUnavailableException fault) : Exception(fault.Message, fault)
{
    /// <summary>What the caller is told when the change is found not to have been saved.</summary>
    public StoreUnavailableException Fault { get; } = fault;
}
