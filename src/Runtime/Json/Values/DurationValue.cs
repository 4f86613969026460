using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace Layers.PatchGen.Json;

/// <summary>
/// ISO-8601 durations. The range applies to the exact value, which is then truncated to ticks (100 ns). Written in canonical form:
/// <c>PT180S</c> as <c>PT3M</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DurationValue : IPatchValue<TimeSpan>
{
    private readonly long _min;
    private readonly long _max;
    private readonly Limits? _limits;

    /// <summary>Creates the codec of a range.</summary>
    /// <param name="min">The shortest duration allowed, as an ISO-8601 duration; null for none.</param>
    /// <param name="max">The longest duration allowed, as an ISO-8601 duration; null for what a <see cref="TimeSpan"/> can hold.</param>
    /// <exception cref="ArgumentException">A limit is not an ISO-8601 duration of whole ticks.</exception>
    public DurationValue(string? min, string? max)
    {
        _min = min is null ? 0 : Limit(min);
        _max = max is null ? TimeSpan.MaxValue.Ticks - 1 : Limit(max);
        _limits = min is null && max is null ? null : new Limits(min, max);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out TimeSpan value)
    {
        value = default;
        at = scanner.ReadText(at, out ReadOnlySpan<byte> text);
        if (at < 0)
        {
            return ~at;
        }

        if (!IsoDuration.TryParse(text, out IsoDuration duration))
        {
            return scanner.BadFormat(at, ProblemTexts.Duration);
        }

        if (duration.HasCalendarUnits && _limits is null)
        {
            return scanner.BadFormat(at, ProblemTexts.FixedDuration);
        }

        if (duration.HasCalendarUnits || duration.IsBelow(_min) || duration.IsAbove(_max))
        {
            return scanner.OutOfRange(at, _limits ?? new Limits(null, XmlConvert.ToString(new TimeSpan(_max))));
        }

        value = new TimeSpan(duration.Ticks);
        return at;
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, TimeSpan value) => writer.WriteStringValue(XmlConvert.ToString(value));

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, TimeSpan value)
    {
        if (value.Ticks < _min || value.Ticks > _max)
        {
            problems.Add(ProblemKind.OutOfRange, null, _limits ?? new Limits("PT0S", null));
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("string");
        schema.Format("duration");
        schema.Description(ProblemTexts.DescribeDuration(_limits));
    }

    /// <inheritdoc/>
    public bool AreEqual(TimeSpan left, TimeSpan right) => left == right;

    /// <inheritdoc/>
    public int Hash(TimeSpan value) => PatchValues.Int64.Hash(value.Ticks);

    private static long Limit(string text) =>
        IsoDuration.TryParse(Encoding.UTF8.GetBytes(text), out IsoDuration duration) && duration is { More: false, HasCalendarUnits: false }
            ? duration.Ticks
            : throw new ArgumentException($"\"{text}\" is no ISO-8601 duration of whole ticks, such as PT30S.", nameof(text));
}
