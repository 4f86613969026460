using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Layers.PatchGen.OpenApi;

/// <summary>Describes one operation, from the metadata of its endpoint.</summary>
internal sealed class PatchOperation(PatchOpenApiOptions settings) : IOpenApiOperationTransformer
{
    private const string MediaType = "application/json";

    private const string Rules =
        "Changes the members that are sent and keeps all others; null clears a member that may be null. "
        + "A body with a member that is not listed is rejected as a whole, and nothing of a rejected body is applied.";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        EndpointMetadataCollection metadata = MetadataOf(context);
        PatchEndpoint? endpoint = metadata.OfType<PatchEndpoint>().LastOrDefault();
        PatchBodyDescription? body = metadata.OfType<PatchBodyDescription>().LastOrDefault();
        IfMatchMetadata? ifMatch = metadata.OfType<IfMatchMetadata>().LastOrDefault();
        IfNoneMatchMetadata? ifNoneMatch = metadata.OfType<IfNoneMatchMetadata>().LastOrDefault();
        if ((endpoint ?? body ?? ifMatch ?? (object?)ifNoneMatch) is null || context.Document is not { } document)
        {
            return Task.CompletedTask;
        }

        IServiceProvider services = context.ApplicationServices;
        PatchGenOptions options = services.GetRequiredService<IOptions<PatchGenOptions>>().Value;
        var components = new DocumentComponents(document);
        var errors = new ErrorResponses(
            components, services.GetRequiredService<IPatchErrorWriter>(), SamplePath(context.Description));
        string[] scopes = [.. metadata.OfType<RequireScopeAttribute>().Select(scope => scope.Scope).Distinct()];
        errors.AddScopes(scopes);
        if (scopes.Length > 0 && settings.SecuritySchemes.Count > 0) // an empty list would mean that none is required
        {
            operation.Security =
            [
                .. settings.SecuritySchemes.Select(scheme =>
                    new OpenApiSecurityRequirement { [components.Security(scheme.Key, scheme.Value)] = [.. scopes] }),
            ];
        }

        if (body is not null)
        {
            RemoveParameter(operation, context.Description);
            PatchFormats formats = metadata.OfType<FormatsMetadata>().LastOrDefault()?.Formats ?? PatchFormats.None;
            DescribeBody(operation, body, options, formats, components, errors);
        }

        if (endpoint is not null)
        {
            var contract = new DocumentContract(endpoint, metadata.OfType<JsonTypeInfo>().Last());
            errors.AddDocument(contract, isRead: body is null);
            if (metadata.GetMetadata<CheckMetadata>() is not null)
            {
                errors.Add("concurrent", "Others changed the document at the same time, again and again.", endpoint.Conflict);
            }

            DescribeEndpoint(operation, endpoint, body is not null, options.AllowValidateOnly);
            operation.Responses = Responses(contract, components.Document(contract), body is not null);
        }
        else
        {
            DescribeConditions(operation, ifMatch, ifNoneMatch, HttpMethods.IsGet(context.Description.HttpMethod ?? ""), errors);
            if (body is not null && ifMatch is null && options.RejectUnsupportedIfMatch)
            {
                errors.Add("if_match", "If-Match was sent, which is not supported here.", Preconditions.Unsupported);
            }
        }

