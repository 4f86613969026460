using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds patch endpoints to OpenAPI documents.</summary>
public static class PatchGenOpenApiOptionsExtensions
{
    /// <summary>
    /// Describes generated endpoints completely, and the body and its errors of endpoints with a <see cref="PatchBody{TPatch}"/>. Sets the
    /// version of the document to OpenAPI 3.1, the first version whose schemas are JSON Schema. HEAD and OPTIONS of generated endpoints are
    /// not described.
    /// </summary>
    /// <param name="options">The options of <c>AddOpenApi</c>.</param>
    /// <param name="configure">Adds security schemes and examples.</param>
    /// <returns>The same options.</returns>
    public static OpenApiOptions AddPatchGen(this OpenApiOptions options, Action<PatchOpenApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = new PatchOpenApiOptions();
        configure?.Invoke(settings);
        Func<ApiDescription, bool> shouldInclude = options.ShouldInclude;
        options.ShouldInclude = description => shouldInclude(description) && !IsHead(description);

        // The platform would add a component of its own for the patch.
        Func<JsonTypeInfo, string?> createId = options.CreateSchemaReferenceId;
        options.CreateSchemaReferenceId = type => IsPatch(type.Converter.GetType()) ? null : createId(type);
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        return options.AddOperationTransformer(new PatchOperation(settings));
    }

    private static bool IsPatch(Type converter) =>
        converter.IsGenericType && converter.GetGenericTypeDefinition() == typeof(Layers.PatchGen.PatchJsonConverter<>);

    private static bool IsHead(ApiDescription description) =>
        HttpMethods.IsHead(description.HttpMethod ?? "") && description.ActionDescriptor.EndpointMetadata.OfType<PatchEndpoint>().Any();
}
