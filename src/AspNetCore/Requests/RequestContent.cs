using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Checks the headers that describe the body.</summary>
internal static class RequestContent
{
    public const string MediaType = "application/json";

    /// <returns>The error (415), or null.</returns>
    public static PatchError? Check(HttpRequest request)
    {
        if (!IsJson(request.Headers.ContentType))
        {
            return Unsupported("Content-Type must be application/json, in UTF-8.") with
            {
                Headers = [new("Accept-Patch", MediaType)], // RFC 5789 section 2.2
            };
        }

        if (!IsIdentity(request.Headers.ContentEncoding))
        {
            return Unsupported("The body must not be compressed.") with
            {
                Headers = [new("Accept-Patch", MediaType), new("Accept-Encoding", "identity")], // RFC 9110 section 15.5.16
            };
        }

        return null;
    }

    private static PatchError Unsupported(string message) =>
        new(StatusCodes.Status415UnsupportedMediaType, PatchErrorCodes.UnsupportedMediaType, message);

    private static bool IsJson(StringValues contentType)
    {
        if (contentType.Count != 1)
        {
            return false;
        }

        if (contentType == MediaType)
        {
            return true; // fast path: nearly every client sends this
        }

        return MediaTypeHeaderValue.TryParse(contentType[0], out MediaTypeHeaderValue? parsed)
            && parsed.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
            && parsed.Parameters.All(IsSupported);
    }

    // RFC 8259 defines no parameters and only UTF-8; a charset is accepted if it is UTF-8.
    private static bool IsSupported(NameValueHeaderValue parameter) =>
        !parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)
        || HeaderUtilities.RemoveQuotes(parameter.Value).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static bool IsIdentity(StringValues contentEncoding)
    {
        foreach (string? codings in contentEncoding)
        {
            foreach (Range range in codings.AsSpan().Split(','))
            {
                ReadOnlySpan<char> coding = codings.AsSpan()[range].Trim(" \t");
                if (!coding.IsEmpty && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
