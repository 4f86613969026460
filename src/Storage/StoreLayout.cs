namespace Layers.PatchGen.Storage;

/// <summary>
/// For those who write a store: which layouts it reads. A database keeps the number of its layout and the algorithm of its checksums (<see cref="StoredDocument.ChecksumAlgorithm"/>). A store brings a
/// database of an older layout up to date, and refuses one that it does not know, before it has changed anything.
/// </summary>
public static class StoreLayout
{
    /// <summary>The layout of version 0.2.0, the first that was published. Nothing older is read.</summary>
    public const int First = 2;

    /// <summary>Makes sure that a database can be read, as it is or after it was brought up to date.</summary>
    /// <param name="what">What has the layout, to begin a sentence with: the database's file, say.</param>
    /// <param name="layout">Its number.</param>
    /// <param name="newest">The newest number that the store knows.</param>
    /// <exception cref="StoreUnavailableException">It cannot (<see cref="StoreFault.Foreign"/>); the message says what was found and what to do.</exception>
    public static void Require(string what, long layout, int newest)
    {
        if (layout < First)
        {
            throw new StoreUnavailableException(
                StoreFault.Foreign,
                $"{what} was made by version 0.1.0 of this store, which was never published (layout {layout}; this version reads layouts from {First} on), and cannot be brought up to date. "
                + "It was left as it is. To begin anew, remove it or put it elsewhere.");
        }

        if (layout > newest)
        {
            throw new StoreUnavailableException(
                StoreFault.Foreign, $"{what} was made by a later version of this store (layout {layout}; this version reads layouts up to {newest}). It was left as it is. Use that version, or a later one.");
        }
    }

    /// <summary>Makes sure that the checksums of a database can be compared.</summary>
    /// <param name="what">What has the checksums, to begin a sentence with.</param>
    /// <param name="algorithm">The name of their algorithm.</param>
    /// <exception cref="StoreUnavailableException">They cannot (<see cref="StoreFault.Foreign"/>).</exception>
    public static void RequireChecksum(string what, string? algorithm)
    {
        if (algorithm != StoredDocument.ChecksumAlgorithm)
        {
            throw new StoreUnavailableException(
                StoreFault.Foreign, $"{what} has checksums of the algorithm '{algorithm}'; this version of the store knows {StoredDocument.ChecksumAlgorithm}. It was left as it is.");
        }
    }
}
