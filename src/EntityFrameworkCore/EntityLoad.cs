using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>What a query has found.</summary>
internal readonly struct EntityLoad<TEntity>(EntityPlan<TEntity> plan, IReadOnlyList<LoadedEntity<TEntity>> found)
    where TEntity : class
{
    /// <summary>Whether it is one document.</summary>
    public bool IsFound => found.Count == 1;

    public SourceDocument<TEntity> Document => ToDocument(plan, found[0]);

    public SourceResult<TEntity> Result
    {
        get
        {
            EntityPlan<TEntity> its = plan;
            return found.Count switch
            {
                0 => new(SourceStatus.NotFound),
                1 => new(SourceStatus.Found, Document),
                _ => new(SourceStatus.Ambiguous) { Candidates = [.. found.Select(one => ToDocument(its, one))] },
            };
        }
    }

    private static SourceDocument<TEntity> ToDocument(EntityPlan<TEntity> plan, LoadedEntity<TEntity> loaded) =>
        new(loaded.Entity, plan.Version is null ? null : EntityVersion.Text(loaded.Version)) { Changed = plan.Lists.Complete };
}
