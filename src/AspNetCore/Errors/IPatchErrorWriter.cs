using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Writes the body of every error response: those of patch endpoints, and with <c>UsePatchErrors()</c> those of the platform around them
/// (401, 403, 404 of a route, 405, 429, 500). Register one to use your API's own form; the default is
/// <see cref="ProblemDetailsErrorWriter"/>. Implementations must be thread-safe.
/// </summary>
public interface IPatchErrorWriter
{
    /// <summary>Writes the body and its content type. The status and the headers, including the request id, are already set.</summary>
    /// <param name="context">The request; <see cref="RequestId.Get"/> returns its id.</param>
    /// <param name="patchError">The error.</param>
    Task WriteAsync(HttpContext context, PatchError patchError);

    /// <summary>
    /// The forms that are written, the default form first, for OpenAPI descriptions. Empty when there is nothing to describe.
    /// </summary>
    IReadOnlyList<JsonErrorWriter> Forms => [];
}
