namespace Layers.PatchGen.Generator.Model;

/// <summary>The endpoint of a patch.</summary>
internal sealed record EndpointSpec(
    string? RegistrationNamespace, // Null for the global one.
    string HandlerName,
    bool IsPublic, // The handler is.
    string Pattern,
    string Collection,
    string Resource,
    string? Scope,
    string? ReadScope,
    bool RequireIfMatch,
    PatchFormats Formats, // None for those of the options.
    ContextSpec Context, // The serializer context of the document.
    string ContextName, // For people.
    ImmutableEquatableArray<EndpointMemberSpec> RouteParameters,
    ImmutableEquatableArray<EndpointMemberSpec> Selectors,
    EntitySpec? Entity);

/// <summary>What an endpoint declares about its document as an entity.</summary>
/// <param name="Tenant">The property of the tenant; null for a single one.</param>
/// <param name="Version">The property of the version; null where the model has one without a name.</param>
/// <param name="Members">What a patch may change.</param>
internal sealed record EntitySpec(string? Tenant, string? Version, ImmutableEquatableArray<EntityMemberSpec> Members);

/// <summary>A property of an entity that a patch may change.</summary>
/// <param name="Name">The property.</param>
/// <param name="Members">Of a nested patch, and of a list that is patched by key, the properties below it; else null.</param>
/// <param name="List">Of a list that is patched by key, how; else null.</param>
internal sealed record EntityMemberSpec(
    string Name, ImmutableEquatableArray<EntityMemberSpec>? Members, EntityListSpec? List);

/// <summary>A collection of an entity that is patched by key.</summary>
/// <param name="Key">The property of an item that has its key.</param>
/// <param name="Creates">A key that no item has creates one.</param>
/// <param name="Removes">Null can be sent for an item, or for all of them.</param>
internal sealed record EntityListSpec(string Key, bool Creates, bool Removes);

/// <summary>The formats of a body; named and numbered as in the runtime.</summary>
[System.Flags]
internal enum PatchFormats
{
    None = 0,
    MergePatch = 1,
    JsonPatch = 2,
}

/// <summary>A value of the request and the document's property that it must equal.</summary>
/// <param name="Name">The route parameter, or the selector's name in JSON.</param>
/// <param name="Property">For selectors, the patch's property; else null.</param>
/// <param name="Target">The document's property.</param>
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

/// <summary>The handlers of one assembly, ordered by name.</summary>
internal sealed record RegistrationSpec(ImmutableEquatableArray<HandlerSpec> Handlers);

/// <summary>A handler, as far as it is registered.</summary>
internal sealed record HandlerSpec(string? RegistrationNamespace, string? Namespace, string Name);
