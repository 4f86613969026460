using System.Diagnostics.Metrics;

namespace Layers.PatchGen.Storage;

/// <summary>
/// The writes that wait for the writer of a store in a file: <c>patchgen.store.queued_writes</c>, read when a listener asks.
/// </summary>
internal static class WriteQueues
{
    private static readonly Dictionary<object, (string System, Func<int> Count)> Open = [];

    static WriteQueues() => LibraryTelemetry.Meter.CreateObservableUpDownCounter(
        "patchgen.store.queued_writes", Observe, "{write}", "The writes that wait for the writer of a store.");

    /// <summary>Adds a queue.</summary>
    /// <param name="owner">What <see cref="Remove"/> is called with.</param>
    /// <param name="store">The type of the store.</param>
    /// <param name="count">Counts the writes that wait.</param>
    public static void Add(object owner, Type store, Func<int> count)
    {
        lock (Open)
        {
            Open.Add(owner, (StoreCall.SystemOf(store), count));
        }
    }

    /// <summary>Removes a queue. Its count is not called any more.</summary>
    public static void Remove(object owner)
    {
        lock (Open)
        {
            Open.Remove(owner);
        }
    }

    // Stores of one kind are added up: their paths would be values that only one machine knows.
    private static List<Measurement<int>> Observe()
    {
        lock (Open)
        {
            return
            [
                .. Open.Values
                    .GroupBy(static queue => queue.System, static queue => queue.Count())
                    .Select(static system => new Measurement<int>(
                        system.Sum(), new KeyValuePair<string, object?>("db.system.name", system.Key))),
            ];
        }
    }
}
