using Layers.PatchGen.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the services of patch endpoints.</summary>
public static class PatchGenServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services of generated endpoints and of <see cref="PatchBody{TPatch}"/> parameters. The generated <c>AddPatchHandlers()</c>
    /// calls it; call it as well to set options, or for <see cref="PatchBody{TPatch}"/> alone.
    /// </summary>
    /// <remarks>
    /// The application provides authentication, an <c>IDocumentStore</c> or an <see cref="IDocumentSource{TDocument}"/> for generated
    /// endpoints, and an <see cref="IPatchErrorWriter"/> where errors have a form of their own. Nothing that the application has registered
    /// is replaced.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options. Of several calls, each applies.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPatchGen(this IServiceCollection services, Action<PatchGenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<PatchGenOptions> options = services.AddOptions<PatchGenOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddAuthorization();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PatchGenOptions>, PatchGenOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, ScopeHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ExactMethodPolicy>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPatchErrorWriter, ProblemDetailsErrorWriter>();
        services.TryAddSingleton<PatchServices>();
        services.TryAddSingleton<SearchPreparation>();
        services.AddHostedService(static provider => provider.GetRequiredService<SearchPreparation>());
        services.TryAddEnumerable(ServiceDescriptor.Transient<IApiDescriptionProvider, ParameterApiDescription>());

        // Used by MVC only.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<MvcOptions>, ParameterErrors.ActionFilter>());
        return services;
    }
}
