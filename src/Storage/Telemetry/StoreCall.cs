using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Layers.PatchGen.Storage;

/// <summary>One call of a store, while it is measured: a value of <c>patchgen.store.duration</c>, and an activity.</summary>
internal sealed class StoreCall : IDisposable
{
    private static readonly Histogram<double> Duration = LibraryTelemetry.Meter.CreateHistogram(
        "patchgen.store.duration",
        "s",
        "The duration of the calls of the document store.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
        });

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Activity? _activity;
    private TagList _tags;

    private StoreCall(string system, string operation, string collection)
    {
        _tags = new TagList
        {
            { "db.system.name", system },
            { "db.operation.name", operation },
            { "db.collection.name", collection },
        };
        if (LibraryTelemetry.Source.HasListeners())
        {
            _activity = LibraryTelemetry.Source.StartActivity(
                ActivityKind.Client, tags: _tags, name: $"{operation} {collection}");
        }
    }

    /// <summary>Whether calls are measured: something listens.</summary>
    public static bool IsObserved => Duration.Enabled || LibraryTelemetry.Source.HasListeners();

    /// <summary>Starts measuring a call.</summary>
    /// <param name="system">The store: <see cref="SystemOf"/>.</param>
    /// <param name="operation">The operation: <c>find</c>, <c>transform</c>, <c>insert</c>, <c>delete</c>.</param>
    /// <param name="collection">The collection.</param>
    public static StoreCall Start(string system, string operation, string collection) => new(system, operation, collection);

    /// <summary>
    /// The name of a store in tags: one that OpenTelemetry knows, such as <c>sqlite</c> and <c>postgresql</c>, otherwise that of its type.
    /// </summary>
    public static string SystemOf(Type store)
    {
        string name = store.Name.Replace("DocumentStore", "", StringComparison.Ordinal).ToLowerInvariant();
        return name == "postgres" ? "postgresql" : name;
    }

    /// <summary>Records that the call failed.</summary>
    public void Fail(Exception exception)
    {
        string? type = exception is StoreUnavailableException unavailable ? unavailable.Fault.ToString() : exception.GetType().FullName;
        _tags.Add(LibraryTelemetry.ErrorType, type);
        _activity?.SetTag(LibraryTelemetry.ErrorType, type).SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Ends the call.</summary>
    public void Dispose()
    {
        Duration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, in _tags);
        _activity?.Dispose();
    }
}
