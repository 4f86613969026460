namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Rejects a request without <c>If-Match</c> with 428 (RFC 6585 section 3): <c>[RequireIfMatch] IfMatch match</c>. For generated endpoints,
/// set <see cref="PatchEndpointAttribute.RequireIfMatch"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class RequireIfMatchAttribute : Attribute;
