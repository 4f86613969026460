using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>A refusal, before it has a form: what an <see cref="IPatchErrorWriter"/> makes the body of.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">What happened: one of <see cref="PatchErrorCodes"/>, stable.</param>
/// <param name="Message">The same for people, in English. It never holds anything of the document or of the caller's credentials.</param>
public sealed record PatchError(int Status, string Code, string Message)
{
    /// <summary>
    /// What was wrong with the body, in its order: for 400, 403 of a fence and 422. Where a GET is refused, the pointer names a query parameter instead.
    /// </summary>
    public IReadOnlyList<PatchProblem> Problems { get; init; } = [];

    /// <summary>How many problems were found beyond <see cref="Problems"/>.</summary>
    public int Truncated { get; init; }

    /// <summary>For 409: the selectors that would decide, and what they may be.</summary>
    public IReadOnlyList<SelectorCandidates> Candidates { get; init; } = [];

    /// <summary>For 412: the document's entity tag as it is now.</summary>
    public string? CurrentETag { get; init; }

    /// <summary>Headers that go with the answer. They are set before the body is written.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The refusal that a bare status stands for, where nothing more is known.</summary>
    public static PatchError ForStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => new(status, PatchErrorCodes.Unauthenticated, "Missing or invalid credentials."),
        StatusCodes.Status403Forbidden => new(status, PatchErrorCodes.Forbidden, "Not allowed."),
        StatusCodes.Status404NotFound => new(status, PatchErrorCodes.NotFound, "Not found."),
        StatusCodes.Status405MethodNotAllowed => new(status, PatchErrorCodes.MethodNotAllowed, "This method is not allowed here; the Allow header says which are."),
        StatusCodes.Status408RequestTimeout => new(status, PatchErrorCodes.RequestTimeout, "The request came too slowly."),
        StatusCodes.Status409Conflict => new(status, PatchErrorCodes.Conflict, "Conflict."),
        StatusCodes.Status412PreconditionFailed => new(status, PatchErrorCodes.PreconditionFailed, "Precondition failed."),
        StatusCodes.Status413PayloadTooLarge => new(status, PatchErrorCodes.PayloadTooLarge, "The body is too long."),
        StatusCodes.Status415UnsupportedMediaType => new(status, PatchErrorCodes.UnsupportedMediaType, "This media type is not supported."),
        StatusCodes.Status422UnprocessableEntity => new(status, PatchErrorCodes.Validation, "Invalid body."),
        StatusCodes.Status428PreconditionRequired => new(status, PatchErrorCodes.PreconditionRequired, "If-Match is required."),
        StatusCodes.Status429TooManyRequests => new(status, PatchErrorCodes.RateLimited, "Too many requests."),
        StatusCodes.Status503ServiceUnavailable => new(status, PatchErrorCodes.Unavailable, "Not available just now; try again."),
        StatusCodes.Status507InsufficientStorage => new(status, PatchErrorCodes.InsufficientStorage, "No room to save the change."),
        < 500 => new(status, PatchErrorCodes.BadRequest, "Bad request."),
        _ => new(status, PatchErrorCodes.Internal, "Something went wrong on our side."),
    };
}

/// <summary>A selector that the request did not name, and the values it may take.</summary>
/// <param name="Selector">The selector's name in JSON.</param>
/// <param name="Values">Its values in the documents that fit; at most <see cref="Storage.TransformResult.MaxCandidates"/>.</param>
public sealed record SelectorCandidates(string Selector, IReadOnlyList<JsonElement> Values);
