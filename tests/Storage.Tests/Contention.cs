using System.Globalization;
using System.Text;
using System.Text.Json;
using Layers.PatchGen.Storage.LiteDb;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>
/// Writers and readers on one store for some time, as a process of its own: <c>contend ENGINE PLACE</c>. There are more documents of 4 KB
/// than fit into LiteDB's page cache, and more readers than processors. Failures are counted and reported to the test that started the
/// process.
/// </summary>
internal static class Contention
{
    public const int Documents = 2000;
    public const int Writers = 16;
    public const int Readers = 50;

    private const int Group = 4;

    private static readonly int[] Acknowledged = new int[Documents];

    public static TimeSpan Time { get; } = TimeSpan.FromSeconds(30);

    public static async Task<ContentionReport> RunAsync(IDocumentStore store)
    {
        await Task.WhenAll(Enumerable.Range(0, Documents).Select(async i => Assert.NotNull(await store.InsertAsync(Key(i), Json(i, 0)))));
        long reads = 0, writes = 0, failures = 0;
        string? first = null;
        long end = Environment.TickCount64 + (long)Time.TotalMilliseconds;
        IEnumerable<Task> writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAsync));
        IEnumerable<Task> readers = Enumerable.Range(0, Readers).Select(_ => Task.Run(ReadAsync));
        await Task.WhenAll([.. writers, .. readers]);
        long found = 0;
        try
        {
            found = await Program.VerifyAsync(store);
            for (int i = 0; i < Documents; i++)
            {
                Assert.Equal(Acknowledged[i], Number(await store.LoadAsync(Key(i))));
            }
        }
        catch (Exception exception)
        {
            Failed(exception);
        }

        return new ContentionReport(reads, writes, failures, first, found, store is LiteDbDocumentStore liteDb ? liteDb.Openings : 0);

        async Task WriteAsync()
        {
            while (Environment.TickCount64 < end)
            {
                int i = Random.Shared.Next(Documents);
                try
                {
                    TransformResult result =
                        await store.TransformAsync(DocumentSelection.Of(Key(i)), null, 0, (_, document) => Json(i, Number(document) + 1));
                    int now = Number(result.Document);
                    for (int before; (before = Volatile.Read(ref Acknowledged[i])) < now
                        && Interlocked.CompareExchange(ref Acknowledged[i], now, before) != before;)
                    {
                    }

                    Interlocked.Increment(ref writes);
                }
                catch (Exception exception)
                {
                    Failed(exception);
                }
            }
        }

        async Task ReadAsync()
        {
            while (Environment.TickCount64 < end)
            {
                int i = Random.Shared.Next(Documents), atLeast = Volatile.Read(ref Acknowledged[i]);
                try
                {
                    StoredDocument? document = i % 2 == 0
                        ? await store.LoadAsync(Key(i))
                        : (await store.FindAsync(InGroup(i / Group), Documents)).Single(found => found.Key == Key(i));
                    Assert.InRange(Number(document), atLeast, int.MaxValue);
                    Interlocked.Increment(ref reads);
                    if (Random.Shared.Next(10) == 0)
                    {
                        await Task.Delay(1);
                    }
                }
                catch (Exception exception)
                {
                    Failed(exception);
                }
            }
        }

        void Failed(Exception exception)
        {
            Interlocked.Increment(ref failures);
            Interlocked.CompareExchange(ref first, exception.Message, null);
        }
    }

    private static DocumentSelection InGroup(int group) => new("org", "documents", null, [new MemberValue("group", group)]);

    private static byte[] Json(int i, int number) =>
        Encoding.UTF8.GetBytes($$"""{"group":{{i / Group}},"n":{{number}},"pad":"{{new string((char)('a' + (number % 26)), 4000)}}"}""");

    private static DocumentKey Key(int i) => new("org", "documents", i.ToString(CultureInfo.InvariantCulture));

    private static int Number(StoredDocument? document)
    {
        Assert.NotNull(document);
        using var parsed = JsonDocument.Parse(document.Json);
        int number = parsed.RootElement.GetProperty("n").GetInt32();
        return number;
    }
}

/// <summary>The result.</summary>
/// <param name="Reads">The reads that returned the right document.</param>
/// <param name="Writes">The writes that were acknowledged.</param>
/// <param name="Failures">Everything else.</param>
/// <param name="First">The message of the first failure.</param>
/// <param name="Found">The number of documents that Verify found.</param>
/// <param name="Openings">How often LiteDB was opened: more than once if it closed itself after an error.</param>
internal sealed record ContentionReport(long Reads, long Writes, long Failures, string? First, long Found, int Openings);
