using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Lets the authentication scheme refuse as it does, and then gives the refusal its headers and its body.</summary>
internal sealed class RefusalHandler : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _scheme = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        await _scheme.HandleAsync(next, context, policy, authorizeResult);
        if (authorizeResult.Succeeded || context.Response.HasStarted)
        {
            return;
        }

        // A scheme may do something else, such as redirect to a page for signing in; that stays.
        PatchError? error = context.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => Unauthenticated(context.Response),
            StatusCodes.Status403Forbidden => Forbidden(authorizeResult),
            _ => null,
        };
        if (error is not null)
        {
            await ErrorAnswer.WriteAsync(context, error);
        }
    }

    // RFC 9110 section 15.5.2: a 401 must say how to authenticate. A scheme that says nothing is taken for bearer tokens.
    private static PatchError Unauthenticated(HttpResponse response) =>
        PatchError.ForStatus(response.StatusCode) with { Headers = response.Headers.WWWAuthenticate.Count > 0 ? [] : [new("WWW-Authenticate", "Bearer")] };

    private static PatchError Forbidden(PolicyAuthorizationResult result)
    {
        string scopes = string.Join(' ', result.AuthorizationFailure?.FailedRequirements.OfType<ScopeAttribute>().Select(scope => scope.Scope) ?? []);
        return scopes.Length == 0
            ? PatchError.ForStatus(StatusCodes.Status403Forbidden)
            : new(StatusCodes.Status403Forbidden, PatchErrorCodes.ForbiddenScope, $"This needs the scope {scopes}.")
            {
                Headers = [new("WWW-Authenticate", $"Bearer error=\"insufficient_scope\", scope=\"{scopes}\"")], // RFC 6750 section 3.1
            };
    }
}
