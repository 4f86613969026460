using System.ComponentModel;
using System.Globalization;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Times with their offset (RFC 3339 section 5.6).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeOffsetText : ITextFormat<DateTimeOffset>
{
    /// <inheritdoc/>
    public static string Name => ProblemTexts.DateTime;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DateTimeOffset value) => Rfc3339.TryParseDateTime(utf8, out value);

    /// <inheritdoc/>
    public static void Write(Utf8JsonWriter writer, DateTimeOffset value) => writer.WriteStringValue(value);

    /// <inheritdoc/>
    public static void Describe(PatchSchemaWriter schema) => schema.Format("date-time");

    /// <inheritdoc/>
    public static bool AreEqual(DateTimeOffset left, DateTimeOffset right) => left.EqualsExact(right);

    /// <inheritdoc/>
    public static int Hash(DateTimeOffset value) => PatchValues.Int64.Hash(value.UtcTicks);
}

/// <summary>
/// Times (RFC 3339 section 5.6), converted to UTC. A <see cref="DateTime"/> of unspecified kind is written as if it were in UTC.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeText : ITextFormat<DateTime>
{
    /// <inheritdoc/>
    public static string Name => ProblemTexts.DateTime;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DateTime value)
    {
        bool parsed = Rfc3339.TryParseDateTime(utf8, out DateTimeOffset time);
        value = time.UtcDateTime;
        return parsed;
    }

    /// <inheritdoc/>
    public static void Write(Utf8JsonWriter writer, DateTime value) => writer.WriteStringValue(Utc(value));

    /// <inheritdoc/>
    public static void Describe(PatchSchemaWriter schema) => schema.Format("date-time");

    /// <inheritdoc/>
    public static bool AreEqual(DateTime left, DateTime right) => Utc(left) == Utc(right);

    /// <inheritdoc/>
    public static int Hash(DateTime value) => PatchValues.Int64.Hash(Utc(value).Ticks);

    private static DateTime Utc(DateTime value) =>
        value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc);
}

/// <summary>Dates (RFC 3339 section 5.6, <c>full-date</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateOnlyText : ITextFormat<DateOnly>
{
    /// <inheritdoc/>
    public static string Name => ProblemTexts.Date;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DateOnly value) => Rfc3339.TryParseDate(utf8, out value);

    /// <inheritdoc/>
    public static void Write(Utf8JsonWriter writer, DateOnly value) =>
        writer.WriteStringValue(value.ToString("O", CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public static void Describe(PatchSchemaWriter schema) => schema.Format("date");

    /// <inheritdoc/>
    public static int Hash(DateOnly value) => PatchValues.Int32.Hash(value.DayNumber);
}

/// <summary>Times of day without offset (RFC 3339 section 5.6, <c>partial-time</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TimeOnlyText : ITextFormat<TimeOnly>
{
    /// <inheritdoc/>
    public static string Name => ProblemTexts.Time;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out TimeOnly value) => Rfc3339.TryParseTime(utf8, out value);

    /// <inheritdoc/>
    public static void Write(Utf8JsonWriter writer, TimeOnly value) =>
        writer.WriteStringValue(value.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public static void Describe(PatchSchemaWriter schema)
    {
        schema.Description(ProblemTexts.DescribeTime);
        schema.Pattern("([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?"); // The format "time" requires an offset.
    }

    /// <inheritdoc/>
    public static int Hash(TimeOnly value) => PatchValues.Int64.Hash(value.Ticks);
}
