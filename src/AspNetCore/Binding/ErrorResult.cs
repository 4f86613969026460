using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Layers.PatchGen.AspNetCore;

/// <summary>An error as the result of a minimal API endpoint or of an MVC action.</summary>
internal sealed class ErrorResult(PatchError error) : IResult, IActionResult
{
    public Task ExecuteAsync(HttpContext httpContext) => ErrorResponse.WriteAsync(httpContext, error);

    public Task ExecuteResultAsync(ActionContext context) => ErrorResponse.WriteAsync(context.HttpContext, error);
}
