using System.Diagnostics.CodeAnalysis;
using Layers.PatchGen.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers document stores.</summary>
public static partial class DocumentStoreServiceCollectionExtensions
{
    /// <summary>
    /// Registers a store as the singleton <see cref="IDocumentStore"/>. It is opened when the host starts, before its hosted services, so
    /// that a store that cannot be opened stops the start; without a host, by the first call. It is closed with the service provider, which
    /// must be disposed asynchronously.
    /// </summary>
    /// <remarks>Once it is open, the store is also available as <typeparamref name="TStore"/>. The last registration wins.</remarks>
    /// <typeparam name="TStore">The type of the store.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="open">Opens the store. Called again, by the next call, when it throws.</param>
    public static IServiceCollection AddDocumentStore<TStore>(
        this IServiceCollection services, Func<IServiceProvider, CancellationToken, Task<TStore>> open)
        where TStore : class, IDocumentStore
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(open);
        services.AddSingleton(provider => new LazyDocumentStore<TStore>(cancellationToken => open(provider, cancellationToken)));
        services.AddSingleton(provider => provider.GetRequiredService<LazyDocumentStore<TStore>>().Store);
        services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<LazyDocumentStore<TStore>>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DocumentStoreStartup>());
        return services;
    }

    /// <summary>
    /// Registers an <see cref="InMemoryDocumentStore"/> as the singleton <see cref="IDocumentStore"/>, for tests and samples.
    /// </summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddInMemoryDocumentStore(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<InMemoryDocumentStore>();
        services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<InMemoryDocumentStore>());
        return services;
    }

    /// <summary>Registers a store with options from the options pattern.</summary>
    internal static IServiceCollection AddDocumentStore<
        TStore, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this IServiceCollection services, Func<TOptions, CancellationToken, Task<TStore>> open)
        where TStore : class, IDocumentStore
        where TOptions : class, IStoreOptions
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<TOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, StoreOptionsValidator<TOptions>>());
        return services.AddDocumentStore(async (provider, cancellationToken) =>
        {
            TStore store = await open(provider.GetRequiredService<IOptions<TOptions>>().Value, cancellationToken);
            if (store is FileDocumentStore { AcceptedRestore: { } accepted } && provider.GetService<ILogger<TStore>>() is { } logger)
            {
                LogAcceptedRestore(logger, accepted);
            }

            return store;
        });
    }

    [LoggerMessage(1, LogLevel.Warning, "Opened with AcceptRestore: acknowledged changes may be missing. {Problem}")]
    private static partial void LogAcceptedRestore(ILogger logger, string problem);
}
