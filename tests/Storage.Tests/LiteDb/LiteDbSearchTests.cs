using System.Text;
using Layers.PatchGen.Storage.LiteDb;
using LiteDB;

namespace Layers.PatchGen.Storage.Tests.LiteDb;

/// <summary>Documents have tokens for the members that were searched by; every search finds what <c>Matches</c> defines.</summary>
public sealed class LiteDbSearchTests : LiteDbTest
{
    private const string Collection = "things";
    private static readonly string[] Members = ["a", "b", "c", "d"];

    [Fact]
    public async Task A_member_has_tokens_when_it_was_searched_by()
    {
        LiteDbDocumentStore store = await OpenAsync();
        await Insert(store, "1", """{"a":"x","b":"y","c":1}""");
        await Insert(store, "2", """{"a":"x","b":"y","c":2}""");
        Assert.Equal(new[] { 1, 1 }, await TokensAsync(store));

        store = await OpenAsync();
        Assert.Single(await store.FindAsync(Selection(("c", 2)), 10));
        Assert.Equal(new[] { 2, 2 }, await TokensAsync(store));

        store = await OpenAsync();
        await Insert(store, "3", """{"a":"x","b":"y","c":3,"d":4}""");
        await store.PrepareSearchAsync(Collection, ["b", "a"]);
        Assert.Equal(new[] { 3, 3, 3 }, await TokensAsync(store));
    }

    /// <summary>Random documents and searches, with the store closed and opened between them, against all documents.</summary>
    [Fact]
    public async Task Any_search_finds_the_same_as_a_comparison_of_all_documents()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        var all = new Dictionary<DocumentKey, StoredDocument>();
        LiteDbDocumentStore store = await OpenAsync();
        for (int step = 0; step < 1500; step++)
        {
            DocumentKey key = new($"t{random.Next(2)}", random.Next(4) == 0 ? "others" : Collection, $"{random.Next(40)}");
            switch (random.Next(10))
            {
                case < 4:
                    if (await store.InsertAsync(key, Json(random)) is { } inserted)
                    {
                        all.Add(key, inserted);
                    }

                    break;
                case < 6:
                    TransformResult changed = await store.TransformAsync(DocumentSelection.Of(key), null, Json(random), (json, _) => json);
                    if (changed.Status == TransformStatus.Changed)
                    {
                        all[key] = changed.Document;
                    }

                    break;
                case 6:
                    Assert.Equal(all.Remove(key), await store.DeleteAsync(key));
                    break;
                case 7 when random.Next(10) == 0:
                    await store.DisposeAsync();
                    store = await OpenAsync();
                    break;
                default:
                    await CheckAsync(random.Next(Members.Length));
                    break;
            }
        }

        await CheckAsync(Members.Length - 1);

