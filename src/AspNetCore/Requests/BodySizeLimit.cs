using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The size limit of a body: checked against <c>Content-Length</c> before anything is read, and against the bytes received so far while
/// reading.
/// </summary>
internal readonly struct BodySizeLimit(int maxBytes)
{
    // The reader copies a body into one array, with some padding. Only a limit of nearly 2 GiB is affected.
    private readonly int _maxBytes = Math.Min(maxBytes, Array.MaxLength - 1024);

    /// <summary>The error for a larger body.</summary>
    public PatchError Error => new(
        StatusCodes.Status413PayloadTooLarge, PatchErrorCodes.PayloadTooLarge, $"The body is longer than {_maxBytes} bytes.");

    /// <summary>Whether so many bytes are too many; null for an unknown number is not.</summary>
    public bool IsExceededBy(long? bytes) => bytes > _maxBytes;
}
