using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>Nothing was changed, for a temporary reason. Not thrown to callers.</summary>
internal sealed class TransientException(StoreUnavailableException fault) : Exception(fault.Message, fault)
{
    /// <summary>The exception for the caller if there is no further attempt.</summary>
    public StoreUnavailableException Fault { get; } = fault;

    /// <summary>Returns the exception for an error of Npgsql: this one if it is temporary, otherwise the caller's.</summary>
    public static Exception Or(NpgsqlException exception)
    {
        StoreUnavailableException fault = PostgresFaults.ToFault(exception);
        return PostgresFaults.IsTemporary(exception) ? new TransientException(fault) : fault;
    }
}

/// <summary>Nothing was changed, because the members that searches look up are others now. Not thrown to callers.</summary>
internal sealed class OutdatedSearchesException() : Exception("The searches were changed.");

/// <summary>A change may or may not have been saved. Not thrown to callers.</summary>
internal sealed class InDoubtException(StoreUnavailableException fault) : Exception(fault.Message, fault)
{
    /// <summary>The exception for the caller if the change was not saved.</summary>
    public StoreUnavailableException Fault { get; } = fault;
}
