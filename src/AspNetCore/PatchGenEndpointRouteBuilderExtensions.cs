using Layers.PatchGen;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Json;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps patch handlers.</summary>
public static class PatchGenEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps one handler: PATCH, and with a <see cref="PatchEndpoint.ReadScope"/> also GET, HEAD and OPTIONS. The generated
    /// <c>MapPatchHandlers()</c> calls it.
    /// </summary>
    /// <param name="endpoints">The routes.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>Adds conventions to all mapped methods.</returns>
    /// <exception cref="InvalidOperationException">
    /// A service is missing; a body may nest more deeply than the document can be stored; a property that requests are matched against is
    /// not in the document's JSON; or the serializer contract does not show which members are <c>[NotInResponse]</c>.
    /// </exception>
    public static IEndpointConventionBuilder MapPatchHandler<TPatch, TDocument>(
        this IEndpointRouteBuilder endpoints, PatchHandler<TPatch, TDocument> handler)
        where TPatch : IPatch<TPatch, TDocument>
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(handler);
        PatchFlow<TPatch, TDocument> flow = CreateFlow(endpoints.ServiceProvider, handler);
        PatchEndpoint endpoint = handler.Contract.Endpoint;
        RouteGroupBuilder group = endpoints.MapGroup("");
        Map(group, endpoint, [HttpMethods.Patch], flow.PatchAsync, endpoint.Scope)
            .WithMetadata(
                [PatchBodyDescription.Create<TPatch>(), handler.DocumentJson, new FormatsMetadata(flow.Formats), .. Checks(handler)]);
        if (endpoint.ReadScope is not null)
        {
            Map(group, endpoint, [HttpMethods.Get, HttpMethods.Head], flow.GetAsync, endpoint.ReadScope)
                .WithMetadata(handler.DocumentJson);
            Map(group, endpoint, [HttpMethods.Options], flow.OptionsAsync, scope: null).ExcludeFromDescription();
        }

        return group;
    }

    private static CheckMetadata[] Checks<TPatch, TDocument>(PatchHandler<TPatch, TDocument> handler)
        where TPatch : IPatch<TPatch, TDocument> => handler.HasCheck || handler.Contract.Endpoint.Entity is not null ? [new()] : [];

    // The metadata is what OpenAPI needs: the method, the endpoint, the body, the serializer contract of the document.
    private static IEndpointConventionBuilder Map(
        RouteGroupBuilder group, PatchEndpoint endpoint, string[] methods, RequestDelegate handle, string? scope)
    {
        IEndpointConventionBuilder route = group.MapMethods(endpoint.Pattern, methods, handle)
            .WithMetadata(handle.Method, endpoint)
            .WithTags(endpoint.Resource)
            .WithDisplayName($"{methods[0]} {endpoint.Pattern}");
        if (scope is not null)
        {
            route.WithMetadata(new RequireScopeAttribute(scope));
        }

        return route;
    }

    // Configuration errors are reported at start, not with the first request.
    private static PatchFlow<TPatch, TDocument> CreateFlow<TPatch, TDocument>(
        IServiceProvider services, PatchHandler<TPatch, TDocument> handler)
        where TPatch : IPatch<TPatch, TDocument>
    {
        PatchServices patchServices = services.GetService<PatchServices>()
            ?? throw new InvalidOperationException(
                "Patch endpoints need their services: call AddPatchGen() or the generated AddPatchHandlers().");
        int depth = handler.DocumentJson.Options.MaxDepth;
        int readable = depth == 0 ? DocumentJson.MaxDepth : Math.Min(depth, DocumentJson.MaxDepth);
        if (patchServices.Read.MaxDepth > readable)
        {
            throw new InvalidOperationException(
                $"PatchReadOptions.MaxDepth is {patchServices.Read.MaxDepth}, but a stored {typeof(TDocument).Name} may have only "
                + $"{readable} levels. A deeper body could never be saved: lower MaxDepth.");
        }

        if (services.GetService<IDocumentSourceValidator<TDocument>>() is { } validator)
        {
            validator.Validate(handler.Contract.Endpoint, handler.DocumentJson);
        }
        else if (handler.Contract.Endpoint.Entity is not null)
        {
            throw new InvalidOperationException(
                $"{handler.Contract.Endpoint.Pattern} names a Tenant, SingleTenant or Version, which is for entities of EF Core only, but "
                + $"{typeof(TDocument).Name} is not registered as one: call AddEntityFrameworkDocuments<TContext>(), or remove them.");
        }

        IDocumentStore? store = StoreOrNull<TDocument>(services);
        if (store is not null)
        {
            services.GetRequiredService<SearchPreparation>().Add(store, handler.Contract);
            handler.Patcher = CreatePatcher(patchServices, handler);
        }
        else if (handler.HasCompanions)
        {
            throw new InvalidOperationException(
                $"{handler.GetType().Name} overrides OnSaving, but its documents are in an IDocumentSource<{typeof(TDocument).Name}>, "
                + "and not in a store. Save further rows in the source, in the transaction of the change.");
        }

        return new(handler, patchServices, store is null ? null : new(store), handler.SelectFormats(patchServices.Options));
    }

    /// <summary>Creates what applies patches to stored bytes; null, with the reason in the log, where they need objects.</summary>
    private static DocumentPatcher<TPatch>? CreatePatcher<TPatch, TDocument>(
        PatchServices services, PatchHandler<TPatch, TDocument> handler)
        where TPatch : IPatch<TPatch, TDocument>
    {
        DocumentPatcher<TPatch>? patcher = null;
        string? reason = handler.HasApply ? "the handler overrides Apply" : handler.HasCheck ? "the handler overrides CheckAsync" : null;
        if (reason is null && DocumentPatcher.TryCreate(
            handler.DocumentJson, DocumentStoreJson.WriterOptions, out patcher, out reason))
        {
            services.LogPatchesBytes(handler.Contract.Endpoint.Pattern);
            foreach (string exception in patcher.Exceptions)
            {
                services.LogNeedsObject(handler.Contract.Endpoint.Pattern, exception);
            }
        }
        else
        {
            services.LogPatchesObjects(handler.Contract.Endpoint.Pattern, reason);
        }

        return patcher;
    }

    /// <summary>The application's store; null if it has registered a source, which each request resolves.</summary>
    private static IDocumentStore? StoreOrNull<TDocument>(IServiceProvider services)
    {
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IDocumentSource<TDocument>)) ?? false)
        {
            return null;
        }

        return services.GetService<IDocumentStore>()
            ?? throw new InvalidOperationException(
                $"Patch endpoints need documents: register an IDocumentStore, or an IDocumentSource<{typeof(TDocument).Name}>.");
    }
}
