using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>What stores report: the duration of their calls, and the writes that wait.</summary>
[Collection("telemetry")]
public sealed class TelemetryTests : IDisposable
{
    private static readonly DocumentKey Key = new("tenant", "things", "id");

    private readonly TemporaryFolder _folder = new();
    private readonly MeterListener _listener = new();
    private readonly List<string> _measurements = [];

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Delete();
    }

    [Fact]
    public async Task Calls_are_measured_by_store_operation_and_collection()
    {
        await using ServiceProvider services = Services();
        IDocumentStore store = services.GetRequiredService<IDocumentStore>();
        List<Activity> activities = [];
        using var activityListener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Layers.PatchGen",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(activityListener);
        Listen();
        await store.InsertAsync(Key, "{}"u8.ToArray());
        await store.LoadAsync(Key);
        await store.FindAsync(DocumentSelection.Of(Key), 1);
        await store.TransformAsync<object?>(DocumentSelection.Of(Key), null, null, static (_, _) => "{\"a\":1}"u8.ToArray());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.TransformAsync<object?>(
            DocumentSelection.Of(Key), null, null, static (_, _) => throw new InvalidOperationException("secret")));
        await store.DeleteAsync(Key);
        string[] expected =
        [
            Call("insert"), Call("load"), Call("find"), Call("transform"),
            Call("transform") + " error.type=System.InvalidOperationException", Call("delete"),
        ];
        Assert.Equal(expected, _measurements);
        Assert.Equal(
            ["insert things", "load things", "find things", "transform things", "transform things", "delete things"],
            activities.Select(static activity => activity.DisplayName));
        Assert.Equal(
            expected,
            activities.Select(static activity => $"patchgen.store.duration {string.Join(' ', activity.TagObjects.Select(Text))}"));
        Assert.Equal(ActivityStatusCode.Error, activities[4].Status);
        Assert.All(activities, static activity => Assert.Equal(ActivityKind.Client, activity.Kind));

        static string Call(string operation) =>
            $"patchgen.store.duration db.system.name=sqlite db.operation.name={operation} db.collection.name=things";
    }

    [Fact]
    public async Task The_writes_that_wait_are_counted()
    {
        await using ServiceProvider services = Services();
        IDocumentStore store = services.GetRequiredService<IDocumentStore>();
        await store.InsertAsync(Key, "{}"u8.ToArray());
        using var entered = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        Task first = store.TransformAsync<object?>(DocumentSelection.Of(Key), null, null, (_, _) =>
        {
            entered.Release();
            release.Wait();
            return null;
        }).AsTask();
        await entered.WaitAsync();
        Task[] waiting = [.. Enumerable.Range(0, 3).Select(i => store.DeleteAsync(Key with { Id = $"{i}" }).AsTask())];
        Listen();
        _listener.RecordObservableInstruments();
        Assert.Contains("patchgen.store.queued_writes db.system.name=sqlite 3", _measurements);
        release.Set();
        await Task.WhenAll([first, .. waiting]);
        _measurements.Clear();
        _listener.RecordObservableInstruments();
        Assert.Contains("patchgen.store.queued_writes db.system.name=sqlite 0", _measurements);
        await services.DisposeAsync();
        _measurements.Clear();
        _listener.RecordObservableInstruments();
        Assert.DoesNotContain(_measurements, static text => text.Contains("queued_writes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_allocates_nothing_more_when_nothing_listens()
    {
        await using var store = new LazyDocumentStore<InMemoryDocumentStore>(static _ => Task.FromResult(new InMemoryDocumentStore()));
        await store.InsertAsync(Key, "{}"u8.ToArray());
        InMemoryDocumentStore inner = store.Store;
        Assert.Equal(Allocated(inner), Allocated(store));

        static long Allocated(IDocumentStore store)
        {
            Call(store);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Call(store);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        static void Call(IDocumentStore store)
        {
            Assert.True(store.LoadAsync(Key).AsTask().IsCompletedSuccessfully);
            Assert.True(store.DeleteAsync(Key with { Id = "none" }).AsTask().IsCompletedSuccessfully);
        }
    }

    private static string Text(KeyValuePair<string, object?> tag) => $"{tag.Key}={tag.Value}";

    private void Listen()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Layers.PatchGen")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            Assert.InRange(value, 0, 60);
            _measurements.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(Text))}");
        });
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) =>
            _measurements.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(Text))} {value}"));
        _listener.Start();
    }

    private ServiceProvider Services() => new ServiceCollection().AddSqliteDocumentStore(_folder.Path).BuildServiceProvider();
}

[CollectionDefinition("telemetry", DisableParallelization = true)]
public sealed class AloneWithTelemetry;
