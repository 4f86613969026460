using System.Diagnostics;
using System.Globalization;
using System.Text;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.Benchmarks.Stores;

/// <summary>The subject of a measurement: a store, or an engine used directly.</summary>
internal interface ISubject : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Inserts documents with ids from 0.</summary>
    Task FillAsync(int documents);

    /// <summary>Changes random documents for some time.</summary>
    /// <returns>The number of acknowledged changes.</returns>
    Task<long> ChangeAsync(int documents, int writers, TimeSpan time);
}

/// <summary>The document and its change: increments a number of fixed length, without parsing.</summary>
internal static class Sample
{
    public const int Size = 500;

    private const string Head = "{\"count\":1";
    private const int Digits = 8;

    public static byte[] New(int id)
    {
        string start = string.Create(CultureInfo.InvariantCulture, $"{Head}{0:D8},\"project\":\"prj_{id / 4:D8}\",\"text\":\"");
        return Encoding.ASCII.GetBytes(start + new string('x', Size - start.Length - 2) + "\"}");
    }

    public static byte[] Changed(ReadOnlySpan<byte> json)
    {
        byte[] changed = json.ToArray();
        for (int at = Head.Length + Digits - 1; ++changed[at] > (byte)'9' && at > Head.Length; at--)
        {
            changed[at] = (byte)'0';
        }

        return changed;
    }

    public static string Id(int id) => id.ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>Runs writers for some time; each makes one change of a random document at a time.</summary>
    public static async Task<long> RunAsync(int documents, int writers, TimeSpan time, Func<int, string, Task> change)
    {
        long start = Stopwatch.GetTimestamp();
        long[] counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            long count = 0;
            for (; Stopwatch.GetElapsedTime(start) < time; count++)
            {
                await change(writer, Id(random.Next(documents)));
            }

            return count;
        })));
        return counts.Sum();
    }
}

/// <summary>A store, used as by a host.</summary>
internal sealed class StoreSubject(string name, IDocumentStore store) : ISubject
{
    public string Name => name;

    public IDocumentStore Store => store;

    public async Task FillAsync(int documents)
    {
        foreach (int[] part in Enumerable.Range(0, documents).Chunk(256))
        {
            await Task.WhenAll(part.Select(id => store.InsertAsync(Key(Sample.Id(id)), Sample.New(id)).AsTask()));
        }
    }

    public Task<long> ChangeAsync(int documents, int writers, TimeSpan time) => Sample.RunAsync(documents, writers, time, async (_, id) =>
    {
        TransformResult result = await store.TransformAsync<object?>(
            DocumentSelection.Of(Key(id)), null, null, static (_, document) => Sample.Changed(document.Json.Span));
        if (result.Status != TransformStatus.Changed)
        {
            throw new InvalidOperationException($"{name}: {result}");
        }
    });

    public ValueTask DisposeAsync() => store is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;

    private static DocumentKey Key(string id) => new("org", "documents", id);
}

/// <summary>A dictionary under a lock.</summary>
internal sealed class RawMemory : ISubject
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _documents = new(StringComparer.Ordinal);

    public string Name => "— a dictionary under a lock";

    public Task FillAsync(int documents)
    {
        for (int id = 0; id < documents; id++)
        {
            _documents[Sample.Id(id)] = Sample.New(id);
        }

        return Task.CompletedTask;
    }

    public Task<long> ChangeAsync(int documents, int writers, TimeSpan time) => Sample.RunAsync(documents, writers, time, (_, id) =>
    {
        lock (_gate)
        {
            _documents[id] = Sample.Changed(_documents[id]);
        }

        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
