using Layers.PatchGen.AspNetCore.Binding;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Registers what patch endpoints need.</summary>
public static class PatchGenServiceCollectionExtensions
{
    /// <summary>
    /// Adds the request flow, scopes and problem details. The generated <c>AddPatchHandlers()</c> calls it; call it as well to give settings, or for <see cref="PatchBody{TPatch}"/> alone.
    /// What is left to the application: an <see cref="Storage.IDocumentStore"/> for generated endpoints, its authentication, and an <see cref="IPatchErrorWriter"/> where errors have a form of their own.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">The settings; of several calls, each adds its own.</param>
    public static IServiceCollection AddPatchGen(this IServiceCollection services, Action<PatchGenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddAuthorization();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, ScopeHandler>());
        ReplaceDefaultResultHandler(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPatchErrorWriter, ProblemDetailsErrorWriter>();
        services.TryAddSingleton(static provider => ActivatorUtilities.CreateInstance<PatchServices>(provider)); // not by type: without generated endpoints there need be no store
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<MvcOptions>, PatchBodyFilter>()); // asked for by MVC alone
        return services;
    }

    // The platform's own writes no body; one that the application registered stays.
    private static void ReplaceDefaultResultHandler(IServiceCollection services)
    {
        ServiceDescriptor? registered = services.LastOrDefault(service => service.ServiceType == typeof(IAuthorizationMiddlewareResultHandler));
        if (registered?.ImplementationType == typeof(AuthorizationMiddlewareResultHandler))
        {
            services.Replace(ServiceDescriptor.Singleton<IAuthorizationMiddlewareResultHandler, RefusalHandler>());
        }
    }
}
