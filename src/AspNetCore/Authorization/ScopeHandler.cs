using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Decides whether the caller holds a scope.</summary>
internal sealed class ScopeHandler(IOptions<PatchGenOptions> options) : AuthorizationHandler<ScopeAttribute>
{
    private readonly string _claimType = options.Value.ScopeClaim;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeAttribute requirement)
    {
        foreach (Claim claim in context.User.Claims)
        {
            if (claim.Type == _claimType && Holds(claim.Value, requirement.Scope))
            {
                context.Succeed(requirement);
                break;
            }
        }

        return Task.CompletedTask;
    }

    private static bool Holds(ReadOnlySpan<char> scopes, string wanted)
    {
        foreach (Range range in scopes.Split(' '))
        {
            if (scopes[range].SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }
}
