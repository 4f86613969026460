using System.Transactions;
using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>One PATCH of an entity: it is loaded, changed and saved if its version is still the same; tried until it is.</summary>
internal sealed class EntityPatch<TEntity>(
    DbContext db, EntityPlan<TEntity> plan, DocumentRequest<TEntity> request, DocumentChange<TEntity> change)
    where TEntity : class
{
    // What the application has loaded before stays tracked, but for instances of the document: a query would return them as they are.
    private readonly HashSet<object> _tracked =
        [.. db.ChangeTracker.Entries().Where(entry => !plan.IsLoaded(entry.Metadata)).Select(static entry => entry.Entity)];

    // Drawn for an attempt whose outcome is not known.
    private string? _drawn;

    /// <returns>The result; null if another writer came between.</returns>
    public async ValueTask<SourceResult<TEntity>?> TryAsync(CancellationToken cancellationToken)
    {
        bool isSaved = false;
        try
        {
            Forget();
            TEntity? before = null;
            string? beforeVersion = null;
            if (change.NeedsBefore)
            {
                // Another instance, since this one is changed in place.
                EntityLoad<TEntity> first = await LoadAsync(isTracking: false, cancellationToken);
                if (!first.IsFound)
                {
                    return first.Result;
                }

                (before, beforeVersion) = (first.Document.Value, first.Document.Version);
            }

            EntityLoad<TEntity> load = await LoadAsync(isTracking: true, cancellationToken);
            if (!load.IsFound)
            {
                return load.Result;
            }

            SourceDocument<TEntity> current = load.Document with { Changed = Track };
            if (_drawn is not null && current.Version == _drawn)
            {
                isSaved = true; // by the attempt before, although it seemed to fail
                return new(SourceStatus.Changed, current);
            }

            if (before is not null && beforeVersion != current.Version)
            {
                return null; // changed between the two queries
            }

            SourceResult<TEntity> result = await ApplyAsync(current, before);
            if (result.Status != SourceStatus.Changed)
            {
                return result;
            }

            (isSaved, SourceResult<TEntity>? saved) = await SaveAsync(result.Document.Value, cancellationToken);
            return saved;
        }
        finally
        {
            if (!isSaved)
            {
                Forget();
            }
        }
    }

    private async ValueTask<EntityLoad<TEntity>> LoadAsync(bool isTracking, CancellationToken cancellationToken) =>
        new(plan, await plan.LoadAsync(db, request, isTracking, cancellationToken));

    private async ValueTask<SourceResult<TEntity>> ApplyAsync(SourceDocument<TEntity> current, TEntity? before)
    {
        // Rules of the handler may use the same context. Saving it would save what they have not accepted yet.
        db.SavingChanges += ThrowWhileChecking;
        try
        {
            return before is null ? await change.ApplyAsync(current) : await change.ApplyWithBeforeAsync(current, before);
        }
        finally
        {
            db.SavingChanges -= ThrowWhileChecking;
        }
    }

    private void Track(TEntity entity)
    {
        if (plan.Lists.Any && !plan.Lists.TryTrack(db, entity))
        {
            throw new PatchRejectedException(EntityFaults.BrokenRule(request.Endpoint.Resource));
        }
    }

    private static void ThrowWhileChecking(object? sender, SavingChangesEventArgs e) => throw new InvalidOperationException(
        $"CheckAsync must not save the context that tracks the patched {typeof(TEntity).Name}. Use another context.");

    /// <returns>Whether it was saved, and the result; null where another writer came between.</returns>
    private async ValueTask<(bool IsSaved, SourceResult<TEntity>? Result)> SaveAsync(TEntity entity, CancellationToken cancellationToken)
    {
        db.ChangeTracker.DetectChanges();
        EntityEntry<TEntity> root = db.Entry(entity);
        if (!await HaveOwnReferencesAsync(root, cancellationToken))
        {
            change.Reject(EntityFaults.BrokenRule(request.Endpoint.Resource));
            return (false, new(SourceStatus.Rejected));
        }

        foreach (EntityEntry entry in db.ChangeTracker.Entries().Where(static entry => entry.State != EntityState.Unchanged))
        {
            ThrowIfNotWritable(entry.Metadata);
            EntityTimes.Normalize(entry);
        }

        object? before = plan.Version is null ? null : root.Property(plan.Version.Property).OriginalValue;
        plan.Version?.Advance(root);
        string? drawn = plan.VersionOf(root);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (Exception e) when (EntityFaults.IsConflict(e))
        {
            // A Guid is not drawn twice: if the row has it, then this attempt was saved, and only its acknowledgement was lost.
            _drawn = plan.Version?.Property.ClrType == typeof(Guid) ? drawn : null;
            return (false, CanRetry() ? null : new(SourceStatus.Conflict));
        }
        catch (Exception e) when (EntityFaults.Rejection(e, request.Endpoint.Resource) is { } rejection)
        {
            if (CanRetry() && await HasChangedAsync(before, cancellationToken))
            {
                return (false, null); // Another writer may have created the same item, which this patch then changes.
            }

            change.Reject(rejection);
            return (false, new(SourceStatus.Rejected));
        }
        catch (Exception e) when (EntityFaults.Unavailable(e, isSave: true) is { } unavailable)
        {
            throw unavailable;
        }

        plan.Version?.EnsureAdvanced(root, before);
        return (true, new(SourceStatus.Changed, new(entity, plan.VersionOf(root))));
    }

    /// <summary>Whether the row has another version, where the patch may have created items.</summary>
    private async ValueTask<bool> HasChangedAsync(object? version, CancellationToken cancellationToken)
    {
        if (!plan.Lists.CanCreate || plan.Version is null || db.Database.CurrentTransaction is not null || Transaction.Current is not null)
        {
            return false;
        }

        IReadOnlyList<LoadedEntity<TEntity>> now = await plan.LoadAsync(db, request, isTracking: false, cancellationToken);
        return now.Count == 1 && EntityVersion.Text(now[0].Version) != EntityVersion.Text(version);
    }

    /// <summary>
    /// Loads what changed foreign keys refer to, which the response may contain. A row of another tenant is as if it did not exist.
    /// </summary>
    private async ValueTask<bool> HaveOwnReferencesAsync(EntityEntry<TEntity> root, CancellationToken cancellationToken)
    {
        List<EntityEntry> changed =
            [.. db.ChangeTracker.Entries().Where(static entry => entry.State is EntityState.Modified or EntityState.Added)];
        foreach (ReferenceEntry reference in changed.SelectMany(static entry => entry.References))
        {
            if (HasChanged(reference))
            {
                await LoadAsync(reference, cancellationToken);
                if (reference.TargetEntry is { } target && plan.TenantOf(target.Metadata) is { } tenant
                    && !Equals(target.Property(tenant).CurrentValue, root.Property(plan.TenantOf(root.Metadata)!).CurrentValue))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool HasChanged(ReferenceEntry reference) =>
        reference.Metadata is INavigation { IsOnDependent: true, ForeignKey: { IsOwnership: false } key }
        && (reference.EntityEntry.State == EntityState.Added
            || key.Properties.Any(property => reference.EntityEntry.Property(property).IsModified));

    private static async ValueTask LoadAsync(ReferenceEntry reference, CancellationToken cancellationToken)
    {
        if (reference.TargetEntry is not null)
        {
            return; // An item's parent, or what a rule has loaded.
        }

        reference.IsLoaded = false;
        try
        {
            await reference.LoadAsync(cancellationToken);
        }
        catch (Exception e) when (EntityFaults.Unavailable(e, isSave: false) is { } unavailable)
        {
            throw unavailable;
        }
    }

    private void ThrowIfNotWritable(IEntityType type)
    {
        if (!plan.IsWritable(type))
        {
            throw new InvalidOperationException(
                $"The patch of {typeof(TEntity).Name} would change {type.DisplayName()}, which is not a part of it. Nothing was "
                + $"saved. Allow it with {nameof(EntityDocumentOptions<object>.PatchReference)}, or do not change it.");
        }
    }

    // EF Core finds an item that it could not add to a column of JSON again, in its place, also when it was detached.
    private bool CanRetry() => _tracked.Count == 0
        || !db.ChangeTracker.Entries().Any(static entry => entry.State == EntityState.Added && entry.Metadata.IsMappedToJson());

    // What was loaded for this patch and not saved must not be saved later.
    private void Forget()
    {
        if (_tracked.Count == 0)
        {
            db.ChangeTracker.Clear();
            return;
        }

        bool detects = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (EntityEntry entry in db.ChangeTracker.Entries().Where(entry => !_tracked.Contains(entry.Entity)).ToList())
        {
            entry.State = EntityState.Detached;
        }

        db.ChangeTracker.AutoDetectChangesEnabled = detects;
    }
}
