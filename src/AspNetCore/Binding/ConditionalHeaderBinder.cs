using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Binds an <see cref="IfMatch"/> or <see cref="IfNoneMatch"/> in MVC.</summary>
internal sealed class ConditionalHeaderBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        bindingContext.Result = ModelBindingResult.Success(bindingContext.ModelType == typeof(IfMatch)
            ? IfMatch.Read(bindingContext.HttpContext)
            : IfNoneMatch.Read(bindingContext.HttpContext));
        return Task.CompletedTask;
    }
}
