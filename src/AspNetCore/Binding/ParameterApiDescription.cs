using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Describes a patch as what it is, the body of a request, and <see cref="IfMatch"/> and <see cref="IfNoneMatch"/> as headers, to tools
/// that read the API explorer, such as Swashbuckle and NSwag. MVC would describe a parameter with a binder of its own as part of the
/// query, and the platform describes nothing of minimal APIs.
/// </summary>
/// <param name="services">The application's services.</param>
internal sealed class ParameterApiDescription(IServiceProvider services) : IApiDescriptionProvider
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
            ApiParameterDescription? body = Find(description, static type => typeof(IPatchBody).IsAssignableFrom(type));
            Type? patch = body?.ParameterDescriptor.ParameterType.GenericTypeArguments[0]
                ?? MetadataOf<PatchBodyDescription>(description)?.PatchType;
            if (patch is not null)
            {
                DescribeBody(description, body, patch);
            }

            DescribeHeader<IfMatchMetadata>(description, HeaderNames.IfMatch, typeof(IfMatch));
            DescribeHeader<IfNoneMatchMetadata>(description, HeaderNames.IfNoneMatch, typeof(IfNoneMatch));
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
    }

    private void DescribeBody(ApiDescription description, ApiParameterDescription? body, Type patch)
    {
        Describe(body ?? Add(description, "body"), BindingSource.Body, patch, isRequired: true);
        if (description.SupportedRequestFormats.Count == 0)
        {
            description.SupportedRequestFormats.Add(new ApiRequestFormat { MediaType = "application/json" });
        }
    }

    private void DescribeHeader<TMetadata>(ApiDescription description, string name, Type type)
        where TMetadata : class
    {
        ApiParameterDescription? header = Find(description, other => other == type);
        bool isDescribed = description.ParameterDescriptions.Any(
            parameter => parameter.Source == BindingSource.Header && name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase));
        if (header is null && (isDescribed || MetadataOf<TMetadata>(description) is null))
        {
            return;
        }

        // The descriptor of an MVC action lacks the metadata that its parameters have added to the endpoint.
        bool isRequired = MetadataOf<IfMatchMetadata>(description)?.IsRequired
            ?? (header?.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo
                .IsDefined(typeof(RequireIfMatchAttribute), inherit: true) == true;
        header ??= Add(description, name);
        header.Name = name;
        Describe(header, BindingSource.Header, typeof(string), isRequired && type == typeof(IfMatch));
    }

    private void Describe(ApiParameterDescription parameter, BindingSource source, Type type, bool isRequired)
    {
        IModelMetadataProvider metadata = services.GetService<IModelMetadataProvider>() ?? new EmptyModelMetadataProvider();
        (parameter.Source, parameter.Type, parameter.IsRequired) = (source, type, isRequired);
        parameter.ModelMetadata = metadata.GetMetadataForType(type);
    }

    private static ApiParameterDescription? Find(ApiDescription description, Func<Type, bool> isType) =>
        description.ParameterDescriptions.FirstOrDefault(
            parameter => parameter.ParameterDescriptor?.ParameterType is { } type && isType(type));

    private static ApiParameterDescription Add(ApiDescription description, string name)
    {
        var parameter = new ApiParameterDescription { Name = name };
        description.ParameterDescriptions.Add(parameter);
        return parameter;
    }

    private static TMetadata? MetadataOf<TMetadata>(ApiDescription description)
        where TMetadata : class => description.ActionDescriptor.EndpointMetadata?.OfType<TMetadata>().LastOrDefault();
}
