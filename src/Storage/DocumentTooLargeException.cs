using System.Globalization;

namespace Layers.PatchGen.Storage;

/// <summary>A document is larger than the store can hold, however much room there is. Nothing has changed; other writes are not affected.</summary>
#pragma warning disable CA1032 // The usual constructors would leave out the sizes.
public sealed class DocumentTooLargeException : Exception
#pragma warning restore CA1032
{
    /// <summary>Creates the exception with the two sizes.</summary>
    /// <param name="bytes">The bytes that the document takes in the store.</param>
    /// <param name="maxBytes">The most bytes that one document can take there.</param>
    public DocumentTooLargeException(long bytes, long maxBytes)
        : base(string.Create(CultureInfo.InvariantCulture, $"The document takes {bytes} bytes; the store can hold at most {maxBytes} for one."))
    {
        Bytes = bytes;
        MaxBytes = maxBytes;
    }

    /// <summary>The bytes that the document takes in the store.</summary>
    public long Bytes { get; }

    /// <summary>The most bytes that one document can take there.</summary>
    public long MaxBytes { get; }
}
