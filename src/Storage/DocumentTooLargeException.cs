using System.Globalization;

namespace Layers.PatchGen.Storage;

/// <summary>
/// A document is larger than the store can hold, regardless of free space. Nothing was changed, and other writes are not affected.
/// </summary>
#pragma warning disable CA1032 // The standard constructors would omit the sizes.
public sealed class DocumentTooLargeException : Exception
#pragma warning restore CA1032
{
    /// <summary>Creates the exception with the two sizes.</summary>
    /// <param name="bytes">The size of the document in the store, in bytes.</param>
    /// <param name="maxBytes">The maximum size of one document there, in bytes.</param>
    public DocumentTooLargeException(long bytes, long maxBytes)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The document takes {bytes} bytes; the store's limit for one document is {maxBytes}."))
    {
        Bytes = bytes;
        MaxBytes = maxBytes;
    }

    /// <summary>The size of the document in the store, in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The maximum size of one document there, in bytes.</summary>
    public long MaxBytes { get; }
}
