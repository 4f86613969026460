using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Binds a <see cref="PatchBody{TPatch}"/> in MVC, which would otherwise deserialize it, without strictness and without an error.
/// </summary>
internal sealed class PatchBodyBinder : IModelBinder
{
    private static readonly ConcurrentDictionary<Type, IModelBinder> Binders = [];

    public Task BindModelAsync(ModelBindingContext bindingContext) =>
        Binders.GetOrAdd(bindingContext.ModelType.GenericTypeArguments[0], Create).BindModelAsync(bindingContext);

    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "MVC finds actions by reflection and does not support trimming.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "MVC does not support Native AOT.")]
    private static IModelBinder Create(Type patch) => (IModelBinder)Activator.CreateInstance(typeof(Binder<>).MakeGenericType(patch))!;

    private sealed class Binder<TPatch> : IModelBinder
        where TPatch : IPatch<TPatch>
    {
        public async Task BindModelAsync(ModelBindingContext bindingContext) =>
            bindingContext.Result = ModelBindingResult.Success(await PatchBody<TPatch>.ReadAsync(bindingContext.HttpContext));
    }
}
