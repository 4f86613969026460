using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Checks the headers that describe the body.</summary>
internal static class RequestContent
{
    public const string MediaType = "application/json";

    public const string JsonPatch = "application/json-patch+json";

    private static readonly (PatchFormats Format, string MediaType)[] Others =
    [
        (PatchFormats.MergePatch, "application/merge-patch+json"),
        (PatchFormats.JsonPatch, JsonPatch),
    ];

    // By the flags.
    private static readonly string[] AcceptPatch =
        [.. Enumerable.Range(0, 1 << Others.Length).Select(static flags => string.Join(", ", MediaTypes((PatchFormats)flags)))];

    /// <summary>The value of <c>Accept-Patch</c> (RFC 5789 section 3.1).</summary>
    /// <param name="formats">The formats besides plain JSON.</param>
    public static string Accepted(PatchFormats formats) => AcceptPatch[(int)formats & (AcceptPatch.Length - 1)];

    /// <summary>The media types of a body, plain JSON first.</summary>
    /// <param name="formats">The formats besides plain JSON.</param>
    public static IEnumerable<string> MediaTypes(PatchFormats formats) =>
        Others.Where(one => formats.HasFlag(one.Format)).Select(static one => one.MediaType).Prepend(MediaType);

    /// <summary>Checks the headers.</summary>
    /// <param name="request">The request.</param>
    /// <param name="formats">The formats that are taken besides plain JSON.</param>
    /// <param name="format">The format of the body; none for plain JSON.</param>
    /// <returns>The error (415), or null.</returns>
    public static PatchError? Check(HttpRequest request, PatchFormats formats, out PatchFormats format)
    {
        if (FormatOf(request.Headers.ContentType, formats) is not { } found)
        {
            format = default;
            string[] types = [.. MediaTypes(formats)];
            string expected = types.Length == 1 ? types[0] : $"{string.Join(", ", types[..^1])} or {types[^1]}";
            return Unsupported($"Content-Type must be {expected}, in UTF-8.", formats);
        }

        format = found;
        return IsIdentity(request.Headers.ContentEncoding) ? null : Unsupported("The body must not be compressed.", formats) with
        {
            Headers = [new("Accept-Patch", Accepted(formats)), new("Accept-Encoding", "identity")], // RFC 9110 section 15.5.16
        };
    }

    private static PatchError Unsupported(string message, PatchFormats formats) =>
        new(StatusCodes.Status415UnsupportedMediaType, PatchErrorCodes.UnsupportedMediaType, message)
        {
            Headers = [new("Accept-Patch", Accepted(formats))], // RFC 5789 section 2.2
        };

    private static PatchFormats? FormatOf(StringValues contentType, PatchFormats formats)
    {
        if (contentType.Count != 1)
        {
            return null;
        }

        if (contentType == MediaType)
        {
            return PatchFormats.None; // fast path: nearly every client sends this
        }

        if (!MediaTypeHeaderValue.TryParse(contentType[0], out MediaTypeHeaderValue? parsed) || !parsed.Parameters.All(IsSupported))
        {
            return null;
        }

        if (parsed.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return PatchFormats.None;
        }

        foreach ((PatchFormats format, string mediaType) in Others)
        {
            if (formats.HasFlag(format) && parsed.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
            {
                return format;
            }
        }

        return null;
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
