using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>An error, independent of its form: an <see cref="IPatchErrorWriter"/> turns it into the body of a response.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The error code: one of <see cref="PatchErrorCodes"/>, or your own. Stable.</param>
/// <param name="Message">
/// The message for people, in English. The framework never puts data of the document or the caller's credentials into it.
/// </param>
public sealed record PatchError(int Status, string Code, string Message)
{
    /// <summary>
    /// The problems of the body, in its order: for 400, 403 of a fence and 422. For a GET, pointers name query parameters instead.
    /// </summary>
    public IReadOnlyList<PatchProblem> Problems { get; init; } = [];

    /// <summary>The number of problems that are not in <see cref="Problems"/>.</summary>
    public int Truncated { get; init; }

    /// <summary>For 409: the selectors that the request lacks, and their possible values.</summary>
    public IReadOnlyList<SelectorCandidates> Candidates { get; init; } = [];

    /// <summary>For 412: the current entity tag of the document.</summary>
    public string? CurrentETag { get; init; }

    /// <summary>Headers of the response. They are set before the body is written.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Creates the error for a status about which nothing more is known.</summary>
    /// <param name="status">The HTTP status.</param>
    public static PatchError ForStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => new(status, PatchErrorCodes.Unauthenticated, "Missing or invalid credentials."),
        StatusCodes.Status403Forbidden => new(status, PatchErrorCodes.Forbidden, "Not allowed."),
        StatusCodes.Status404NotFound => new(status, PatchErrorCodes.NotFound, "Not found."),
        StatusCodes.Status405MethodNotAllowed =>
            new(status, PatchErrorCodes.MethodNotAllowed, "This method is not allowed here; the Allow header lists those that are."),
        StatusCodes.Status408RequestTimeout => new(status, PatchErrorCodes.RequestTimeout, "The request arrived too slowly."),
        StatusCodes.Status409Conflict => new(status, PatchErrorCodes.Conflict, "Conflict."),
        StatusCodes.Status412PreconditionFailed => new(status, PatchErrorCodes.PreconditionFailed, "Precondition failed."),
        StatusCodes.Status413PayloadTooLarge => new(status, PatchErrorCodes.PayloadTooLarge, "The body is too long."),
        StatusCodes.Status415UnsupportedMediaType => new(status, PatchErrorCodes.UnsupportedMediaType, "This media type is not supported."),
        StatusCodes.Status422UnprocessableEntity => new(status, PatchErrorCodes.Validation, "Invalid body."),
        StatusCodes.Status428PreconditionRequired => new(status, PatchErrorCodes.PreconditionRequired, "If-Match is required."),
        StatusCodes.Status429TooManyRequests => new(status, PatchErrorCodes.RateLimited, "Too many requests."),
        StatusCodes.Status503ServiceUnavailable => new(status, PatchErrorCodes.Unavailable, "Temporarily unavailable; try again."),
        StatusCodes.Status504GatewayTimeout => new(status, PatchErrorCodes.RequestTimeout, "The request took too long; try again."),
        StatusCodes.Status507InsufficientStorage => new(status, PatchErrorCodes.InsufficientStorage, "No space to save the change."),
        < 500 => new(status, PatchErrorCodes.BadRequest, "Bad request."),
        _ => new(status, PatchErrorCodes.Internal, "Internal server error."),
    };
}

/// <summary>A selector that the request lacks, and its possible values.</summary>
/// <param name="Selector">The selector's name in JSON.</param>
/// <param name="Values">Its values in the documents that match; at most <see cref="Storage.TransformResult.MaxCandidates"/>.</param>
public sealed record SelectorCandidates(string Selector, IReadOnlyList<JsonElement> Values);
