namespace Layers.PatchGen.Generator.Model;

/// <summary>The endpoint of a patch.</summary>
internal sealed record EndpointSpec
{
    /// <summary>The name of the assembly, as it is.</summary>
    public required string AssemblyName { get; init; }

    /// <summary>The name of the handler, unescaped.</summary>
    public required string HandlerName { get; init; }

    public required string Pattern { get; init; }

    public required string Collection { get; init; }

    public required string Resource { get; init; }

    public required string? Scope { get; init; }

    public required string? ReadScope { get; init; }

    public required bool RequireIfMatch { get; init; }

    /// <summary>The serializer context of the document.</summary>
    public required TypeSpec Context { get; init; }

    /// <summary>The context's name for people.</summary>
    public required string ContextName { get; init; }

    public required ImmutableEquatableArray<EndpointMemberSpec> RouteParameters { get; init; }

    public required ImmutableEquatableArray<EndpointMemberSpec> Selectors { get; init; }
}

/// <summary>A value of the request and the document's property that it must equal.</summary>
/// <param name="Name">The route parameter, or the selector's name in JSON.</param>
/// <param name="Property">For selectors, the patch's property, unescaped; else null.</param>
/// <param name="Target">The document's property, unescaped.</param>
/// <param name="Kind">The type of the value.</param>
/// <param name="IsKey">It is the document's id.</param>
internal sealed record EndpointMemberSpec(string Name, string? Property, string Target, EndpointMemberKind Kind, bool IsKey);

/// <summary>The types of values that a document is found by; named as in the runtime.</summary>
internal enum EndpointMemberKind
{
    String,
    Guid,
    Int32,
    Int64,
}
