using Layers.PatchGen.Storage;
using Layers.PatchGen.Storage.LiteDb;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a <see cref="LiteDbDocumentStore"/>.</summary>
public static class LiteDbDocumentStoreServiceCollectionExtensions
{
    /// <summary>
    /// Registers a store in LiteDB as the singleton <see cref="IDocumentStore"/>. It is opened when the host starts, so that a database
    /// that cannot be opened stops the start; without a host, by the first call. It is closed with the service provider, which must be
    /// disposed asynchronously.
    /// </summary>
    /// <remarks>
    /// Other configuration of <see cref="LiteDbStoreOptions"/> applies as well:
    /// <c>services.Configure&lt;LiteDbStoreOptions&gt;(configuration.GetSection("Store"))</c>. Invalid options stop the start.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddLiteDbDocumentStore(this IServiceCollection services, Action<LiteDbStoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Configure(configure);
        return services.AddLiteDbDocumentStore();
    }

    /// <inheritdoc cref="AddLiteDbDocumentStore(IServiceCollection, Action{LiteDbStoreOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="path">The database: a file or a folder on a local disk (<see cref="FileStoreOptions.Path"/>).</param>
    public static IServiceCollection AddLiteDbDocumentStore(this IServiceCollection services, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return services.AddLiteDbDocumentStore(options => options.Path = path);
    }

    /// <inheritdoc cref="AddLiteDbDocumentStore(IServiceCollection, Action{LiteDbStoreOptions})"/>
    /// <param name="services">The services. The options must be configured by another call.</param>
    public static IServiceCollection AddLiteDbDocumentStore(this IServiceCollection services) =>
        services.AddDocumentStore<LiteDbDocumentStore, LiteDbStoreOptions>(LiteDbDocumentStore.OpenAsync);
}
