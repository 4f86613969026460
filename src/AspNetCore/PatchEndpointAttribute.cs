namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Gives a patch record an HTTP endpoint: the generator writes its handler, registered by <c>AddPatchHandlers()</c> and mapped by <c>MapPatchHandlers()</c>.
/// </summary>
/// <param name="pattern">
/// The route, such as <c>/v1/influencers/{influencerId}</c>. Each parameter is matched by name, ignoring case, with a property of the document: a <see cref="string"/>,
/// <see cref="Guid"/>, <see cref="int"/> or <see cref="long"/>. Parameters take no inline constraints: a value that does not parse is 404.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class PatchEndpointAttribute(string pattern) : Attribute
{
    /// <summary>The route.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>The <c>JsonSerializerContext</c> by which the document is read and written. Required.</summary>
    public Type? Context { get; set; }

    /// <summary>The scope that PATCH asks for; when null, any caller may.</summary>
    public string? Scope { get; set; }

    /// <summary>The scope that GET and HEAD ask for. They are mapped, with OPTIONS, where this is set.</summary>
    public string? ReadScope { get; set; }

    /// <summary>The collection that the documents are kept in; the document type's name in camel case unless set.</summary>
    public string? Collection { get; set; }

    /// <summary>What the document is called in messages ("Influencer not found."); made from the document type's name unless set.</summary>
    public string? Resource { get; set; }

    /// <summary>Whether a PATCH without <c>If-Match</c> is refused with 428 (RFC 6585 section 3).</summary>
    public bool RequireIfMatch { get; set; }
}
