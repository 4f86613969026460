using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Methods are case-sensitive (RFC 9110 section 9.1), but routing ignores their case: <c>head</c> would run the endpoint of HEAD, and the
/// server, which knows that it is not HEAD, would expect a body. At the routes of generated endpoints, such a method is 405, before
/// authorization as any other 405.
/// </summary>
internal sealed class ExactMethodPolicy : MatcherPolicy, INodeBuilderPolicy
{
    // Before the platform's policy for methods (-1000).
    public override int Order => -2000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsGenerated);

    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints) =>
    [
        new(true, endpoints),
        new(false, [NotAllowed(endpoints), .. endpoints.Where(static endpoint => !IsGenerated(endpoint))]),
    ];

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges) => new ExactMethodTable(
        edges.Single(static edge => edge.State is true).Destination,
        edges.Single(static edge => edge.State is false).Destination);

    private static bool IsGenerated(Endpoint endpoint) => endpoint.Metadata.GetMetadata<PatchEndpoint>() is not null;

    private static Endpoint NotAllowed(IReadOnlyList<Endpoint> endpoints)
    {
        string[] methods =
        [
            .. endpoints
                .SelectMany(static endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        PatchError error = PatchError.ForStatus(StatusCodes.Status405MethodNotAllowed) with
        {
            Headers = [new("Allow", string.Join(", ", methods))],
        };
        return new Endpoint(
            context => ErrorResponse.WriteAsync(context, error), EndpointMetadataCollection.Empty, "405 Method Not Allowed");
    }

    /// <summary>Whether the method of a request is spelled as the known method that it equals without regard to case.</summary>
    private sealed class ExactMethodTable(int exact, int inexact) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext httpContext)
        {
            string method = httpContext.Request.Method;
            return string.Equals(HttpMethods.GetCanonicalizedValue(method), method, StringComparison.Ordinal) ? exact : inexact;
        }
    }
}
