using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Layers.PatchGen.AspNetCore.Binding;

/// <summary>A refusal as the result of an endpoint or of an action.</summary>
internal sealed class Refusal(PatchError error) : IResult, IActionResult
{
    public Task ExecuteAsync(HttpContext httpContext) => ErrorAnswer.WriteAsync(httpContext, error);

    public Task ExecuteResultAsync(ActionContext context) => ErrorAnswer.WriteAsync(context.HttpContext, error);
}
