using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Evaluates <see cref="RequireScopeAttribute"/>, and records the scopes that the caller lacks for the error response.</summary>
internal sealed class ScopeHandler(IOptions<PatchGenOptions> options) : AuthorizationHandler<RequireScopeAttribute>
{
    private readonly string _claimType = options.Value.ScopeClaim;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequireScopeAttribute requirement)
    {
        foreach (Claim claim in context.User.Claims)
        {
            if (claim.Type == _claimType && Contains(claim.Value, requirement.Scope))
            {
                context.Succeed(requirement);
                return Task.CompletedTask;
            }
        }

        if (context.Resource is HttpContext http)
        {
            MissingScopes.Add(http, requirement.Scope);
        }

        return Task.CompletedTask;
    }

    private static bool Contains(ReadOnlySpan<char> scopes, string required)
    {
        foreach (Range range in scopes.Split(' '))
        {
            if (scopes[range].SequenceEqual(required))
            {
                return true;
            }
        }

        return false;
    }
}
