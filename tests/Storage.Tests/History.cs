using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>
/// Writers that append numbers to lists in documents while the store fails in various ways, and a record of the results. Afterwards the
/// lists must match the record: each acknowledged number once, no rejected number, versions without a gap, and no version with two
/// contents.
/// </summary>
internal sealed class History
{
    private readonly ConcurrentBag<(int Document, int Op)> _acknowledged = [];
    private readonly ConcurrentBag<(int Document, int Op)> _rejected = [];
    private readonly ConcurrentBag<(int Document, int Op)> _unknown = [];
    private readonly ConcurrentDictionary<(string Id, DocumentVersion Version), byte[]> _seen = [];
    private readonly ConcurrentBag<string> _recurred = [];
    private int _next;

    public int Acknowledged => _acknowledged.Count;

    public int Rejected => _rejected.Count;

    public int Unknown => _unknown.Count;

    public static async Task InsertAsync(IDocumentStore store, int documents)
    {
        for (int i = 0; i < documents; i++)
        {
            Assert.NotNull(await store.InsertAsync(Key(i), Json([])));
        }
    }

    /// <summary>Writes until it is stopped.</summary>
    public Task WriteAsync(IReadOnlyList<IDocumentStore> stores, int writers, int documents, Func<bool> stop) =>
        Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            while (!stop())
            {
                int op = Interlocked.Increment(ref _next);
                (int Document, int Op) change = (op % documents, op);
                try
                {
                    TransformResult result = await stores[writer % stores.Count].TransformAsync(
                        DocumentSelection.Of(Key(change.Document)), null, op, (mine, document) => Json([.. Ops(document), mine]));
                    Assert.Equal(TransformStatus.Changed, result.Status);
                    Assert.Equal(op, Ops(result.Document)[^1]);
                    _acknowledged.Add(change);
                    See(result.Document);
                }
                catch (StoreUnavailableException exception)
                {
                    (exception.Fault == StoreFault.Unknown ? _unknown : _rejected).Add(change);
                    await Task.Delay(20);
                }
            }
        })));

    /// <summary>Reads until it is stopped.</summary>
    public Task ReadAsync(IDocumentStore store, int readers, int documents, Func<bool> stop) =>
        Task.WhenAll(Enumerable.Range(0, readers).Select(reader => Task.Run(async () =>
        {
            for (int i = reader; !stop(); i++)
            {
                try
                {
                    See((await store.LoadAsync(Key(i % documents)))!);
                    await Task.Delay(2);
                }
                catch (StoreUnavailableException exception) when (exception.Fault == StoreFault.Unavailable)
                {
                    await Task.Delay(20);
                }
            }
        })));

    /// <summary>Waits for a number of further acknowledged changes.</summary>
    public async Task ProgressAsync(int changes)
    {
        int before = Acknowledged;
        for (int waited = 0; Acknowledged < before + changes; waited += 20)
        {
            Assert.True(waited < 30_000, "The store does not recover.");
            await Task.Delay(20);
        }
    }

    public async Task CheckAsync(IDocumentStore store, int documents)
    {
        for (int i = 0; i < documents; i++)
        {
            StoredDocument document = (await store.LoadAsync(Key(i)))!;
            List<int> ops = Ops(document);
            Assert.Equal(ops.Count + 1, document.Version.Number);
            Assert.Equal(ops.Count, ops.Distinct().Count());
            Assert.Empty(Of(_acknowledged, i).Except(ops));
            Assert.Empty(Of(_rejected, i).Intersect(ops));
            Assert.Empty(ops.Except(Of(_acknowledged, i)).Except(Of(_unknown, i)));
        }

        Assert.Empty(_recurred);
        Console.WriteLine($"Acknowledged {Acknowledged}, rejected {Rejected}, unknown {Unknown}; the store agrees.");

        static IEnumerable<int> Of(IEnumerable<(int Document, int Op)> changes, int document) =>
            changes.Where(change => change.Document == document).Select(change => change.Op);
    }

    private void See(StoredDocument document)
    {
        byte[] before = _seen.GetOrAdd((document.Key.Id, document.Version), document.Json.ToArray());
        if (!document.Json.Span.SequenceEqual(before))
        {
            _recurred.Add($"{document.Key.Id} at {document.Version}");
        }
    }

    private static DocumentKey Key(int document) => new("org", "lists", $"{document}");

    private static byte[] Json(List<int> ops) => Encoding.UTF8.GetBytes($$"""{"ops":[{{string.Join(',', ops)}}]}""");

    private static List<int> Ops(StoredDocument document)
    {
        using var parsed = JsonDocument.Parse(document.Json);
        return [.. parsed.RootElement.GetProperty("ops").EnumerateArray().Select(op => op.GetInt32())];
    }
}
