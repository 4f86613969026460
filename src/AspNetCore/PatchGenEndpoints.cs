using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Puts patch endpoints into an application.</summary>
public static class PatchGenEndpoints
{
    /// <summary>
    /// Gives every request an id, and every refusal without a body, thrown or answered by whatever comes after, the body of the <see cref="IPatchErrorWriter"/>.
    /// Call it first. What Kestrel refuses before a request exists (400, 408, 414, 431 of broken HTTP) stays bare.
    /// </summary>
    public static IApplicationBuilder UsePatchErrors(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        ILogger logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestId).FullName!);
        app.Use(next => context => RequestId.RunAsync(context, next, logger));
        app.UseStatusCodePages(static pages => ErrorAnswer.WriteAsync(pages.HttpContext, PatchError.ForStatus(pages.HttpContext.Response.StatusCode)));
        return app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = ErrorAnswer.WriteCaughtAsync,
            StatusCodeSelector = static exception => ErrorAnswer.Of(exception).Status,
            AllowStatusCode404Response = true,
        });
    }

    /// <summary>
    /// Maps one handler: PATCH, and with a <see cref="PatchEndpoint.ReadScope"/> GET, HEAD and OPTIONS. The generated <c>MapPatchHandlers()</c> calls it.
    /// </summary>
    /// <returns>Takes conventions for all of them.</returns>
    /// <exception cref="InvalidOperationException">
    /// A service is missing; documents could not hold as deep a nesting as a body may bring; a property that requests are matched against
    /// is not in the document's JSON; or it cannot be known which members are <c>[NotInResponse]</c>.
    /// </exception>
    public static IEndpointConventionBuilder MapPatchHandler<TPatch, TDocument>(this IEndpointRouteBuilder endpoints, PatchHandler<TPatch, TDocument> handler)
        where TPatch : IPatch<TPatch, TDocument>
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(handler);
        CheckServices(endpoints.ServiceProvider, handler);
        PatchEndpoint endpoint = handler.Contract.Endpoint;
        RouteGroupBuilder group = endpoints.MapGroup("");
        Map(group, endpoint, [HttpMethods.Patch], handler.PatchAsync, endpoint.Scope).WithMetadata(PatchBodyDescription.Of<TPatch>(), handler.DocumentJson);
        if (endpoint.ReadScope is not null)
        {
            Map(group, endpoint, [HttpMethods.Get, HttpMethods.Head], handler.GetAsync, endpoint.ReadScope).WithMetadata(handler.DocumentJson);
            Map(group, endpoint, [HttpMethods.Options], handler.OptionsAsync, scope: null).ExcludeFromDescription();
        }

        return group;
    }

    // What tools that describe endpoints want stands in the metadata: the method, the endpoint, the body, the JSON of the document.
    private static IEndpointConventionBuilder Map(RouteGroupBuilder group, PatchEndpoint endpoint, string[] methods, RequestDelegate handle, string? scope)
    {
        IEndpointConventionBuilder route = group.MapMethods(endpoint.Pattern, methods, handle).WithMetadata(handle.Method, endpoint).WithTags(endpoint.Resource).WithDisplayName($"{methods[0]} {endpoint.Pattern}");
        if (scope is not null)
        {
            route.WithMetadata(new ScopeAttribute(scope));
        }

        return route;
    }

    // What is missing is said at start, not with the first request.
    private static void CheckServices<TPatch, TDocument>(IServiceProvider services, PatchHandler<TPatch, TDocument> handler)
        where TPatch : IPatch<TPatch, TDocument>
    {
        if (services.GetService<IServiceProviderIsService>() is { } known && !known.IsService(typeof(IDocumentStore)))
        {
            throw new InvalidOperationException("Patch endpoints need a store: register an IDocumentStore.");
        }

        PatchServices patchServices = services.GetService<PatchServices>()
            ?? throw new InvalidOperationException("Patch endpoints need their services: call AddPatchGen(), or the generated AddPatchHandlers().");
        int depth = handler.DocumentJson.Options.MaxDepth;
        int readable = depth == 0 ? DocumentJson.MaxDepth : Math.Min(depth, DocumentJson.MaxDepth);
        if (patchServices.Read.MaxDepth > readable)
        {
            throw new InvalidOperationException(
                $"A body may nest {patchServices.Read.MaxDepth} levels (PatchReadOptions.MaxDepth), but a stored {typeof(TDocument).Name} only {readable}: such a body could never be saved.");
        }
    }
}
