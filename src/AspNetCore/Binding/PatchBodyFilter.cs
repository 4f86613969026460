using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Responds instead of an MVC action whose <see cref="PatchBody{TPatch}"/> was rejected. Runs before all other action filters, which expect
/// a patch.
/// </summary>
internal sealed class PatchBodyFilter : IActionFilter, IOrderedFilter, IConfigureOptions<MvcOptions>
{
    public int Order => int.MinValue;

    public void OnActionExecuting(ActionExecutingContext context)
    {
        if (context.ActionArguments.Values.OfType<IPatchBody>().FirstOrDefault()?.Error is { } error)
        {
            context.Result = new ErrorResult(error);
        }
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
    }

    public void Configure(MvcOptions options) => options.Filters.Add(this);
}
