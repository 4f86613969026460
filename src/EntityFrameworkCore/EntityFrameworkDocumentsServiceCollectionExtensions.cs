using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers entities of Entity Framework Core as the documents of patch endpoints.</summary>
public static class EntityFrameworkDocumentsServiceCollectionExtensions
{
    private static readonly MethodInfo AddEntity = typeof(EntityFrameworkDocumentsServiceCollectionExtensions)
        .GetMethods().Single(static method => method.GetGenericArguments().Length == 2);

    /// <summary>
    /// Registers the entities of all <see cref="DbSet{TEntity}"/> properties of a context. Their endpoints then read and patch rows with
    /// the <typeparamref name="TContext"/> of the request.
    /// </summary>
    /// <remarks>
    /// Uses reflection. To register one entity without, or one that has no <see cref="DbSet{TEntity}"/> property, or to set its options,
    /// call <see cref="AddEntityFrameworkDocuments{TContext, TEntity}"/>.
    /// </remarks>
    /// <param name="services">The services, which have the context.</param>
    /// <returns>The same services.</returns>
    [RequiresUnreferencedCode("Finds the entities by reflection; register each by AddEntityFrameworkDocuments<TContext, TEntity>().")]
    [RequiresDynamicCode("Finds the entities by reflection; register each by AddEntityFrameworkDocuments<TContext, TEntity>().")]
    public static IServiceCollection AddEntityFrameworkDocuments<TContext>(this IServiceCollection services)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(services);
        foreach (Type type in typeof(TContext).GetProperties().Select(static property => property.PropertyType))
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(DbSet<>))
            {
                AddEntity.MakeGenericMethod(typeof(TContext), type.GenericTypeArguments[0]).Invoke(null, [services, null]);
            }
        }

        return services;
    }

    /// <summary>Registers one entity of a context. Of several calls, each sets its options.</summary>
    /// <param name="services">The services, which have the context.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddEntityFrameworkDocuments<TContext, TEntity>(
        this IServiceCollection services, Action<EntityDocumentOptions<TEntity>>? configure = null)
        where TContext : DbContext
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddOptions();
        services.TryAddSingleton<EntityLocks>();
        services.TryAddSingleton<EntityPlans<TEntity>>();
        services.TryAddSingleton<IDocumentSourceValidator<TEntity>, EntityValidator<TContext, TEntity>>();
        services.TryAddScoped<IDocumentSource<TEntity>, EntityDocumentSource<TContext, TEntity>>();
        return services;
    }
}
