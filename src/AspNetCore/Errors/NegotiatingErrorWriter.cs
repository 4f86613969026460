using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Writes errors in one of two forms, chosen by <c>Accept</c>: for example an API's own envelope, and problem details for <c>Accept:
/// application/problem+json</c>. The second form is used when the header names its media type with a weight that is not below that of the
/// first (RFC 9110 section 12.5.1); a range such as <c>*/*</c> names neither.
/// </summary>
/// <param name="standard">The default form, also used when the header is missing or malformed.</param>
/// <param name="onRequest">The form for clients that name its media type.</param>
public sealed class NegotiatingErrorWriter(JsonErrorWriter standard, JsonErrorWriter onRequest) : IPatchErrorWriter
{
    private readonly MediaTypeHeaderValue _standard = new(standard?.ContentType);
    private readonly MediaTypeHeaderValue _onRequest = new(onRequest?.ContentType);

    /// <inheritdoc/>
    public IReadOnlyList<JsonErrorWriter> Forms { get; } = [standard!, onRequest!];

    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, PatchError patchError)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept); // both forms depend on the header
        return (IsRequested(context.Request.Headers.Accept) ? onRequest : standard).WriteAsync(context, patchError);
    }

    private bool IsRequested(StringValues accept)
    {
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList([.. accept!], out IList<MediaTypeHeaderValue>? ranges))
        {
            return false;
        }

        double requested = ranges
            .Where(range => range.MediaType.Equals(_onRequest.MediaType, StringComparison.OrdinalIgnoreCase))
            .Select(Weight)
            .DefaultIfEmpty()
            .Max();
        return requested > 0 && requested >= Weight(MostSpecific(ranges));
    }

    // The most specific range that includes the default form decides its weight.
    private MediaTypeHeaderValue? MostSpecific(IList<MediaTypeHeaderValue> ranges) =>
        ranges.Where(_standard.IsSubsetOf).MinBy(static range => (range.MatchesAllTypes, range.MatchesAllSubTypes));

    private static double Weight(MediaTypeHeaderValue? range) => range is null ? 0 : range.Quality ?? 1;
}
