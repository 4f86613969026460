using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <content>Checks of the model.</content>
internal sealed partial class EntityLists
{
    /// <summary>Checks a collection that is patched by key against the model.</summary>
    /// <exception cref="InvalidOperationException">It cannot be patched, and why.</exception>
    public static void Validate(INavigationBase collection, EntityMember member, string name, string? tenant)
    {
        IEntityType items = collection.TargetEntityType;
        string item = items.DisplayName();
        EntityList list = member.List!;
        ThrowIf(member.Members is null, "contains itself, and rows are loaded to a fixed depth; declare a patch for each level");
        ThrowIf(
            collection is not INavigation,
            $"is a many-to-many relationship: others may refer to the same {item}, which a patch would change for all of them; remove it "
            + "from the patch");
        ThrowIf(
            EntityMembers.IsRecord(items.ClrType),
            $"has items of type {item}, a record, which a patch copies, and EF Core saves only the instance that it tracks; declare it "
            + "as a class");
        IProperty? key = items.FindProperty(list.Key);
        ThrowIf(key is null, $"is patched by {item}.{list.Key}, which is not in the model; map it");
        if (!items.IsMappedToJson())
        {
            IForeignKey parent = ((INavigation)collection).ForeignKey;
            ValidateKey(key!, parent);
            ValidateRemoval(parent);
            ValidateCreation(key!, parent);
        }

        void ValidateKey(IProperty key, IForeignKey parent)
        {
            IEnumerable<IReadOnlyList<IProperty>> unique = items.GetKeys().Select(static one => one.Properties)
                .Concat(items.GetIndexes().Where(static one => one.IsUnique && one.GetFilter() is null)
                    .Select(static one => one.Properties));
            ThrowIf(
                !unique.Any(one => one.Contains(key) && one.All(p => p == key || p.Name == tenant || parent.Properties.Contains(p))),
                $"is patched by {item}.{key.Name}, which is not unique among the items of one {parent.PrincipalEntityType.DisplayName()}; "
                + $"make it part of the primary key, or declare HasIndex({Names(parent)}, \"{key.Name}\").IsUnique()");
        }

        void ValidateRemoval(IForeignKey parent) => ThrowIf(
            list.Removes && !(parent is { IsRequired: true, DeleteBehavior: DeleteBehavior.Cascade or DeleteBehavior.ClientCascade }),
            $"has items that null removes, but a {item} may exist without its {parent.PrincipalEntityType.DisplayName()}, so that its row "
            + $"would stay: declare the relationship with IsRequired() and OnDelete(DeleteBehavior.Cascade), or declare the dictionary and "
            + "its values without '?'");

        void ValidateCreation(IProperty key, IForeignKey parent)
        {
            ThrowIf(
                list.Creates && key.ValueGenerated != ValueGenerated.Never,
                $"creates items by {item}.{key.Name}, which is generated: remove AllowCreate, patch by another unique property, or call "
                + "ValueGeneratedNever() on it");
            IProperty? unset = items.FindPrimaryKey()!.Properties.FirstOrDefault(p => p != key && p.Name != tenant
                && p.ValueGenerated == ValueGenerated.Never && !parent.Properties.Contains(p));
            ThrowIf(
                list.Creates && unset is not null,
                $"creates items, but nothing sets {item}.{unset?.Name} of their primary key: remove AllowCreate, or let it be generated");
        }

        void ThrowIf(bool isWrong, string reason) => EntityMembers.ThrowIf(isWrong, name, reason);
    }

    private static string Names(IForeignKey key) => string.Join(", ", key.Properties.Select(static p => $"\"{p.Name}\""));
}
