using Layers.PatchGen.AspNetCore;

namespace Microsoft.AspNetCore.Http;

/// <summary>Sets headers of responses.</summary>
public static class PatchGenHttpResponseExtensions
{
    /// <summary>
    /// Sets the <c>ETag</c> header to the version of the document in the response, as clients send it back in <c>If-Match</c> and
    /// <c>If-None-Match</c>. Without a version, no header is set.
    /// </summary>
    /// <param name="response">The response. Its headers must not be sent yet.</param>
    /// <param name="version">The version: a string, an integer, a <see cref="Guid"/>, or the bytes of a row version.</param>
    public static void SetETag(this HttpResponse response, EntityTag version)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (!version.IsNone)
        {
            response.Headers.ETag = version.ToString();
        }
    }
}
