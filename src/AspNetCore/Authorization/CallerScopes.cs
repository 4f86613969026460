using System.Security.Claims;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The scopes of a caller. One claim may have several, separated by spaces (RFC 8693 section 4.2).</summary>
internal static class CallerScopes
{
    /// <summary>Whether a caller has a scope. Does not allocate for the scopes.</summary>
    /// <param name="user">The caller.</param>
    /// <param name="claimType">The type of the claims with scopes.</param>
    /// <param name="scope">The scope.</param>
    public static bool Has(ClaimsPrincipal user, string claimType, string scope)
    {
        foreach (Claim claim in user.Claims)
        {
            if (claim.Type == claimType && Contains(claim.Value, scope))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(ReadOnlySpan<char> scopes, string scope)
    {
        foreach (Range range in scopes.Split(' '))
        {
            if (scopes[range].SequenceEqual(scope))
            {
                return true;
            }
        }

        return false;
    }
}
