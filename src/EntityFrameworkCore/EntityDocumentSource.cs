using System.Diagnostics;
using System.Transactions;
using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>
/// Entities as documents. Uses the context of the request: its transaction, its query filters and interceptors, its execution strategy.
/// </summary>
internal sealed class EntityDocumentSource<TContext, TEntity>(TContext db, EntityPlans<TEntity> plans, EntityLocks locks)
    : IDocumentSource<TEntity>
    where TContext : DbContext
    where TEntity : class
{
    public async ValueTask<SourceResult<TEntity>> FindAsync(DocumentRequest<TEntity> request, CancellationToken cancellationToken)
    {
        EntityPlan<TEntity> plan = plans.Get(db, request.Endpoint, request.Json);
        return new EntityLoad<TEntity>(plan, await plan.LoadAsync(db, request, isTracking: false, cancellationToken)).Result;
    }

    public async ValueTask<SourceResult<TEntity>> PatchAsync(
        DocumentRequest<TEntity> request, DocumentChange<TEntity> change, CancellationToken cancellationToken)
    {
        if (db.ChangeTracker.HasChanges())
        {
            throw new InvalidOperationException(
                $"{typeof(TContext).Name} has changes that were not saved before the PATCH of {typeof(TEntity).Name}, and that would "
                + "be saved with it. Save them, or use another context.");
        }

        EntityPlan<TEntity> plan = plans.Get(db, request.Endpoint, request.Json);
        bool isInTransaction = db.Database.CurrentTransaction is not null || Transaction.Current is not null;
        TimeSpan timeout = plans.Options.RetryTimeout;
        long start = Stopwatch.GetTimestamp();

        int row = plan.Row(request);
        var patch = new EntityPatch<TEntity>(db, plan, request, change);
        IDisposable? held = null;
        try
        {
            for (int tried = 0; ; tried++)
            {
                // With rules of the handler, which may take long, only where patches of the row have met. Never in a transaction of the
                // application's, which may hold locks of the database.
                if (held is null && !isInTransaction && (!change.HasCheck || tried > 0 || locks.IsHeld(row)))
                {
                    held = await locks.EnterAsync(row, timeout - Stopwatch.GetElapsedTime(start), cancellationToken);
                }

                if (await patch.TryAsync(cancellationToken) is { } result)
                {
                    return result;
                }

                if (isInTransaction || Stopwatch.GetElapsedTime(start) >= timeout)
                {
                    return new(SourceStatus.Conflict);
                }

                // Random pauses, so that concurrent requests do not meet again.
                await Task.Delay(Random.Shared.Next(1 << Math.Min(tried, 6)), cancellationToken);
            }
        }
        finally
        {
            held?.Dispose();
        }
    }
}
