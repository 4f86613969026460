using Microsoft.AspNetCore.Authorization;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Asks for a scope: the caller must be authenticated and hold it in a claim of the type <see cref="PatchGenOptions.ScopeClaim"/>. Generated endpoints carry it; it can be put on any
/// endpoint, action or controller. Scopes are compared ordinally; several attributes ask for all of them.
/// </summary>
/// <param name="scope">The scope, such as <c>influencers:write</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class ScopeAttribute(string scope) : Attribute, IAuthorizeData, IAuthorizationRequirementData, IAuthorizationRequirement
{
    /// <summary>The scope.</summary>
    public string Scope { get; } = scope;

    string? IAuthorizeData.Policy { get; set; }

    string? IAuthorizeData.Roles { get; set; }

    string? IAuthorizeData.AuthenticationSchemes { get; set; }

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}
