using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.AspNetCore.Binding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>Describes patch endpoints in OpenAPI.</summary>
public static class PatchOpenApi
{
    /// <summary>
    /// Describes the generated endpoints whole, and of endpoints with a <see cref="PatchBody{TPatch}"/> the body and its refusals. The document becomes OpenAPI 3.1, the first whose schemas
    /// are JSON Schema. HEAD and OPTIONS, which every generated endpoint with a GET answers, are left out.
    /// </summary>
    /// <param name="options">The options of <c>AddOpenApi</c>.</param>
    /// <param name="configure">Security schemes and examples.</param>
    public static OpenApiOptions AddPatchGen(this OpenApiOptions options, Action<PatchOpenApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = new PatchOpenApiOptions();
        configure?.Invoke(settings);
        Func<ApiDescription, bool> included = options.ShouldInclude;
        options.ShouldInclude = description => included(description) && !IsHead(description);
        Func<JsonTypeInfo, string?> named = options.CreateSchemaReferenceId;
        options.CreateSchemaReferenceId = type => typeof(IPatchBody).IsAssignableFrom(type.Type) ? null : named(type); // what MVC thinks of one is not worth a component
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        return options.AddOperationTransformer(new PatchOperation(settings));
    }

    private static bool IsHead(ApiDescription description) =>
        HttpMethods.IsHead(description.HttpMethod ?? "") && description.ActionDescriptor.EndpointMetadata.OfType<PatchEndpoint>().Any();
}
