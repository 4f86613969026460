using Layers.PatchGen.Storage;
using Layers.PatchGen.Storage.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a <see cref="SqliteDocumentStore"/>.</summary>
public static class SqliteDocumentStoreServiceCollectionExtensions
{
    /// <summary>
    /// Registers a store in SQLite as the singleton <see cref="IDocumentStore"/>. It is opened when the host starts, so that a database
    /// that cannot be opened stops the start; without a host, by the first call. It is closed with the service provider, which must be
    /// disposed asynchronously.
    /// </summary>
    /// <remarks>
    /// Other configuration of <see cref="SqliteStoreOptions"/> applies as well:
    /// <c>services.Configure&lt;SqliteStoreOptions&gt;(configuration.GetSection("Store"))</c>. Invalid options stop the start.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddSqliteDocumentStore(this IServiceCollection services, Action<SqliteStoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Configure(configure);
        return services.AddSqliteDocumentStore();
    }

    /// <inheritdoc cref="AddSqliteDocumentStore(IServiceCollection, Action{SqliteStoreOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="path">The database: a file or a folder on a local disk (<see cref="FileStoreOptions.Path"/>).</param>
    public static IServiceCollection AddSqliteDocumentStore(this IServiceCollection services, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return services.AddSqliteDocumentStore(options => options.Path = path);
    }

    /// <inheritdoc cref="AddSqliteDocumentStore(IServiceCollection, Action{SqliteStoreOptions})"/>
    /// <param name="services">The services. The options must be configured by another call.</param>
    public static IServiceCollection AddSqliteDocumentStore(this IServiceCollection services) =>
        services.AddDocumentStore<SqliteDocumentStore, SqliteStoreOptions>(SqliteDocumentStore.OpenAsync);
}
