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
        if (CallerScopes.Has(context.User, _claimType, requirement.Scope))
        {
            context.Succeed(requirement);
        }
        else if (context.Resource is HttpContext http)
        {
            MissingScopes.Add(http, requirement.Scope);
        }

        return Task.CompletedTask;
    }
}
