using System.Collections;
using System.Collections.Specialized;
using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>The collections of an entity that a patch changes by key, at any depth.</summary>
internal sealed partial class EntityLists(IEntityType type, EntityEndpoint endpoint)
{
    private readonly List<Node> _nodes = Find(type, endpoint.Members, endpoint.Tenant);

    /// <summary>Whether there are any.</summary>
    public bool Any => _nodes.Count > 0;

    /// <summary>Whether a patch can create items.</summary>
    public bool CanCreate { get; } = Creates(endpoint.Members);

    /// <summary>
    /// Makes the collections as the next query returns them: the items of tables are ordered by their keys, since a database returns them
    /// in any order, and what was set to null is empty.
    /// </summary>
    public void Complete(object entity)
    {
        foreach ((Node list, object owner) in Lists(_nodes, entity))
        {
            list.Complete(owner);
        }
    }

    /// <summary>Tracks what a patch has added, as rows to insert.</summary>
    /// <param name="db">Tracks the entity.</param>
    /// <param name="entity">The entity.</param>
    /// <returns>Whether it can be saved: not if an item has the key of another one that is loaded.</returns>
    public bool TryTrack(DbContext db, object entity)
    {
        bool detects = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false; // Entry() would track new items otherwise.
        try
        {
            Complete(entity);
            EntityEntry root = db.Entry(entity);
            var added = new List<EntityEntry>();
            FindAdded(root, _nodes, endpoint.Tenant is null ? null : root.Property(endpoint.Tenant).CurrentValue, added);
            try
            {
                db.ChangeTracker.DetectChanges(); // Sets foreign keys.
            }
            catch (InvalidOperationException) when (added.Exists(entry => HasKeyOfAnother(db, entry)))
            {
                return false;
            }

            foreach (EntityEntry entry in added.Where(static entry => entry.State == EntityState.Modified))
            {
                entry.State = EntityState.Added; // It has a key already, so that EF Core assumes a row.
            }

            return true;
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    /// <summary>Finds what is not tracked, and gives it the tenant.</summary>
    /// <remarks>From parent to item, since several owned types may have one class.</remarks>
    private static void FindAdded(EntityEntry owner, IReadOnlyList<Node> nodes, object? tenant, List<EntityEntry> added)
    {
        foreach (Node node in nodes)
        {
            foreach (object item in node.Items(owner.Entity))
            {
                EntityEntry entry = node.Navigation.IsCollection
                    ? owner.Collection(node.Navigation).FindEntry(item)!
                    : owner.Reference(node.Navigation).TargetEntry!;
                if (entry.State == EntityState.Detached)
                {
                    if (node.Tenant is not null)
                    {
                        entry.Property(node.Tenant).CurrentValue = tenant;
                    }

                    added.Add(entry);
                }

                FindAdded(entry, node.Below, tenant, added);
            }
        }
    }

    private static bool HasKeyOfAnother(DbContext db, EntityEntry added)
    {
        IEntityType root = added.Metadata.GetRootType();
        IReadOnlyList<IProperty> key = root.FindPrimaryKey()!.Properties;
        return db.ChangeTracker.Entries().Any(other => other.Entity != added.Entity && other.Metadata.GetRootType() == root
            && key.All(p => p.GetKeyValueComparer().Equals(other.Property(p).CurrentValue, added.Property(p).CurrentValue)));
    }

    private static bool Creates(IReadOnlyList<EntityMember> members) =>
        members.Any(static member => member.List?.Creates is true || Creates(member.Members ?? []));

    private static List<Node> Find(IEntityType type, IReadOnlyList<EntityMember> members, string? tenant)
    {
        var nodes = new List<Node>();
        foreach (EntityMember member in members.Where(static member => member.Members is not null))
        {
            if (type.FindNavigation(member.Property) is { } navigation)
            {
                IEntityType target = navigation.TargetEntityType;
                IProperty? key = member.List is null ? null : target.FindProperty(member.List.Key);
                List<Node> below = Find(target, member.Members!, tenant);
                if (key is not null || below.Count > 0)
                {
                    nodes.Add(new(navigation, key, tenant is null ? null : target.FindProperty(tenant), below));
                }
            }
        }

        return nodes;
    }

    /// <summary>All lists, each with the object that has it; those of new items too.</summary>
    private static IEnumerable<(Node List, object Owner)> Lists(IReadOnlyList<Node> nodes, object owner)
    {
        foreach (Node node in nodes)
        {
            if (node.Key is not null)
            {
                yield return (node, owner);
            }

            foreach (object item in node.Items(owner))
            {
                foreach ((Node, object) below in Lists(node.Below, item))
                {
                    yield return below;
                }
            }
        }
    }

    /// <param name="Navigation">A collection, or a reference to something that has one.</param>
    /// <param name="Key">The key of the items; null for a reference.</param>
    /// <param name="Tenant">The property of an item that holds its tenant; null where there is none.</param>
    /// <param name="Below">The lists below it.</param>
    private sealed record Node(INavigation Navigation, IProperty? Key, IProperty? Tenant, IReadOnlyList<Node> Below)
    {
        // Columns of JSON have an order.
        private readonly bool _isSorted = Key is not null && !Navigation.TargetEntityType.IsMappedToJson();
        private readonly IComparer<object?> _comparer = Comparer<object?>.Create(Key?.ClrType == typeof(string)
            ? static (left, right) => string.CompareOrdinal((string?)left, (string?)right)
            : Comparer.DefaultInvariant.Compare);

        /// <summary>The items of a collection, or what is referred to.</summary>
        public IEnumerable<object> Items(object owner) => Navigation.GetGetter().GetClrValue(owner) switch
        {
            null => [],
            IEnumerable items when Navigation.IsCollection => items.Cast<object>(),
            var one => [one],
        };

        public void Complete(object owner)
        {
            IClrCollectionAccessor accessor = Navigation.GetCollectionAccessor()!;
            object items = accessor.GetOrCreate(owner, forMaterialization: false);
            if (!_isSorted || items is INotifyCollectionChanged)
            {
                return; // EF Core would take its events for changes.
            }

            object[] sorted = [.. Items(owner).OrderBy(item => Key!.GetGetter().GetClrValue(item), _comparer)];
            if (items is IList { IsReadOnly: false } list)
            {
                for (int i = 0; i < sorted.Length; i++)
                {
                    list[i] = sorted[i];
                }

                return;
            }

            // A HashSet fills the places that were freed last.
            Array.ForEach([.. Items(owner).Reverse()], item => accessor.Remove(owner, item));
            Array.ForEach(sorted, item => accessor.Add(owner, item, forMaterialization: false));
        }
    }
}
