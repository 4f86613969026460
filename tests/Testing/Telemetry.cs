using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Layers.PatchGen.Testing;

/// <summary>
/// What the library reports while this listens. Tests that use it run alone, since all tests of the process are heard.
/// </summary>
public sealed class Telemetry : IDisposable
{
    /// <summary>The collection of tests that run alone.</summary>
    public const string Alone = "telemetry";

    private const string Library = "Layers.PatchGen";

    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities = new()
    {
        ShouldListenTo = static source => source.Name == Library,
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public Telemetry()
    {
        _meters.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == Library)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            Assert.InRange(value, 0, 60);
            Add(instrument, null, tags);
        });
        _meters.Start();
        _activities.ActivityStopped = Activities.Enqueue;
        ActivitySource.AddActivityListener(_activities);
    }

    public ConcurrentQueue<Activity> Activities { get; } = [];

    /// <summary>All measurements: the instrument, its value unless it is a time, and its tags.</summary>
    public ConcurrentQueue<string> Measurements { get; } = [];

    /// <summary>The measurements of one instrument, in their order, without its name.</summary>
    public string[] Of(string instrument) =>
    [
        .. Measurements
            .Where(text => text.StartsWith(instrument + " ", StringComparison.Ordinal))
            .Select(text => text[(instrument.Length + 1)..]),
    ];

    /// <summary>Reads the instruments that are read on demand.</summary>
    public void Observe() => _meters.RecordObservableInstruments();

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private void Add(Instrument instrument, long? value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => Measurements.Enqueue(
        string.Join(' ', (string[])[
            instrument.Name,
            .. value is null ? [] : (string[])[value.Value.ToString(CultureInfo.InvariantCulture)],
            .. tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}")]));
}
