using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>What an UPDATE of a patch needs to know of the model. Checked once for each model.</summary>
internal static class EntityUpdate<TPatch, TEntity>
    where TPatch : IEntityPatch<TPatch, TEntity>
    where TEntity : class
{
    private static readonly ConditionalWeakTable<IEntityType, StrongBox<EntityVersion?>> Versions = [];

    /// <summary>The version to advance; null for an entity without concurrency tokens.</summary>
    /// <exception cref="InvalidOperationException">The patch does not agree with the model.</exception>
    public static EntityVersion? VersionOf(IQueryable<TEntity> query)
    {
        var root = new RootFinder();
        root.Visit(query.Expression);
        return root.Type is { } type
            ? Versions.GetValue(type, Create).Value
            : throw new InvalidOperationException($"The query does not begin with a DbSet<{typeof(TEntity).Name}>.");
    }

    private static StrongBox<EntityVersion?> Create(IEntityType type)
    {
        var endpoint = new EntityEndpoint { Version = TPatch.Version, Members = TPatch.Members };
        EntityMembers.Validate(type, endpoint, new HashSet<string>());
        bool hasTokens = type.GetProperties().Any(static property => property.IsConcurrencyToken);
        return new(EntityVersionFinder.Find(type, endpoint, lastWriteWins: !hasTokens, provider: null));
    }

    private sealed class RootFinder : ExpressionVisitor
    {
        public IEntityType? Type { get; private set; }

        protected override Expression VisitExtension(Expression node)
        {
            if (node is EntityQueryRootExpression root && typeof(TEntity).IsAssignableFrom(root.EntityType.ClrType))
            {
                Type ??= root.EntityType;
            }

            return node;
        }
    }
}