        errors.WriteTo(operation.Responses ??= []);
        return Task.CompletedTask;
    }

    // The descriptor of an MVC action lacks the metadata that its parameters have added to the endpoint.
    private static EndpointMetadataCollection MetadataOf(OpenApiOperationTransformerContext context)
    {
        ActionDescriptor action = context.Description.ActionDescriptor;
        return context.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints
            .FirstOrDefault(endpoint => endpoint.Metadata.GetMetadata<ActionDescriptor>()?.Id == action.Id)?.Metadata
            ?? new EndpointMetadataCollection(action.EndpointMetadata);
    }

    // MVC describes a parameter with a model binder as a query parameter.
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

    private void DescribeBody(
        OpenApiOperation operation,
        PatchBodyDescription body,
        PatchGenOptions options,
        PatchFormats formats,
        DocumentComponents components,
        ErrorResponses errors)
    {
        PatchReadOptions limits = options.Read;
        (IOpenApiSchema reference, JsonObject schema) = components.Body(body, limits);
        errors.AddBody(body, schema, limits);
        errors.AddFormats(formats);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = RequestContent.MediaTypes(formats).ToDictionary(static type => type, type => type == RequestContent.JsonPatch
                ? new OpenApiMediaType { Schema = components.Operations() }
                : new OpenApiMediaType { Schema = reference, Example = settings.ExampleOf(body.PatchType) }),
        };
        string fences = string.Join(
            "; ",
            body.ReservedMembers(limits).Select(member => $"`{member.Path}`{(member.Until is null ? "" : $" until {member.Until}")}"));
        string lifted = options.LiftedFencesSelector is null ? "" : " Some callers may send them earlier.";
        string scopes = string.Join("; ", body.ScopedMembers.Select(member => $"`{member.Path}` needs `{member.Scope}`"));
        string text = Rules + OperationRules(formats)
            + (fences.Length == 0 ? "" : $"\n\nReserved, and rejected with 403 whatever the value: {fences}.{lifted}")
            + (scopes.Length == 0 ? "" : $"\n\nRejected with 403, whatever the value, from callers without the scope: {scopes}.");
        operation.Description = operation.Description is null ? text : $"{operation.Description}\n\n{text}";
    }

    private static string OperationRules(PatchFormats formats) => formats.HasFlag(PatchFormats.JsonPatch)
        ? "\n\nThe operations of a JSON Patch may change the same members. They are applied in order, all or none, to the document as "
            + "responses show it."
        : "";

    // Of an endpoint of the application's own.
    private static void DescribeConditions(
        OpenApiOperation operation, IfMatchMetadata? ifMatch, IfNoneMatchMetadata? ifNoneMatch, bool isRead, ErrorResponses errors)
    {
        if (ifMatch is not null)
        {
            errors.AddIfMatch("The document", ifMatch.IsRequired);
            Replace(Headers.IfMatch(ifMatch.IsRequired));
        }

        if (ifNoneMatch is not null)
        {
            Replace(Headers.IfNoneMatch(isRead));
            if (isRead)
            {
                (operation.Responses ??= []).TryAdd("304", new OpenApiResponse
                {
                    Description = "The document still has the version that If-None-Match names.",
                    Headers = new Dictionary<string, IOpenApiHeader> { ["ETag"] = Headers.ETag() },
                });
            }
            else
            {
                errors.Add(
                    "known",
                    "The document has a version that If-None-Match names.",
                    Preconditions.Failed("The document", Headers.SampleVersion));
            }
        }

        if (ifMatch is not null || ifNoneMatch is not null)
        {
            errors.AddMalformedHeader();
        }

        void Replace(OpenApiParameter header) =>
            operation.Parameters = [.. operation.Parameters?.Where(listed => listed.Name != header.Name) ?? [], header];
    }

    private static void DescribeEndpoint(OpenApiOperation operation, PatchEndpoint endpoint, bool isPatch, bool allowsTrial)
    {
        string verb = isPatch ? "Patch" : "Get";
        operation.OperationId ??= verb.ToLowerInvariant()
            + string.Concat(endpoint.Resource.Split(' ').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        operation.Summary ??= $"{verb} {endpoint.Resource.ToLowerInvariant()}";
        List<IOpenApiParameter> parameters = [.. endpoint.RouteParameters.Select(
            parameter => Parameter(parameter, ParameterLocation.Path, null))];
        if (isPatch)
        {
            parameters.AddRange([Headers.IfMatch(endpoint.RequireIfMatch), Headers.Prefer()]);
            if (allowsTrial)
            {
                parameters.Add(new OpenApiParameter
                {
                    Name = "validateOnly",
                    In = ParameterLocation.Query,
                    Description = "With true, nothing is saved: the response is the document as it would be, without an ETag.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean },
                });
            }
        }
        else
        {
            parameters.AddRange(endpoint.Selectors.Select(
                selector => Parameter(selector, ParameterLocation.Query, "Selects one where several documents match.")));
            parameters.AddRange([Headers.IfNoneMatch(isRead: true), Headers.IfMatch(isRequired: false)]);
        }

        operation.Parameters = parameters;
    }

    private OpenApiResponses Responses(DocumentContract contract, IOpenApiSchema document, bool isPatch)
    {
        string resource = contract.Endpoint.Resource;
        var responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description = isPatch
                    ? $"{resource}, complete, after the patch. A patch that changes no value keeps the ETag."
                    : $"{resource}.",
                Headers = Headers.OfDocument(),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [MediaType] = new() { Schema = document, Example = settings.ExampleOf(contract) },
                },
            },
        };
        if (isPatch)
        {
            responses["204"] = new OpenApiResponse
            {
                Description = "The patch was applied, and Prefer: return=minimal was sent.",
                Headers = Headers.OfDocument(preferenceApplied: true),
            };
        }
        else
        {
            responses["304"] = new OpenApiResponse
            {
                Description = "The document still has the version that If-None-Match names.",
                Headers = Headers.OfDocument(),
            };
        }

        return responses;
    }

    // The route, with the names of its parameters as their values.
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
