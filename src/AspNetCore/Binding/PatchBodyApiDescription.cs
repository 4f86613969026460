using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Describes a patch as what it is, the body of a request, to tools that read the API explorer, such as Swashbuckle and NSwag. MVC would
/// describe a parameter with a binder of its own as part of the query, and the platform describes nothing of minimal APIs.
/// </summary>
/// <param name="services">The application's services.</param>
internal sealed class PatchBodyApiDescription(IServiceProvider services) : IApiDescriptionProvider
{
    /// <summary>After the platform's own.</summary>
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        // Those tools find types by reflection. Where there is none, nothing could describe the type, and the compiler of native code
        // leaves out what follows, with the parts of MVC that it calls.
        if (!JsonSerializer.IsReflectionEnabledByDefault)
        {
            return;
        }

        foreach (ApiDescription description in context.Results)
        {
            ApiParameterDescription? parameter = description.ParameterDescriptions.FirstOrDefault(
                static p => typeof(IPatchBody).IsAssignableFrom(p.ParameterDescriptor?.ParameterType));
            Type? patch = parameter?.ParameterDescriptor.ParameterType.GenericTypeArguments[0]
                ?? description.ActionDescriptor.EndpointMetadata?.OfType<PatchBodyDescription>().LastOrDefault()?.PatchType;
            if (patch is not null)
            {
                Describe(description, parameter, patch);
            }
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
    }

    private void Describe(ApiDescription description, ApiParameterDescription? parameter, Type patch)
    {
        if (parameter is null)
        {
            parameter = new ApiParameterDescription { Name = "body" };
            description.ParameterDescriptions.Add(parameter);
        }

        IModelMetadataProvider metadata = services.GetService<IModelMetadataProvider>() ?? new EmptyModelMetadataProvider();
        (parameter.Source, parameter.Type, parameter.IsRequired) = (BindingSource.Body, patch, true);
        parameter.ModelMetadata = metadata.GetMetadataForType(patch);
        if (description.SupportedRequestFormats.Count == 0)
        {
            description.SupportedRequestFormats.Add(new ApiRequestFormat { MediaType = "application/json" });
        }
    }
}
