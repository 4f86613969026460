using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>Finds the version of an entity in the model.</summary>
internal static class EntityVersionFinder
{
    private const string Sqlite = "Microsoft.EntityFrameworkCore.Sqlite";

    /// <returns>The version; null where the last write wins.</returns>
    /// <exception cref="InvalidOperationException">The model has no version that every change advances, or several.</exception>
    public static EntityVersion? Find(IEntityType type, EntityEndpoint endpoint, bool lastWriteWins, string? provider)
    {
        IProperty[] tokens = [.. type.GetProperties().Where(static property => property.IsConcurrencyToken)];
        IProperty[] candidates = endpoint.Version is null
            ? [.. tokens.Where(static token => IsMadeByDatabase(token) || token.ClrType == typeof(Guid))]
            : [Named(type, endpoint.Version)];
        string name = type.DisplayName();
        return candidates.Length switch
        {
            1 => Create(type, candidates[0], provider),
            0 when lastWriteWins => null,
            0 when tokens.Length > 0 => throw new InvalidOperationException(
                $"{name} has the concurrency token {tokens[0].Name}, but nothing says that every change advances it. If it is the "
                + $"version of the row, set Version = nameof({name}.{tokens[0].Name}) on the [PatchEndpoint]."),
            0 => throw new InvalidOperationException(
                $"{name} has no concurrency token, so concurrent patches would lose changes. Add a version, best a Guid with "
                + "[ConcurrencyCheck], which needs no more; or allow it with "
                + $"AddEntityFrameworkDocuments<TContext, {name}>(options => options.LastWriteWins = true)."),
            _ => throw new InvalidOperationException(
                $"{name} has several concurrency tokens that could be its version ({string.Join(", ", candidates.Select(c => c.Name))}): "
                + "set Version = nameof(...) on the [PatchEndpoint]."),
        };
    }

    private static IProperty Named(IEntityType type, string name)
    {
        IProperty property = type.FindProperty(name) ?? throw new InvalidOperationException(
            $"Version names {type.DisplayName()}.{name}, which is not a property of the model.");
        return property.IsConcurrencyToken ? property : throw new InvalidOperationException(
            $"Version names {type.DisplayName()}.{name}, which is not a concurrency token of the model: add [ConcurrencyCheck], or call "
            + "IsConcurrencyToken().");
    }

    private static EntityVersion Create(IEntityType type, IProperty version, string? provider)
    {
        if (!IsMadeByDatabase(version))
        {
            return EntityVersion.CanAdvance(version.ClrType) ? new(version, null) : throw new InvalidOperationException(
                $"{type.DisplayName()}.{version.Name}, a {version.ClrType.Name}, cannot be a version: use a Guid, an integer or a string.");
        }

        if (provider == Sqlite && version.GetComputedColumnSql() is null && !type.GetDeclaredTriggers().Any())
        {
            throw new InvalidOperationException(
                $"{type.DisplayName()}.{version.Name} is a row version, but SQLite does not make any, so that concurrent changes are not "
                + $"detected. Use a Guid with [ConcurrencyCheck], or declare the trigger that makes it: ToTable(t => "
                + "t.HasTrigger(\"...\")).");
        }

        // Something of the row itself must be written for the database to make a new version, also when only children were changed.
        IProperty touched = type.GetProperties().FirstOrDefault(
            static p => !p.IsKey() && !p.IsConcurrencyToken && p.GetAfterSaveBehavior() == PropertySaveBehavior.Save
                && p.ValueGenerated == ValueGenerated.Never)
            ?? throw new InvalidOperationException(
                $"{type.DisplayName()} has no column to write when only its children change, so that its version would not advance.");
        return new(version, touched);
    }

    private static bool IsMadeByDatabase(IProperty property) => (property.ValueGenerated & ValueGenerated.OnUpdate) != 0;
}
