using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// An error as the result of a minimal API endpoint or of an MVC action. The <see cref="IPatchErrorWriter"/> writes its body, so that it
/// has the form of all other errors.
/// </summary>
/// <param name="patchError">The error.</param>
public sealed class PatchErrorResult(PatchError patchError) : ActionResult, IResult, IStatusCodeHttpResult
{
    /// <summary>The error.</summary>
    public PatchError PatchError { get; } = patchError;

    int? IStatusCodeHttpResult.StatusCode => PatchError.Status;

    /// <summary>Writes the response of a minimal API endpoint.</summary>
    /// <param name="httpContext">The request.</param>
    public Task ExecuteAsync(HttpContext httpContext) => ErrorResponse.WriteAsync(httpContext, PatchError);

    /// <inheritdoc/>
    public override Task ExecuteResultAsync(ActionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ErrorResponse.WriteAsync(context.HttpContext, PatchError);
    }
}
