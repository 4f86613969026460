using Layers.PatchGen.Storage;
using Layers.PatchGen.Storage.Postgres;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a <see cref="PostgresDocumentStore"/>.</summary>
public static class PostgresDocumentStoreServiceCollectionExtensions
{
    /// <summary>
    /// Registers a store in PostgreSQL as the singleton <see cref="IDocumentStore"/>. The server and the tables, which
    /// <see cref="PostgresDocumentStore.MigrateAsync"/> creates, are checked when the host starts, and a problem stops the start; without a
    /// host, by the first call. The store is closed with the service provider, which must be disposed asynchronously.
    /// </summary>
    /// <remarks>
    /// Other configuration of <see cref="PostgresStoreOptions"/> applies as well:
    /// <c>services.Configure&lt;PostgresStoreOptions&gt;(configuration.GetSection("Store"))</c>. Invalid options stop the start.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddPostgresDocumentStore(this IServiceCollection services, Action<PostgresStoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Configure(configure);
        return services.AddPostgresDocumentStore();
    }

    /// <inheritdoc cref="AddPostgresDocumentStore(IServiceCollection, Action{PostgresStoreOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">The connection string (<see cref="PostgresStoreOptions.ConnectionString"/>).</param>
    public static IServiceCollection AddPostgresDocumentStore(this IServiceCollection services, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return services.AddPostgresDocumentStore(options => options.ConnectionString = connectionString);
    }

    /// <inheritdoc cref="AddPostgresDocumentStore(IServiceCollection, Action{PostgresStoreOptions})"/>
    /// <param name="services">The services. The options must be configured by another call.</param>
    public static IServiceCollection AddPostgresDocumentStore(this IServiceCollection services) =>
        services.AddDocumentStore<PostgresDocumentStore, PostgresStoreOptions>(PostgresDocumentStore.OpenAsync);
}
