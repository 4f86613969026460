using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Times with their offset (RFC 3339).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeOffsetValue : IPatchValue<DateTimeOffset>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out DateTimeOffset value)
    {
        value = default;
        at = scanner.ReadText(at, out ReadOnlySpan<byte> text);
        if (at < 0)
        {
            return ~at;
        }

        return Rfc3339.TryParseDateTime(text, out value) ? at : scanner.BadFormat(at, ProblemTexts.DateTime);
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, DateTimeOffset value) => writer.WriteStringValue(value);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, DateTimeOffset value)
    {
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("string");
        schema.Format("date-time");
    }

    /// <inheritdoc/>
    public bool AreEqual(DateTimeOffset left, DateTimeOffset right) => left.EqualsExact(right);

    /// <inheritdoc/>
    public int Hash(DateTimeOffset value) => PatchValues.Int64.Hash(value.UtcTicks);
}

/// <summary>Times (RFC 3339), turned to UTC. A <see cref="DateTime"/> of unspecified kind is taken for UTC when it is written.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeValue : IPatchValue<DateTime>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out DateTime value)
    {
        at = PatchValues.DateTimeOffset.Read(ref scanner, at, out DateTimeOffset time);
        value = time.UtcDateTime;
        return at;
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, DateTime value) => writer.WriteStringValue(Utc(value));

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, DateTime value)
    {
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("string");
        schema.Format("date-time");
    }

    /// <inheritdoc/>
    public bool AreEqual(DateTime left, DateTime right) => Utc(left) == Utc(right);

    /// <inheritdoc/>
    public int Hash(DateTime value) => PatchValues.Int64.Hash(Utc(value).Ticks);

    private static DateTime Utc(DateTime value) =>
        value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc);
}

/// <summary>Dates (RFC 3339).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateOnlyValue : IPatchValue<DateOnly>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out DateOnly value)
    {
        value = default;
        at = scanner.ReadText(at, out ReadOnlySpan<byte> text);
        if (at < 0)
        {
            return ~at;
        }

        return Rfc3339.TryParseDate(text, out value) ? at : scanner.BadFormat(at, ProblemTexts.Date);
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, DateOnly value) => writer.WriteStringValue(value.ToString("O", CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, DateOnly value)
    {
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("string");
        schema.Format("date");
    }

    /// <inheritdoc/>
    public bool AreEqual(DateOnly left, DateOnly right) => left == right;

    /// <inheritdoc/>
    public int Hash(DateOnly value) => PatchValues.Int32.Hash(value.DayNumber);
}

/// <summary>Times of day without offset (RFC 3339).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TimeOnlyValue : IPatchValue<TimeOnly>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out TimeOnly value)
    {
        value = default;
        at = scanner.ReadText(at, out ReadOnlySpan<byte> text);
        if (at < 0)
        {
            return ~at;
        }

        return Rfc3339.TryParseTime(text, out value) ? at : scanner.BadFormat(at, ProblemTexts.Time);
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, TimeOnly value) =>
        writer.WriteStringValue(value.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, TimeOnly value)
    {
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("string");
        schema.Description(ProblemTexts.DescribeTime);
        schema.Pattern("([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?"); // the format "time" wants an offset
    }

    /// <inheritdoc/>
    public bool AreEqual(TimeOnly left, TimeOnly right) => left == right;

    /// <inheritdoc/>
    public int Hash(TimeOnly value) => PatchValues.Int64.Hash(value.Ticks);
}
