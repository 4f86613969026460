using System.Linq.Expressions;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>An entity with its version, as one query reads them. The version may be a shadow property.</summary>
internal sealed record LoadedEntity<TEntity>(TEntity Entity, object? Version);

/// <summary>How the entities of an endpoint are found, loaded and changed according to the model. Created once.</summary>
internal sealed class EntityPlan<TEntity>
    where TEntity : class
{
    private readonly IEntityType _type;
    private readonly IReadOnlyList<EntityValue> _values;
    private readonly EntityValue? _tenant;
    private readonly EntityIncludes<TEntity> _includes;
    private readonly HashSet<IReadOnlyTypeBase> _writable;
    private readonly bool _isUnique;
    private readonly Expression<Func<TEntity, LoadedEntity<TEntity>>> _select;
    private readonly Expression<Func<TEntity, object?>> _order;

    /// <exception cref="InvalidOperationException">The declaration of the endpoint does not agree with the model, and how.</exception>
    public EntityPlan(
        IModel model, string? provider, PatchEndpoint endpoint, JsonTypeInfo<TEntity> json, EntityDocumentOptions<TEntity> options)
    {
        EntityEndpoint entity = endpoint.Entity ?? throw new InvalidOperationException(
            $"{endpoint.Pattern} patches the entity {typeof(TEntity).Name}. Set Tenant = nameof(...) on its [PatchEndpoint] to the "
            + "property that holds the tenant of a row, or SingleTenant = true.");
        _type = model.FindEntityType(typeof(TEntity)) ?? throw new InvalidOperationException(
            $"{typeof(TEntity).Name} is not an entity of the model.");
        EntityValue[] matched = [.. endpoint.RouteParameters.Concat(endpoint.Selectors).Select(member => Matched(endpoint, member))];
        _values = [.. matched.DistinctBy(static value => value.Property)];
        _tenant = entity.Tenant is null ? null : new(PropertyOf(entity.Tenant, "Tenant"));
        Version = EntityVersionFinder.Find(_type, entity, options.LastWriteWins, provider);
        EntityMembers.Validate(_type, entity, options.References);
        Lists = new(_type, entity);
        _includes = new(_type, json, entity);
        _writable = EntityMembers.Writable(_type, _includes.OfDocument, options.References);
        _isUnique = _type.GetKeys().Any(
            key => key.Properties.All(p => p == _tenant?.Property || _values.Any(value => value.Property == p)));

        ParameterExpression row = Expression.Parameter(typeof(TEntity), "entity");
        Expression version = Version is null
            ? Expression.Constant(null)
            : Expression.Convert(EntityValue.Of(row, Version.Property), typeof(object));
        _select = Expression.Lambda<Func<TEntity, LoadedEntity<TEntity>>>(
            Expression.New(typeof(LoadedEntity<TEntity>).GetConstructors()[0], row, version), row);
        IProperty last = _type.FindPrimaryKey()?.Properties[^1]
            ?? throw new InvalidOperationException($"{_type.DisplayName()} has no key, so that its rows cannot be updated.");
        _order = Expression.Lambda<Func<TEntity, object?>>(Expression.Convert(EntityValue.Of(row, last), typeof(object)), row);
    }

    /// <summary>The version; null for an entity without.</summary>
    public EntityVersion? Version { get; }

    /// <summary>The collections that a patch changes by key.</summary>
    public EntityLists Lists { get; }

    /// <summary>Whether instances of a type are loaded with the entity.</summary>
    public bool IsLoaded(IEntityType type) => Owner(type) is var owner && (_writable.Contains(owner) || _includes.Types.Contains(owner));

    /// <summary>Whether a change of the document may change instances of a type.</summary>
    public bool IsWritable(IEntityType type) => _writable.Contains(Owner(type));

    /// <summary>The query of a request; null where no row can match.</summary>
    private IQueryable<LoadedEntity<TEntity>>? Query(DbContext db, DocumentRequest<TEntity> request, bool isTracking)
    {
        ParameterExpression row = Expression.Parameter(typeof(TEntity), "entity");
        Expression? where = null;
        object? tenant = null;
        if (_tenant is not null)
        {
            // A caller without a tenant reaches no row, not those whose tenant is empty.
            if (request.Tenant.Length == 0 || !_tenant.TryConvert(request.Tenant, out tenant))
            {
                return null;
            }

            And(EntityValue.IsEqual(row, _tenant.Property, tenant));
        }

        foreach (EntityValue value in _values)
        {
            if (request[value.Property.Name] is { } sent)
            {
                if (!value.TryConvert(sent, out object? converted))
                {
                    return null;
                }

                And(EntityValue.IsEqual(row, value.Property, converted));
            }
        }

        if (_includes.ReferencesOwn(row, tenant) is { } own)
        {
            And(own);
        }

        IQueryable<TEntity> query = db.Set<TEntity>();
        query = isTracking ? query.AsTracking() : _includes.Any ? query.AsNoTrackingWithIdentityResolution() : query.AsNoTracking();
        query = _includes.Apply(query, tenant).Where(Expression.Lambda<Func<TEntity, bool>>(where!, row));
        return (_isUnique ? query : query.OrderBy(_order).Take(TransformResult.MaxCandidates)).Select(_select);

        void And(Expression condition) => where = where is null ? condition : Expression.AndAlso(where, condition);
    }

    /// <summary>Loads what a request matches.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be reached or is too busy.</exception>
    public async ValueTask<IReadOnlyList<LoadedEntity<TEntity>>> LoadAsync(
        DbContext db, DocumentRequest<TEntity> request, bool isTracking, CancellationToken cancellationToken)
    {
        try
        {
            List<LoadedEntity<TEntity>> found =
                Query(db, request, isTracking) is { } query ? await query.ToListAsync(cancellationToken) : [];
            found.ForEach(one => Lists.Complete(one.Entity));
            return found;
        }
        catch (Exception e) when (EntityFaults.IsImpossibleValue(e))
        {
            return [];
        }
        catch (Exception e) when (EntityFaults.Unavailable(e, isSave: false) is { } unavailable)
        {
            throw unavailable;
        }
    }

    /// <summary>The version of a tracked entity; null for an entity without.</summary>
    public string? VersionOf(EntityEntry entry) =>
        Version is null ? null : EntityVersion.Text(entry.Property(Version.Property).CurrentValue);

    /// <summary>The property of a type that holds the tenant; null without one.</summary>
    public IProperty? TenantOf(IEntityType type) => _tenant is null ? null : type.FindProperty(_tenant.Property.Name);

    /// <summary>A number that is equal for requests of one row by the same values.</summary>
    public int Row(DocumentRequest<TEntity> request)
    {
        HashCode hash = default;
        hash.Add(typeof(TEntity));
        hash.Add(request.Tenant);
        foreach (EntityValue value in _values)
        {
            hash.Add(request[value.Property.Name]);
        }

        return hash.ToHashCode();
    }

    private EntityValue Matched(PatchEndpoint endpoint, EndpointMember member)
    {
        var value = new EntityValue(_type.FindProperty(member.Property) ?? throw new InvalidOperationException(
            $"\"{member.Name}\" of {endpoint.Pattern} is matched against {typeof(TEntity).Name}.{member.Property}, which is not in "
            + "the model."));
        return value.IsSupported ? value : throw new InvalidOperationException(
            $"\"{member.Name}\" of {endpoint.Pattern} is matched against {typeof(TEntity).Name}.{member.Property}, a "
            + $"{value.Property.ClrType.Name} that the model does not store as a string, Guid or integer. Give it a value converter.");
    }

    private static IEntityType Owner(IEntityType type)
    {
        while (type.FindOwnership() is { } ownership)
        {
            type = ownership.PrincipalEntityType;
        }

        return type;
    }

    private IProperty PropertyOf(string name, string argument)
    {
        IProperty property = _type.FindProperty(name) ?? throw new InvalidOperationException(
            $"{argument} names {typeof(TEntity).Name}.{name}, which is not a property of the model.");
        return property;
    }
}
