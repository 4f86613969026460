using System.Collections.Concurrent;
using System.Text.Json;

namespace Layers.PatchGen.Storage.Tests.Contract;

public abstract partial class DocumentStoreContract
{
    private const int Writers = 16;

    /// <summary>
    /// Each change writes its own number and the one that it found, and acknowledged changes are recorded. Afterwards the versions of each
    /// document must be one chain without a gap, which has every acknowledged change once, after the change that it found.
    /// </summary>
    [StoreTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_acknowledged_change_is_lost_and_versions_are_one_chain(bool withVersions)
    {
        const int Documents = 4;
        int changes = Size("STORE_CHANGES", 1600);
        for (int i = 0; i < Documents; i++)
        {
            await Insert($"{i}", Change(0, 0));
        }

        var acknowledged = new ConcurrentBag<(int Document, long Version, int Found, int Op)>();
        int next = 0;
        await InParallel(Writers, Writers, async _ =>
        {
            for (int op; (op = Interlocked.Increment(ref next)) <= changes;)
            {
                int target = op % Documents;
                StoredDocument changed = await Write(Key($"{target}"), op);
                (int found, int mine) = Read(changed);
                Assert.Equal(op, mine);
                acknowledged.Add((target, changed.Version.Number, found, op));

                StoredDocument read = (await Store.LoadAsync(Key($"{target}")))!;
                Assert.True(read.Version.Number >= changed.Version.Number, "A read returned an older version than an acknowledged one.");
            }
        });

        Assert.Equal(changes, acknowledged.Count);
        for (int i = 0; i < Documents; i++)
        {
            (int Document, long Version, int Found, int Op)[] history =
                [.. acknowledged.Where(change => change.Document == i).OrderBy(change => change.Version)];
            Assert.Equal(Enumerable.Range(2, history.Length).Select(number => (long)number), history.Select(change => change.Version));
            Assert.Equal(history.Select(change => change.Op).Prepend(0).SkipLast(1), history.Select(change => change.Found));
            StoredDocument document = (await Store.LoadAsync(Key($"{i}")))!;
            Assert.Equal((history[^1].Found, history[^1].Op), Read(document));
            Assert.Equal(history.Length + 1, document.Version.Number);
        }

        async Task<StoredDocument> Write(DocumentKey key, int op)
        {
            while (true)
            {
                DocumentVersion[]? versions = withVersions ? [(await Store.LoadAsync(key))!.Version] : null;
                TransformResult result = await Store.TransformAsync(
                    DocumentSelection.Of(key), versions, op, (mine, document) => Json(Change(Read(document).Op, mine)));
                if (result.Status == TransformStatus.Changed)
                {
                    return result.Document;
                }

                Assert.True(withVersions);
                Assert.Equal(TransformStatus.VersionMismatch, result.Status);
            }
        }

        static string Change(int found, int op) => $$"""{"found":{{found}},"op":{{op}}}""";

        static (int Found, int Op) Read(StoredDocument document)
        {
            using var parsed = JsonDocument.Parse(document.Json);
            return (parsed.RootElement.GetProperty("found").GetInt32(), parsed.RootElement.GetProperty("op").GetInt32());
        }
    }

    /// <summary>If finding and saving were not atomic, two writers could take the same free document.</summary>
    [StoreFact]
    public async Task Finding_and_saving_are_atomic()
    {
        await Insert("a", """{"state":"new"}""");
        for (int round = 0; round < 25; round++)
        {
            await Set(DocumentSelection.Of(Key("a")), """{"state":"free"}""");
            TransformResult[] results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
                await Store.TransformAsync(
                    Where(new MemberValue("state", "free")), null, writer, (mine, _) => Json($$"""{"state":"taken","by":{{mine}}}""")))));

            TransformResult won = Assert.Single(results, result => result.Status == TransformStatus.Changed);
            Assert.All(results, result => Assert.True(result.Status is TransformStatus.Changed or TransformStatus.NotFound));
            await Same(won.Document, Store.LoadAsync(Key("a")));
        }
    }

    [StoreFact]
    public async Task One_of_many_inserts_of_a_key_wins()
    {
        for (int round = 0; round < 10; round++)
        {
            DocumentKey key = Key($"{round}");
            StoredDocument?[] results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
                await Store.InsertAsync(key, Json($$"""{"by":{{writer}}}""")))));
            StoredDocument won = Assert.Single(results.OfType<StoredDocument>());
            await Same(won, Store.LoadAsync(key));

            bool[] deleted =
                await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () => await Store.DeleteAsync(key))));
            Assert.Single(deleted, gone => gone);
        }
    }

    [StoreFact]
    public async Task A_reader_never_sees_a_partial_change()
    {
        await Insert("a", Twice(0));
        using var stop = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            long last = 0;
            while (!stop.IsCancellationRequested)
            {
                StoredDocument document = (await Store.LoadAsync(Key("a")))!;
                Assert.Equal(Twice(document.Version.Number - 1), Text(document));
                Assert.True(document.Version.Number >= last, "A reader received an older version than before.");
                last = document.Version.Number;
            }
        }))];

        for (int i = 1; i <= 100; i++)
        {
            await Set(DocumentSelection.Of(Key("a")), Twice(i));
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);

        static string Twice(long n) => $$"""{"n":{{n}},"pad":"{{new string('x', (int)(n % 50) * 200)}}","m":{{n}}}""";
    }
}
