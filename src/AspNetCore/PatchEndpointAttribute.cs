namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Gives a patch record an HTTP endpoint. The generator writes its handler, which the generated <c>AddPatchHandlers()</c> registers and
/// <c>MapPatchHandlers()</c> maps.
/// </summary>
/// <param name="pattern">
/// The route, such as <c>/v1/influencers/{influencerId}</c>. Each parameter is matched by name, ignoring case, with a property of the
/// document: a <see cref="string"/>, <see cref="Guid"/>, <see cref="int"/> or <see cref="long"/>. Parameters have no inline constraints: a
/// value that does not parse is 404.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class PatchEndpointAttribute(string pattern) : Attribute
{
    /// <summary>The route.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>The <c>JsonSerializerContext</c> that reads and writes the document. Required.</summary>
    public Type? Context { get; set; }

    /// <summary>
    /// The static property or field of <see cref="Context"/> that has the instance to use, such as one with converters or a naming policy
    /// of its own; null for <c>Default</c>. It is read once, when the endpoint is mapped.
    /// </summary>
    public string? ContextInstance { get; set; }

    /// <summary>The scope that PATCH requires; null for none.</summary>
    public string? Scope { get; set; }

    /// <summary>The scope that GET and HEAD require. Setting it maps them, and OPTIONS.</summary>
    public string? ReadScope { get; set; }

    /// <summary>The collection of the documents in the store; by default the name of the document type in camel case.</summary>
    public string? Collection { get; set; }

    /// <summary>The name of the document in messages ("Influencer not found."); by default derived from the document type's name.</summary>
    public string? Resource { get; set; }

    /// <summary>
    /// The formats that a body may have besides <c>application/json</c>; by default those of <see cref="PatchGenOptions.Formats"/>.
    /// </summary>
    public PatchFormats Formats { get; set; }

    /// <summary>Whether a PATCH without <c>If-Match</c> is rejected with 428 (RFC 6585 section 3).</summary>
    public bool RequireIfMatch { get; set; }

    /// <summary>
    /// For entities of EF Core, the property that holds the tenant of a row: <c>Tenant = nameof(Order.TenantId)</c>. Every query has it in
    /// its <c>WHERE</c>, with the caller's tenant (<see cref="PatchGenOptions.TenantClaim"/>).
    /// </summary>
    public string? Tenant { get; set; }

    /// <summary>For entities of EF Core: the rows have no tenant, so that every caller may reach each of them.</summary>
    public bool SingleTenant { get; set; }

    /// <summary>
    /// For entities of EF Core, the property that every change advances: <c>Version = nameof(Order.Version)</c>, a concurrency token of the
    /// model that is an integer, a <see cref="Guid"/> or a string. Not needed where the database makes the token, or where the only token
    /// is a <see cref="Guid"/>.
    /// </summary>
    public string? Version { get; set; }
}
