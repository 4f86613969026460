using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Gives every refusal its body: those of the patch endpoints, and those of the platform around them (401, 403, 404 of a route, 405, 429, 500). Register one to answer in an
/// API's own form; without one the form is that of RFC 9457, <see cref="ProblemDetailsErrorWriter"/>.
/// </summary>
public interface IPatchErrorWriter
{
    /// <summary>Writes the body and its content type. The status and the headers, the request id among them, are already set.</summary>
    /// <param name="context">The request; <see cref="RequestId.Of"/> gives its id.</param>
    /// <param name="refusal">The refusal.</param>
    Task WriteAsync(HttpContext context, PatchError refusal);

    /// <summary>The forms that are written, the usual one first: what a description of the API tells of refusals. None when there is nothing to tell.</summary>
    IReadOnlyList<JsonErrorWriter> Forms => [];
}
