using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Decides by the headers alone whether the body will be read.</summary>
internal static class RequestContent
{
    public const string MediaType = "application/json";

    /// <returns>The refusal, 415 before 413, or null.</returns>
    public static PatchError? Refuse(HttpRequest request, int maxBytes)
    {
        if (!IsJson(request.Headers.ContentType))
        {
            return new(StatusCodes.Status415UnsupportedMediaType, PatchErrorCodes.UnsupportedMediaType, "Content-Type must be application/json, in UTF-8.")
            {
                Headers = [new("Accept-Patch", MediaType)], // RFC 5789 section 2.2
            };
        }

        if (!IsIdentity(request.Headers.ContentEncoding))
        {
            return new(StatusCodes.Status415UnsupportedMediaType, PatchErrorCodes.UnsupportedMediaType, "The body must not be compressed.")
            {
                Headers = [new("Accept-Patch", MediaType), new("Accept-Encoding", "identity")], // RFC 9110 section 15.5.16
            };
        }

        return request.ContentLength > maxBytes ? TooLarge(maxBytes) : null;
    }

    public static PatchError TooLarge(int maxBytes) =>
        new(StatusCodes.Status413PayloadTooLarge, PatchErrorCodes.PayloadTooLarge, $"The body is longer than {maxBytes} bytes.");

    private static bool IsJson(StringValues contentType)
    {
        if (contentType.Count != 1)
        {
            return false;
        }

        if (contentType == MediaType)
        {
            return true; // what nearly every client sends
        }

        return MediaTypeHeaderValue.TryParse(contentType[0], out MediaTypeHeaderValue? parsed)
            && parsed.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
            && parsed.Parameters.All(IsHarmless);
    }

    // RFC 8259 gives the media type no parameters, and JSON only one encoding; a charset is taken where it says just that.
    private static bool IsHarmless(NameValueHeaderValue parameter) =>
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