        async Task CheckAsync(int members)
        {
            // Few members at first, so that documents of all kinds are there when the others are searched by.
            IEnumerable<MemberValue> equal = Enumerable.Range(0, random.Next(3))
                .Select(_ => new MemberValue(Members[random.Next(members + 1)], $"{random.Next(3)}"));
            var selection = new DocumentSelection(
                $"t{random.Next(2)}", random.Next(4) == 0 ? "others" : Collection, null, [.. equal]);
            IEnumerable<string> expected = all.Values.Where(selection.Matches)
                .Select(document => document.Key.Id)
                .Order(DocumentKey.IdOrder);
            Assert.True(
                expected.SequenceEqual((await store.FindAsync(selection, 100)).Select(document => document.Key.Id)),
                $"Seed {seed}: {selection}");
        }
    }

    [Fact]
    public async Task Documents_that_change_while_the_others_get_their_tokens_are_found()
    {
        LiteDbDocumentStore store = await OpenAsync();
        string[] ids = [.. Enumerable.Range(0, 1500).Select(id => $"{id}")];
        await Task.WhenAll(ids.Select(id => Insert(store, id, """{"a":"old","b":"old"}""")));
        int next = 0;
        Task[] writers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next) - 1) < ids.Length;)
            {
                Assert.Equal(TransformStatus.Changed, (await store.TransformAsync(
                    DocumentSelection.Of(Key(ids[i])), null, 0, static (_, _) => """{"a":"new","b":"new"}"""u8.ToArray())).Status);
            }
        }))];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i => await store.FindAsync(Selection((i % 2 == 0 ? "a" : "b", "new")), 1)));
        await Task.WhenAll(writers);
        foreach (string member in (string[])["a", "b"])
        {
            Assert.Empty(await store.FindAsync(Selection((member, "old")), 1));
            Assert.Equal(ids.Length, (await store.FindAsync(Selection((member, "new")), 5000)).Count);
        }
    }

    /// <summary>The process ends when the member was added, and when some documents have their tokens.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task What_a_killed_process_did_not_complete_is_completed(int steps)
    {
        LiteDbDocumentStore store = await OpenAsync();
        for (int i = 0; i < 300; i++)
        {
            await Insert(store, $"{i}", """{"a":"x"}""");
        }

        await store.DisposeAsync();
        using (var mark = CommitMark.Open(Database))
        {
            using LiteDbSession session = LiteDbSession.Open(Database, mark, false, new DamagedDocuments(), new LiteDbSearches());
            session.Begin();
            Assert.True(session.SaveSearch(Collection, "a", ready: false));
            BsonValue? last = BsonValue.MinValue;
            for (int step = 0; step < steps; step++)
            {
                last = session.AddTokens(Collection, last!);
                Assert.NotNull(last);
            }

            session.Commit();
        }

        store = await OpenAsync();
        await Insert(store, "more", """{"a":"x"}""");
        Assert.Equal(301, (await store.FindAsync(Selection(("a", "x")), 1000)).Count);
        Assert.All(await TokensAsync(store), tokens => Assert.Equal(2, tokens));
    }

    [Fact]
    public async Task More_members_than_tokens_are_for_can_be_searched_by()
    {
        LiteDbDocumentStore store = await OpenAsync();
        string[] members = [.. Enumerable.Range(0, LiteDbSearches.MaxMembers + 4).Select(i => $"m{i}"), new string('m', 1000)];
        await Insert(store, "1", $"{{{string.Join(',', members.Select(member => $"\"{member}\":1"))}}}");
        await Insert(store, "2", "{}");
        foreach (string member in members)
        {
            Assert.Single(await store.FindAsync(Selection((member, 1)), 10));
        }

        Assert.Single(await store.FindAsync(Selection((members[^1], 1), (members[0], 1)), 10));
        Assert.Equal(new[] { LiteDbSearches.MaxMembers + 1, 1 }, await TokensAsync(store));
    }

    /// <summary>It may be one that matches.</summary>
    [Fact]
    public async Task A_damaged_document_that_has_no_token_is_reported_by_a_search()
    {
        LiteDbDocumentStore store = await OpenAsync();
        await Insert(store, "1", """{"a":"x"}""");
        await Insert(store, "2", """{"a":"x"}""");
        await store.DisposeAsync();
        using (var database = new LiteDatabase(Database))
        {
            BsonDocument document = database.GetCollection("documents").FindOne("$.i = '1'");
            document["d"]["a"] = "y";
            Assert.True(database.GetCollection("documents").Update(document));
            database.Checkpoint();
        }

        File.Delete(Path.ChangeExtension(Database, null) + "-log.litedb");
        store = await OpenAsync();
        for (int i = 0; i < 2; i++)
        {
            await Fails(StoreFault.Damaged, async () => await store.FindAsync(Selection(("a", "x")), 10));
        }

        Assert.NotNull(await Load(store, "2"));
    }

    private static DocumentSelection Selection(params (string Member, object Value)[] values) => new("org", Collection, null, [
        .. values.Select(value => value.Value is string text
            ? new MemberValue(value.Member, text)
            : new MemberValue(value.Member, (int)value.Value))]);

    private static byte[] Json(Random random) => Encoding.UTF8.GetBytes(
        $"{{{string.Join(',', Members.Where(_ => random.Next(4) > 0).Select(member => $"\"{member}\":\"{random.Next(3)}\""))}}}");

    /// <summary>Closes the store and returns how many tokens each document has.</summary>
    private async Task<int[]> TokensAsync(LiteDbDocumentStore store)
    {
        await store.DisposeAsync();
        using var database = new LiteDatabase(Database);
        return [.. database.GetCollection("documents").FindAll().OrderBy(document => document["i"].AsString)
            .Select(document => document["t"].AsArray.Count)];
    }
}
