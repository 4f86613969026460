using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Writes refusals in a form of one's own, and in a second one for clients that ask for it: such as an API's envelope, and problem details on
/// <c>Accept: application/problem+json</c>. A client asks by naming the media type with a weight that is not below that of the first (RFC 9110 section 12.5.1); a
/// range such as <c>*/*</c> names nothing.
/// </summary>
/// <param name="standard">The form for everyone else, also for a header that cannot be read.</param>
/// <param name="onRequest">The form for those who ask.</param>
public sealed class NegotiatingErrorWriter(JsonErrorWriter standard, JsonErrorWriter onRequest) : IPatchErrorWriter
{
    private readonly MediaTypeHeaderValue _standard = new(standard?.ContentType);
    private readonly MediaTypeHeaderValue _onRequest = new(onRequest?.ContentType);

    /// <inheritdoc/>
    public IReadOnlyList<JsonErrorWriter> Forms { get; } = [standard!, onRequest!];

    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, PatchError refusal)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept); // the other form as well says that there are two
        return (IsAskedFor(context.Request.Headers.Accept) ? onRequest : standard).WriteAsync(context, refusal);
    }

    private bool IsAskedFor(StringValues accept)
    {
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList([.. accept!], out IList<MediaTypeHeaderValue>? ranges))
        {
            return false;
        }

        double asked = ranges.Where(range => range.MediaType.Equals(_onRequest.MediaType, StringComparison.OrdinalIgnoreCase)).Select(Weight).DefaultIfEmpty().Max();
        return asked > 0 && asked >= Weight(MostSpecific(ranges));
    }

    // Of the ranges that the standard form is in, the one that says most decides.
    private MediaTypeHeaderValue? MostSpecific(IList<MediaTypeHeaderValue> ranges) =>
        ranges.Where(_standard.IsSubsetOf).MinBy(static range => (range.MatchesAllTypes, range.MatchesAllSubTypes));

    private static double Weight(MediaTypeHeaderValue? range) => range is null ? 0 : range.Quality ?? 1;
}
