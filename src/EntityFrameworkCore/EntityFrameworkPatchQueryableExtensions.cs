using System.Linq.Expressions;
using Layers.PatchGen;
using Layers.PatchGen.EntityFrameworkCore;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Executes patches in the database, without loading entities.</summary>
public static class EntityFrameworkPatchQueryableExtensions
{
    /// <summary>
    /// Sets the members that were sent, in one UPDATE of the rows that a query matches. Advances the version of the entity and sets its
    /// <see cref="ChangedAtAttribute"/> property.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Nothing is loaded, so entities that are tracked do not change, and a patch that changes no value advances the version as well. The
    /// version is the concurrency token that the database makes, a <see cref="Guid"/>, or the one that <c>[PatchEndpoint]</c> names. A
    /// <see cref="DateTimeOffset"/> is stored in UTC.
    /// </para>
    /// <para>
    /// Members of nested patches are columns of required owned or complex types. What one UPDATE cannot set is reported by PG0027 where the
    /// method is called; owned types that are mapped to JSON are an exception of Entity Framework Core.
    /// </para>
    /// </remarks>
    /// <param name="query">The rows: <c>db.Orders.Where(order => order.Id == id)</c>.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="cancellationToken">Cancels the command. The change may be made all the same.</param>
    /// <exception cref="InvalidOperationException">
    /// The patch does not agree with the model, or nothing says which of the entity's concurrency tokens to advance.
    /// </exception>
    public static Task<ExecutePatchResult> ExecutePatchAsync<TPatch, TEntity>(
        this IQueryable<TEntity> query, TPatch patch, CancellationToken cancellationToken = default)
        where TPatch : IPatch<TPatch>, IEntityPatch<TPatch, TEntity>
        where TEntity : class => ExecuteAsync(query, patch, null, cancellationToken);

    /// <summary>The same, if the version of the row is still the given one.</summary>
    /// <param name="query">The row: <c>db.Orders.Where(order => order.Id == id)</c>.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="ifVersion">The version, in the type of its property.</param>
    /// <param name="cancellationToken">Cancels the command. The change may be made all the same.</param>
    /// <exception cref="ArgumentException">The version has another type than its property.</exception>
    /// <inheritdoc cref="ExecutePatchAsync{TPatch, TEntity}(IQueryable{TEntity}, TPatch, CancellationToken)"/>
    public static Task<ExecutePatchResult> ExecutePatchAsync<TPatch, TEntity>(
        this IQueryable<TEntity> query, TPatch patch, object ifVersion, CancellationToken cancellationToken = default)
        where TPatch : IPatch<TPatch>, IEntityPatch<TPatch, TEntity>
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(ifVersion);
        return ExecuteAsync(query, patch, ifVersion, cancellationToken);
    }

    private static async Task<ExecutePatchResult> ExecuteAsync<TPatch, TEntity>(
        IQueryable<TEntity> query, TPatch patch, object? ifVersion, CancellationToken cancellationToken)
        where TPatch : IPatch<TPatch>, IEntityPatch<TPatch, TEntity>
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(patch);
        EntityVersion? version = EntityUpdate<TPatch, TEntity>.VersionOf(query);
        if (patch.IsEmpty)
        {
            return ExecutePatchResult.NothingToDo;
        }

        IQueryable<TEntity> rows = ifVersion is null ? query : query.Where(Has<TEntity>(version, ifVersion));
        int changed = await rows.ExecuteUpdateAsync(
            setters =>
            {
                TPatch.AddSetters(patch, setters, DateTimeOffset.UtcNow);
                version?.Advance(setters);
            },
            cancellationToken);
        return changed > 0 ? ExecutePatchResult.Changed
            : ifVersion is not null && await query.AnyAsync(cancellationToken) ? ExecutePatchResult.OtherVersion
            : ExecutePatchResult.NotFound;
    }

    private static Expression<Func<TEntity, bool>> Has<TEntity>(EntityVersion? version, object value)
    {
        if (version is null || value.GetType() != (Nullable.GetUnderlyingType(version.Property.ClrType) ?? version.Property.ClrType))
        {
            throw new ArgumentException(
                version is null
                    ? $"{typeof(TEntity).Name} has no version."
                    : $"The version of {typeof(TEntity).Name} is a {version.Property.ClrType.Name}, not a {value.GetType().Name}.",
                nameof(value));
        }

        ParameterExpression entity = Expression.Parameter(typeof(TEntity), "entity");
        return Expression.Lambda<Func<TEntity, bool>>(EntityValue.IsEqual(entity, version.Property, value), entity);
    }
}
