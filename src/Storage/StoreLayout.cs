namespace Layers.PatchGen.Storage;

/// <summary>
/// The layouts that this version reads. A database stores the number of its layout and the algorithm of its checksums
/// (<see cref="StoredDocument.ChecksumAlgorithm"/>). A store updates a database of an older layout, and does not open one that it does not
/// know.
/// </summary>
internal static class StoreLayout
{
    /// <summary>The layout of version 0.2.0, the first that was published. Nothing older is read.</summary>
    public const int First = 2;

    /// <summary>Validates that a database can be read, as it is or after an update.</summary>
    /// <param name="what">The subject of the message: the database's file, for example.</param>
    /// <param name="layout">The number of its layout.</param>
    /// <param name="newest">The newest layout of the store.</param>
    /// <exception cref="StoreUnavailableException">It cannot be read (<see cref="StoreFault.Incompatible"/>).</exception>
    public static void ThrowIfIncompatible(string what, long layout, int newest)
    {
        if (layout < First)
        {
            throw new StoreUnavailableException(
                StoreFault.Incompatible,
                $"{what} was created by version 0.1.0 of this store, which was never published (layout {layout}; this version "
                + $"reads layouts from {First}), and cannot be updated. Nothing was changed. To start with an empty database, remove it or "
                + "move it away.");
        }

        if (layout > newest)
        {
            throw new StoreUnavailableException(
                StoreFault.Incompatible,
                $"{what} was created by a later version of this store (layout {layout}; this version reads layouts up to {newest}). "
                + "Nothing was changed. Use that version, or a later one.");
        }
    }

    /// <summary>Validates that the checksums of a database can be compared.</summary>
    /// <param name="what">The subject of the message.</param>
    /// <param name="algorithm">The name of their algorithm.</param>
    /// <exception cref="StoreUnavailableException">They cannot (<see cref="StoreFault.Incompatible"/>).</exception>
    public static void ThrowIfUnknownChecksum(string what, string? algorithm)
    {
        if (algorithm != StoredDocument.ChecksumAlgorithm)
        {
            throw new StoreUnavailableException(
                StoreFault.Incompatible,
                $"{what} has checksums of the algorithm '{algorithm}'; this version of the store supports "
                + $"{StoredDocument.ChecksumAlgorithm}. Nothing was changed.");
        }
    }
}
