using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>
/// Makes changed times what the database returns for them, so that the response of a PATCH is that of the next GET. Columns have fewer
/// digits than .NET (PostgreSQL has microseconds), and PostgreSQL's provider rejects times that are not in UTC.
/// </summary>
internal static class EntityTimes
{
    private const string Npgsql = "Npgsql.EntityFrameworkCore.PostgreSQL";

    public static void Normalize(EntityEntry entry)
    {
        bool isNpgsql = entry.Context.Database.ProviderName == Npgsql;
        foreach (PropertyEntry property in Properties(entry))
        {
            if (property.IsModified || entry.State == EntityState.Added)
            {
                Normalize(property, isNpgsql);
            }
        }
    }

    private static IEnumerable<PropertyEntry> Properties(EntityEntry entry) =>
        entry.Properties.Concat(entry.ComplexProperties.SelectMany(Properties));

    private static IEnumerable<PropertyEntry> Properties(ComplexPropertyEntry entry) =>
        entry.CurrentValue is null ? [] : entry.Properties.Concat(entry.ComplexProperties.SelectMany(Properties));

    private static void Normalize(PropertyEntry entry, bool isNpgsql)
    {
        IProperty property = entry.Metadata;
        int digits = Math.Clamp(property.GetPrecision() ?? (isNpgsql ? 6 : 7), 0, 7);
        var unit = (long)Math.Pow(10, 7 - digits);
        bool isChangedAt = property.PropertyInfo?.IsDefined(typeof(ChangedAtAttribute), inherit: true) is true;
        object? value = (entry.CurrentValue, entry.OriginalValue) switch
        {
            (DateTimeOffset now, var last) => Normalize(
                now, unit, isNpgsql, isChangedAt && last is DateTimeOffset before ? before.UtcTicks : null),
            (DateTime now, var last) => Normalize(
                now, unit, isNpgsql ? property.GetColumnType() : null, isChangedAt && last is DateTime before ? before.Ticks : null),
            (TimeOnly time, _) => new TimeOnly(time.Ticks - (time.Ticks % unit)),
            (TimeSpan time, _) => new TimeSpan(time.Ticks - (time.Ticks % unit)),
            _ => null,
        };
        if (value is not null && !value.Equals(entry.CurrentValue))
        {
            entry.CurrentValue = value;
        }
    }

    private static DateTimeOffset Normalize(DateTimeOffset time, long unit, bool isUtc, long? last)
    {
        DateTimeOffset zoned = isUtc ? time.ToUniversalTime() : time;
        return zoned.AddTicks(Ticks(time.UtcTicks, unit, last) - time.UtcTicks);
    }

    private static DateTime Normalize(DateTime time, long unit, string? columnType, long? last)
    {
        bool isTimestamp = columnType?.StartsWith("timestamp", StringComparison.Ordinal) is true;
        bool isZoned = isTimestamp && (columnType!.Contains("with time zone", StringComparison.Ordinal)
            || columnType.StartsWith("timestamptz", StringComparison.Ordinal));
        DateTime zoned = !isTimestamp ? time
            : !isZoned ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified)
            : time.Kind == DateTimeKind.Local ? time.ToUniversalTime()
            : DateTime.SpecifyKind(time, DateTimeKind.Utc);
        return zoned.AddTicks(Ticks(zoned.Ticks, unit, last) - zoned.Ticks);
    }

    // The time of a change is later than that of the last one.
    private static long Ticks(long ticks, long unit, long? last)
    {
        long truncated = ticks - (ticks % unit);
        return truncated > last || last is null ? truncated : last.Value - (last.Value % unit) + unit;
    }
}
