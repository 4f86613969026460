using Microsoft.AspNetCore.Authorization;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Requires a scope: the caller must be authenticated and have it in a claim of the type <see cref="PatchGenOptions.ScopeClaim"/>.
/// Generated endpoints have this attribute; it works on any endpoint, action or controller. Scopes are compared ordinally; several
/// attributes require all of their scopes.
/// </summary>
/// <param name="scope">The scope, such as <c>influencers:write</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequireScopeAttribute(string scope)
    : Attribute, IAuthorizeData, IAuthorizationRequirementData, IAuthorizationRequirement
{
    /// <summary>The scope.</summary>
    public string Scope { get; } = scope;

    string? IAuthorizeData.Policy { get; set; }

    string? IAuthorizeData.Roles { get; set; }

    string? IAuthorizeData.AuthenticationSchemes { get; set; }

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}
