using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The query parameter <c>validateOnly</c>, by which a client asks for nothing to be saved. Where it is not supported, and in any other
/// spelling, it is rejected: ignoring it would change what the client wanted to try. Other parameters of a PATCH are ignored.
/// </summary>
internal static class ReservedQuery
{
    private const string ValidateOnly = "validateOnly";

    /// <summary>Checks the query.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isAllowed">Whether <c>validateOnly</c> is supported.</param>
    /// <param name="validateOnly">Whether nothing must be saved.</param>
    /// <returns>The error (400), or null.</returns>
    public static PatchError? Check(HttpRequest request, bool isAllowed, out bool validateOnly)
    {
        validateOnly = false;
        if (!request.QueryString.HasValue)
        {
            return null;
        }

        foreach ((string name, StringValues values) in request.Query)
        {
            bool isDryRun = IsSpelledLike(name, "dryrun");
            if (!isDryRun && !IsSpelledLike(name, "validateonly"))
            {
                continue;
            }

            if (!isAllowed)
            {
                return Unsupported(isDryRun ? "dryRun" : ValidateOnly);
            }

            if (name != ValidateOnly)
            {
                return Invalid($"The query parameter {name} is not supported; use {ValidateOnly}=true. Nothing was changed.");
            }

            if (values is not ["true" or "false"])
            {
                return Invalid($"The query parameter {ValidateOnly} must be true or false, once. Nothing was changed.");
            }

            validateOnly = values == "true";
        }

        return null;
    }

    private static PatchError Invalid(string message) =>
        new(StatusCodes.Status400BadRequest, PatchErrorCodes.UnsupportedParameter, message);

    /// <summary>The error for a parameter that is not supported.</summary>
    public static PatchError Unsupported(string name) => new(
        StatusCodes.Status400BadRequest,
        PatchErrorCodes.UnsupportedParameter,
        $"The query parameter {name} is not supported. Nothing was changed; remove it to change the document.");

    // In any case, with "_" and "-" anywhere: "dry_run", "Dry-Run".
    private static bool IsSpelledLike(string name, string letters)
    {
        int matched = 0;
        foreach (char c in name)
        {
            if (c is '_' or '-')
            {
                continue;
            }

            if (matched == letters.Length || char.ToLowerInvariant(c) != letters[matched])
            {
                return false;
            }

            matched++;
        }

        return matched == letters.Length;
    }
}
