using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Rejects query parameters by which a client asks for nothing to be saved: they are not supported, and ignoring one would change what the
/// client wanted to try. Other parameters of a PATCH are ignored.
/// </summary>
internal static class ReservedQuery
{
    /// <returns>The error (400), or null.</returns>
    public static PatchError? Check(HttpRequest request)
    {
        if (!request.QueryString.HasValue)
        {
            return null;
        }

        foreach (string name in request.Query.Keys)
        {
            if (IsSpelledLike(name, "validateonly") || IsSpelledLike(name, "dryrun"))
            {
                return Unsupported(IsSpelledLike(name, "dryrun") ? "dryRun" : "validateOnly");
            }
        }

        return null;
    }

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
