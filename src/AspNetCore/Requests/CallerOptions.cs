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

        return members.Scoped.Count == 0 ? read : read with
        {
            WriteScopes =
            [
                .. members.Scoped.Select(static member => member.Scope).Distinct()
                    .Where(scope => CallerScopes.Has(context.User, options.ScopeClaim, scope)),
            ],
        };
    }
}
