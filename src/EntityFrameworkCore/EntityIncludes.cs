using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>
/// What is loaded with an entity: the navigations that its JSON has and those that a patch changes, so that GET and PATCH return the same
/// and a nested patch meets what there is. Rows of another tenant are not loaded with it.
/// </summary>
internal sealed class EntityIncludes<TEntity>
    where TEntity : class
{
    private readonly string? _tenant;
    private readonly List<string> _paths = [];
    private readonly HashSet<IEntityType> _types = [];
    private readonly Node _root;

    /// <exception cref="InvalidOperationException">The tenant of something that is included cannot be checked in the query.</exception>
    public EntityIncludes(IEntityType type, JsonTypeInfo json, EntityEndpoint endpoint)
    {
        _tenant = endpoint.Tenant;
        _root = Create(type, null, json, endpoint.Members, "", []);
    }

    /// <summary>Whether anything is included.</summary>
    public bool Any => _paths.Count > 0;

    /// <summary>The types of what is included, at any depth.</summary>
    public IReadOnlySet<IEntityType> Types => _types;

    /// <summary>What is included from the entity itself, and from what depends on it, at any depth.</summary>
    public IEnumerable<INavigationBase> OfDocument => From(_root);

    public IQueryable<TEntity> Apply(IQueryable<TEntity> query, object? tenant)
    {
        foreach (Node child in _root.Children.Where(static child => child.IsFiltered && child.Navigation!.IsCollection))
        {
            query = query.Provider.CreateQuery<TEntity>(IncludeOwn(query, child, tenant));
        }

        return _paths.Aggregate(query, static (query, path) => query.Include(path));
    }

    /// <summary>The condition that what the entity refers to is of the tenant as well; null where nothing needs it.</summary>
    public Expression? ReferencesOwn(Expression entity, object? tenant) => ReferencesOwn(entity, _root, tenant);

    private static IEnumerable<INavigationBase> From(Node node) => node.Children.SelectMany(static child =>
        child.Navigation is INavigation { IsOnDependent: false } dependent ? From(child).Prepend(dependent) : [child.Navigation!]);

    private Expression? ReferencesOwn(Expression instance, Node node, object? tenant)
    {
        Expression? all = null;
        foreach (Node child in node.Children.Where(static child => child.IsFiltered && !child.Navigation!.IsCollection))
        {
            Expression reference = Expression.MakeMemberAccess(instance, Member(child.Navigation!));
            if (IsOwn(reference, child, tenant) is { } own)
            {
                Expression condition = Expression.OrElse(Expression.Equal(reference, Expression.Constant(null, reference.Type)), own);
                all = all is null ? condition : Expression.AndAlso(all, condition);
            }
        }

        return all;
    }

    private Expression? IsOwn(Expression instance, Node node, object? tenant)
    {
        Expression? own = node.Tenant is null ? null : EntityValue.IsEqual(instance, node.Tenant, tenant);
        Expression? references = ReferencesOwn(instance, node, tenant);
        return own is null ? references : references is null ? own : Expression.AndAlso(own, references);
    }

    // query.Include(entity => entity.Lines.Where(line => line.TenantId == tenant))
    private MethodCallExpression IncludeOwn(IQueryable<TEntity> query, Node child, object? tenant)
    {
        Type type = child.Navigation!.TargetEntityType.ClrType;
        ParameterExpression entity = Expression.Parameter(typeof(TEntity), "entity"), item = Expression.Parameter(type, "item");
        LambdaExpression filter = Expression.Lambda(IsOwn(item, child, tenant)!, item);
        Expression items = Expression.MakeMemberAccess(entity, Member(child.Navigation!));
        LambdaExpression path = Expression.Lambda(
            Expression.Call(typeof(Enumerable), nameof(Enumerable.Where), [type], items, filter), entity);
        return Expression.Call(
            typeof(EntityFrameworkQueryableExtensions),
            nameof(EntityFrameworkQueryableExtensions.Include),
            [typeof(TEntity), path.ReturnType],
            query.Expression,
            Expression.Quote(path));
    }

    private Node Create(
        IEntityType type,
        INavigationBase? navigation,
        JsonTypeInfo? json,
        IReadOnlyList<EntityMember>? members,
        string path,
        IReadOnlyList<IEntityType> above)
    {
        var children = new List<Node>();
        foreach (INavigationBase next in type.GetNavigations().Cast<INavigationBase>().Concat(type.GetSkipNavigations()))
        {
            JsonTypeInfo? nextJson = JsonOf(next, json);
            IReadOnlyList<EntityMember>? nextMembers = members?.FirstOrDefault(member => member.Property == next.Name)?.Members;
            if ((nextJson is not null || nextMembers is not null) && !above.Contains(next.TargetEntityType))
            {
                string nextPath = path + next.Name;
                _types.UnionWith(next.TargetEntityType.GetDerivedTypesInclusive());
                if (!next.TargetEntityType.IsOwned())
                {
                    _paths.Add(nextPath);
                }

                children.Add(Create(next.TargetEntityType, next, nextJson, nextMembers, nextPath + ".", [.. above, type]));
            }
        }

        IProperty? tenant = navigation is null || IsTenantImplied(navigation) ? null : type.FindProperty(_tenant ?? "");
        var node = new Node(navigation, tenant, children);
        if (above.Count > 0 && children.Find(static child => child.IsFiltered && child.Navigation!.IsCollection) is { } deep)
        {
            throw new InvalidOperationException(
                $"{typeof(TEntity).Name} includes {path}{deep.Navigation!.Name}, whose rows have a tenant ({_tenant}) that the "
                + "foreign key does not contain. Add it to the foreign key, or leave the collection out of the JSON with [JsonIgnore].");
        }

        return node;
    }

    // The rows that a foreign key with the tenant refers to have the same one.
    private bool IsTenantImplied(INavigationBase navigation) =>
        _tenant is null
        || (navigation is INavigation { ForeignKey: var key } && key.Properties.Zip(key.PrincipalKey.Properties)
            .Any(pair => pair.First.Name == _tenant && pair.Second.Name == _tenant));

    private static JsonTypeInfo? JsonOf(INavigationBase navigation, JsonTypeInfo? json)
    {
        JsonPropertyInfo? property = json?.Properties
            .FirstOrDefault(property => (property.AttributeProvider as MemberInfo)?.Name == navigation.Name && property.Get is not null);
        if (property is null)
        {
            return null;
        }

        JsonTypeInfo target = property.Options.GetTypeInfo(property.PropertyType);
        return target.ElementType is { } item ? property.Options.GetTypeInfo(item) : target;
    }

    private static MemberInfo Member(INavigationBase navigation) => navigation.PropertyInfo ?? (MemberInfo?)navigation.FieldInfo
        ?? throw new InvalidOperationException($"{navigation.DeclaringType.DisplayName()}.{navigation.Name} is no property.");

    /// <param name="Navigation">How it is reached; null for the entity itself.</param>
    /// <param name="Tenant">The property that must be the caller's tenant; null where there is none, or it is by the foreign key.</param>
    /// <param name="Children">What is included from it.</param>
    private sealed record Node(INavigationBase? Navigation, IProperty? Tenant, IReadOnlyList<Node> Children)
    {
        /// <summary>Whether rows of another tenant must be filtered out.</summary>
        public bool IsFiltered { get; } =
            Tenant is not null || Children.Any(static child => child.IsFiltered && !child.Navigation!.IsCollection);
    }
}
