using System.ComponentModel;

namespace Layers.PatchGen.Json;

/// <summary>The time of a change. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PatchTime
{
    /// <summary>
    /// The time of the clock, or one tick (100 ns) after the last change if that is later: the clock may have been set back.
    /// </summary>
    /// <param name="last">The time of the last change; without an offset it is in UTC.</param>
    /// <param name="now">The time of the clock, in UTC.</param>
    public static DateTime After(DateTime? last, DateTime now) =>
        last is { } before ? new DateTime(Later(Utc(before).Ticks, now.Ticks), DateTimeKind.Utc) : now;

    /// <inheritdoc cref="After(DateTime?, DateTime)"/>
    public static DateTimeOffset After(DateTimeOffset? last, DateTimeOffset now) =>
        last is { } before ? new DateTimeOffset(Later(before.UtcTicks, now.UtcTicks), TimeSpan.Zero) : now;

    private static DateTime Utc(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;

    private static long Later(long last, long now) => now > last ? now : Math.Min(last + 1, DateTime.MaxValue.Ticks);
}
