using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The scopes that the caller of a request lacks. A feature of the request, so that the error response can name them whichever
/// <c>IAuthorizationMiddlewareResultHandler</c> the application uses.
/// </summary>
internal sealed class MissingScopes
{
    private readonly List<string> _scopes = [];

    public static void Add(HttpContext context, string scope)
    {
        MissingScopes? missing = context.Features.Get<MissingScopes>();
        if (missing is null)
        {
            context.Features.Set(missing = new MissingScopes());
        }

        if (!missing._scopes.Contains(scope))
        {
            missing._scopes.Add(scope);
        }
    }

    /// <summary>The error for a bare 401 or 403 that authorization has left without a body.</summary>
    public static PatchError ErrorFor(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => Unauthenticated(context.Response),
        StatusCodes.Status403Forbidden when context.Features.Get<MissingScopes>() is { } missing =>
            Forbidden(string.Join(' ', missing._scopes)),
        int status => PatchError.ForStatus(status),
    };

    /// <summary>The error for a caller that lacks scopes.</summary>
    /// <param name="scopes">The scopes, separated by spaces.</param>
    public static PatchError Forbidden(string scopes) => new(
        StatusCodes.Status403Forbidden, PatchErrorCodes.ForbiddenScope, $"This needs the scope {scopes}.")
    {
        Headers = [new("WWW-Authenticate", $"Bearer error=\"insufficient_scope\", scope=\"{scopes}\"")], // RFC 6750 section 3.1
    };

    /// <summary>The error for a body with members that need other scopes.</summary>
    public static PatchError Forbidden(IReadOnlyList<PatchProblem> problems)
    {
        string scopes = string.Join(' ', problems.Select(static problem => problem.Arguments["scope"]).Distinct());
        return Forbidden(scopes) with { Message = $"The body has fields that need the scope {scopes}. Strip them and retry." };
    }

    // RFC 9110 section 15.5.2: a 401 must say how to authenticate. For a scheme that sets no header, bearer tokens are assumed.
    private static PatchError Unauthenticated(HttpResponse response) => PatchError.ForStatus(response.StatusCode) with
    {
        Headers = response.Headers.WWWAuthenticate.Count > 0 ? [] : [new("WWW-Authenticate", "Bearer")],
    };
}
