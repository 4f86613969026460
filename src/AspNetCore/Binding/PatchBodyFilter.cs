using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.AspNetCore.Binding;

/// <summary>Answers instead of an MVC action whose <see cref="PatchBody{TPatch}"/> was refused; before all other action filters, which expect a patch.</summary>
internal sealed class PatchBodyFilter : IActionFilter, IOrderedFilter, IConfigureOptions<MvcOptions>
{
    public int Order => int.MinValue;

    public void OnActionExecuting(ActionExecutingContext context)
    {
        if (context.ActionArguments.Values.OfType<IPatchBody>().FirstOrDefault()?.Refusal is { } refusal)
        {
            context.Result = new Refusal(refusal);
        }
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
    }

    public void Configure(MvcOptions options) => options.Filters.Add(this);
}
