using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Endpoint metadata: the endpoint evaluates <c>If-Match</c>.</summary>
/// <param name="IsRequired">Whether a request without it is rejected with 428.</param>
internal sealed record IfMatchMetadata(bool IsRequired)
{
    /// <summary>
    /// Adds it for an endpoint that reads the header by itself, by <c>[FromHeader(Name = "If-Match")]</c> on another parameter than the one
    /// given.
    /// </summary>
    public static void AddIfRead(ParameterInfo parameter, EndpointBuilder builder)
    {
        if (parameter.Member is MethodInfo method && method.GetParameters().Any(static other => other.GetCustomAttributes(inherit: true)
            .OfType<IFromHeaderMetadata>()
            .Any(static header => HeaderNames.IfMatch.Equals(header.Name, StringComparison.OrdinalIgnoreCase))))
        {
            builder.Metadata.Add(new IfMatchMetadata(IsRequired: false));
        }
    }

    public static IfMatchMetadata? Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IfMatchMetadata>();
}

/// <summary>Endpoint metadata: the endpoint evaluates <c>If-None-Match</c>.</summary>
internal sealed record IfNoneMatchMetadata;
