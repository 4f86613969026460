namespace Layers.PatchGen.Generator.Model;

/// <summary>The endpoint of a patch.</summary>
internal sealed record EndpointSpec
{
    public required string AssemblyName { get; init; }

    public required string HandlerName { get; init; }

    public required string Pattern { get; init; }

    public required string Collection { get; init; }

    public required string Resource { get; init; }

    public required string? Scope { get; init; }

    public required string? ReadScope { get; init; }

    public required bool RequireIfMatch { get; init; }

    /// <summary>The serializer context of the document.</summary>
    public required string Context { get; init; }

    public required ImmutableEquatableArray<EndpointMemberSpec> RouteParameters { get; init; }

    public required ImmutableEquatableArray<EndpointMemberSpec> Selectors { get; init; }
}

/// <summary>A value of the request and the document's property that it must equal.</summary>
/// <param name="Name">The route parameter, or the selector's name in JSON.</param>
/// <param name="Property">For selectors, the patch's property; else empty.</param>
/// <param name="Target">The document's property.</param>
/// <param name="Kind">A name of <c>EndpointMemberKind</c>.</param>
/// <param name="IsKey">It is the document's id.</param>
internal sealed record EndpointMemberSpec(string Name, string Property, string Target, string Kind, bool IsKey);
