using System.Security.Claims;
using Layers.PatchGen.Json;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The limits of a body, and the members that are open to its caller.</summary>
internal static class CallerOptions
{
    /// <summary>Gets the options that the body of a request is read with. Called once for each request, before its body is read.</summary>
    /// <param name="context">The request.</param>
    /// <param name="options">The options of the application.</param>
    /// <param name="members">The members of the patch.</param>
    public static PatchReadOptions For(HttpContext context, PatchGenOptions options, MemberTable members)
    {
        PatchReadOptions read = options.Read;
        if (options.LiftedFencesSelector is { } select)
        {
            read = read with { LiftedFences = [.. read.LiftedFences, .. select(context)] };
        }

        return members.Scoped.Count == 0 ? read : read with { WriteScopes = [.. ScopesOf(context.User, options.ScopeClaim)] };
    }

    /// <summary>The scopes of a caller: one claim may have several, separated by spaces (RFC 8693 section 4.2).</summary>
    private static IEnumerable<string> ScopesOf(ClaimsPrincipal user, string claimType) => user.Claims
        .Where(claim => claim.Type == claimType)
        .SelectMany(static claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
