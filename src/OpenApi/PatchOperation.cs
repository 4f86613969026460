using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.AspNetCore.Binding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>Describes one operation, from what stands in the metadata of its endpoint.</summary>
internal sealed class PatchOperation(PatchOpenApiOptions settings) : IOpenApiOperationTransformer
{
    private const string MediaType = "application/json";

    private const string Rules =
        "Changes the members that are sent and leaves all others as they are; null clears a member that may be null. "
        + "A body with a member that is not listed is refused as a whole, and nothing of a refused body is applied.";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        EndpointMetadataCollection metadata = MetadataOf(context);
        PatchEndpoint? endpoint = metadata.OfType<PatchEndpoint>().LastOrDefault();
        PatchBodyDescription? body = metadata.OfType<PatchBodyDescription>().LastOrDefault();
        if ((endpoint ?? (object?)body) is null || context.Document is not { } document)
        {
            return Task.CompletedTask;
        }

        IServiceProvider services = context.ApplicationServices;
        PatchReadOptions limits = services.GetRequiredService<IOptions<PatchGenOptions>>().Value.Read;
        var components = new Components(document);
        var refusals = new Refusals(components, services.GetRequiredService<IPatchErrorWriter>(), SamplePath(context.Description));
        string[] scopes = [.. metadata.OfType<ScopeAttribute>().Select(scope => scope.Scope).Distinct()];
        refusals.AddScopes(scopes);
        if (scopes.Length > 0 && settings.SecuritySchemes.Count > 0) // an empty list would say that none is needed
        {
            operation.Security = [.. settings.SecuritySchemes.Select(scheme => new OpenApiSecurityRequirement { [components.Security(scheme.Key, scheme.Value)] = [.. scopes] })];
        }

        if (body is not null)
        {
            RemoveParameter(operation, context.Description);
            DescribeBody(operation, body, limits, components, refusals);
        }

        if (endpoint is not null)
        {
            var contract = new DocumentContract(endpoint, metadata.OfType<JsonTypeInfo>().Last());
            refusals.AddDocument(contract, isRead: body is null);
            DescribeEndpoint(operation, endpoint, body is not null);
            operation.Responses = Answers(endpoint, components.Document(contract), body is not null);
        }

        refusals.WriteTo(operation.Responses ??= []);
        return Task.CompletedTask;
    }

    // An action's descriptor lacks what its parameters added to its endpoint.
    private static EndpointMetadataCollection MetadataOf(OpenApiOperationTransformerContext context)
    {
        ActionDescriptor action = context.Description.ActionDescriptor;
        return context.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints.FirstOrDefault(endpoint => endpoint.Metadata.GetMetadata<ActionDescriptor>()?.Id == action.Id)?.Metadata
            ?? new EndpointMetadataCollection(action.EndpointMetadata);
    }

    // MVC takes what has a binder of its own for a parameter of the query.
    private static void RemoveParameter(OpenApiOperation operation, ApiDescription description)
    {
        foreach (ApiParameterDescription parameter in description.ParameterDescriptions)
        {
            if (typeof(IPatchBody).IsAssignableFrom(parameter.ParameterDescriptor?.ParameterType))
            {
                operation.Parameters = operation.Parameters?.Where(listed => listed.Name != parameter.Name).ToList();
            }
        }
    }

    private void DescribeBody(OpenApiOperation operation, PatchBodyDescription body, PatchReadOptions limits, Components components, Refusals refusals)
    {
        (IOpenApiSchema reference, JsonObject schema) = components.Body(body, limits);
        refusals.AddBody(body, schema, limits);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { [MediaType] = new() { Schema = reference, Example = settings.ExampleOf(body.PatchType) } },
        };
        string fences = string.Join("; ", Fences.Of(schema).Select(fence => $"`{fence.Path}`{(fence.Until is null ? "" : $" until {fence.Until}")}"));
        string text = fences.Length == 0 ? Rules : $"{Rules}\n\nReserved, and refused with 403 whatever the value: {fences}.";
        operation.Description = operation.Description is null ? text : $"{operation.Description}\n\n{text}";
    }

    private static void DescribeEndpoint(OpenApiOperation operation, PatchEndpoint endpoint, bool isPatch)
    {
        string verb = isPatch ? "Patch" : "Get";
        operation.OperationId ??= (isPatch ? "patch" : "get") + string.Concat(endpoint.Resource.Split(' ').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        operation.Summary ??= $"{verb} {endpoint.Resource.ToLowerInvariant()}";
        List<IOpenApiParameter> parameters = [.. endpoint.RouteParameters.Select(parameter => Parameter(parameter, ParameterLocation.Path, null))];
        if (isPatch)
        {
            parameters.AddRange([Headers.IfMatch(endpoint.RequireIfMatch), Headers.Prefer()]);
        }
        else
        {
            parameters.AddRange(endpoint.Selectors.Select(selector => Parameter(selector, ParameterLocation.Query, "Chooses, where several documents fit.")));
            parameters.AddRange([Headers.IfNoneMatch(), Headers.IfMatch(isRequired: false)]);
        }

        operation.Parameters = parameters;
    }

    private static OpenApiResponses Answers(PatchEndpoint endpoint, IOpenApiSchema document, bool isPatch)
    {
        var responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description = isPatch ? $"{endpoint.Resource}, whole, as it is now. A patch that changes no value keeps the ETag." : $"{endpoint.Resource}.",
                Headers = Headers.OfDocument(),
                Content = new Dictionary<string, OpenApiMediaType> { [MediaType] = new() { Schema = document } },
            },
        };
        if (isPatch)
        {
            responses["204"] = new OpenApiResponse { Description = "Done, and the document was not wanted: Prefer: return=minimal.", Headers = Headers.OfDocument(preferenceApplied: true) };
        }
        else
        {
            responses["304"] = new OpenApiResponse { Description = "Still the version that If-None-Match names.", Headers = Headers.OfDocument() };
        }

        return responses;
    }

    // The route, with each parameter's name in its place.
    private static string SamplePath(ApiDescription description) =>
        "/" + description.RelativePath?.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);

    private static OpenApiParameter Parameter(EndpointMember member, ParameterLocation location, string? description) => new()
    {
        Name = member.Name,
        In = location,
        Required = location == ParameterLocation.Path,
        Description = description,
        Schema = member.Kind switch
        {
            EndpointMemberKind.Guid => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
            EndpointMemberKind.Int32 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            EndpointMemberKind.Int64 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            _ => new OpenApiSchema { Type = JsonSchemaType.String },
        },
    };
}
