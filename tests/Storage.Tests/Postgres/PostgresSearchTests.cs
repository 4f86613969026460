using System.Text;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Tests.Contract;
using Npgsql;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>Documents have tokens for the members that are searched by; every search finds what <c>Matches</c> defines.</summary>
[Collection(PostgresFixture.Collection)]
public sealed partial class PostgresSearchTests(PostgresFixture fixture) : INeedsServer
{
    private const string Collection = "things";
    private const string Old = """{"a":"old","b":"old","c":"old","d":"old"}""";
    private const int MaxMembers = 16;
    private static readonly string[] Members = ["a", "b", "c", "d"];

    public static string? Missing => PostgresFixture.Missing;

    private string Schema => fixture.Options.Schema;

    private string Database => $"\"{new NpgsqlConnectionStringBuilder(fixture.AdminConnection).Database}\"";

    private string Stamp => $"UPDATE {Schema}.layout SET searches = gen_random_uuid()";

    [StoreFact]
    public async Task A_member_has_tokens_when_it_was_searched_by()
    {
        await using PostgresDocumentStore store = await OpenEmptyAsync();
        await Insert(store, "1", """{"a":"x","b":"y","c":1,"d":true}""");
        await Insert(store, "2", """{"a":"x","b":"y","c":2}""");
        Assert.Equal(0, await CountAsync("tokens"));

        Assert.Single(await store.FindAsync(Selection(("c", 2)), 10));
        Assert.Equal(2, await CountAsync("tokens"));

        await store.PrepareSearchAsync(Collection, ["b", "a"]);
        Assert.Equal(6, await CountAsync("tokens"));
        await Insert(store, "3", """{"a":"x","b":"y","c":3,"d":4}""");
        Assert.Equal(9, await CountAsync("tokens"));
        Assert.True(await store.DeleteAsync(Key("1")));
        Assert.Equal(6, await CountAsync("tokens"));
    }

    [StoreFact]
    public async Task A_change_of_other_members_writes_no_tokens()
    {
        await using PostgresDocumentStore store = await OpenEmptyAsync();
        await store.PrepareSearchAsync(Collection, ["a"]);
        await Insert(store, "1", """{"a":"x","b":1}""");
        object? before = await fixture.AdminAsync($"SELECT xmin::text FROM {Schema}.tokens");
        await Change(store, Selection(("a", "x")), """{"a":"x","b":2}""");
        Assert.Equal(before, await fixture.AdminAsync($"SELECT xmin::text FROM {Schema}.tokens"));
        await Change(store, Selection(("a", "x")), """{"a":"y","b":2}""");
        Assert.NotEqual(before, await fixture.AdminAsync($"SELECT xmin::text FROM {Schema}.tokens"));
        Assert.Single(await store.FindAsync(Selection(("a", "y")), 10));
    }

    /// <summary>Two hosts, in turns, against the store in memory; members are added by searches between the changes.</summary>
    [StoreFact]
    public async Task Calls_have_the_same_results_as_in_memory()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        await using PostgresDocumentStore one = await OpenEmptyAsync();
        await using PostgresDocumentStore two = await PostgresDocumentStore.OpenAsync(fixture.Options);
        var memory = new InMemoryDocumentStore();
        for (int step = 0; step < 1500; step++)
        {
            PostgresDocumentStore store = random.Next(2) == 0 ? one : two;
            DocumentKey key = new($"t{random.Next(2)}", random.Next(4) == 0 ? "others" : Collection, $"{random.Next(30)}");
            byte[] json = Json(random);

            // Few members at first, so that documents of all kinds are there when the others are searched by.
            int members = Math.Min(Members.Length, 1 + (step / 300));
            var selection = new DocumentSelection(key.Tenant, key.Collection, random.Next(8) == 0 ? key.Id : null, [
                .. Enumerable.Range(0, random.Next(3)).Select(_ => new MemberValue(Members[random.Next(members)], $"{random.Next(3)}"))]);
            Task<string> Run(IDocumentStore of) => RunAsync(of, key, json, selection);
            int call = random.Next(6);
            string expected = await Run(memory), actual = await Run(store);
            Assert.True(expected == actual, $"Seed {seed}, step {step}, {call}: {selection}, expected {expected}, but got {actual}");

            async Task<string> RunAsync(IDocumentStore of, DocumentKey key, byte[] json, DocumentSelection selection)
            {
                switch (call)
                {
                    case 0 or 1:
                        return $"{await of.InsertAsync(key, json) is not null}";
                    case 2:
                        return $"{await of.DeleteAsync(key)}";
                    case 3:
                        return Text(await of.FindAsync(selection, 100));
                    default:
                        TransformResult result = await of.TransformAsync(selection, null, json, static (json, _) => json);
                        return $"{result.Status} {Text(result.Documents)}";
                }
            }
        }

        static string Text(IEnumerable<StoredDocument> documents) => string.Join(' ', documents.Select(
            static document => $"{document.Key.Id}:{document.Version.Number}:{Encoding.UTF8.GetString(document.Json.Span)}"));
    }

    [StoreFact]
    public async Task More_members_than_have_tokens_of_their_own_can_be_searched_by()
    {
        await using PostgresDocumentStore store = await OpenEmptyAsync();
        string[] names = [.. Enumerable.Range(0, MaxMembers + 4).Select(i => $"m{i}"), new string('m', 1000), "\0", "*", "=", "ü😀"];
        byte[] json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(names.ToDictionary(name => name, _ => 1));
        Assert.NotNull(await store.InsertAsync(Key("1"), json));
        await Insert(store, "2", "{}");
        foreach (string name in names.Append("\ud800"))
        {
            Assert.Equal(name == "\ud800" ? 0 : 1, (await store.FindAsync(Selection((name, 1)), 10)).Count);
            Assert.Equal(
                name == "\ud800" ? TransformStatus.NotFound : TransformStatus.Unchanged,
                (await store.TransformAsync(Selection((name, 1)), null, 0, static (_, _) => null)).Status);
        }

        // The members of their own, and all.
        Assert.Equal(MaxMembers + 1, await CountAsync("searches WHERE ready"));
        Assert.Equal(names.Length, await CountAsync("tokens"));
        Assert.NotNull(await store.InsertAsync(Key("3"), json));
        Assert.Equal(2, (await store.FindAsync(Selection(("ü😀", 1), (names[^5], 1)), 10)).Count);
    }

    /// <summary>Tokens of earlier values, of deleted documents, and of documents that differ in a fifth member.</summary>
    [StoreFact]
    public async Task Tokens_of_documents_that_do_not_match_do_not_prevent_a_change()
    {
        await using PostgresDocumentStore store = await OpenEmptyAsync();
        await store.PrepareSearchAsync(Collection, ["a"]);
        await Insert(store, "1", """{"a":"x","b":"1","c":"1","d":"1","e":"1"}""");
        await Insert(store, "2", """{"a":"x","b":"1","c":"1","d":"1","e":"2"}""");
        await Change(
            store, Selection(("a", "x"), ("b", "1"), ("c", "1"), ("d", "1"), ("e", "2")), """{"a":"y","b":"1","c":"1","d":"1","e":"2"}""");
        foreach (string id in (string[])["2", "deleted"])
        {
            await fixture.AdminAsync(
                $"""
                INSERT INTO {Schema}.tokens SELECT organisation, token, '{id}' FROM {Schema}.tokens
                WHERE id = '1' ON CONFLICT DO NOTHING
                """);
        }

        await Change(store, Selection(("a", "x")), """{"a":"x","b":"2"}""");
        Assert.Equal("1", Assert.Single(await store.FindAsync(Selection(("a", "x")), 10)).Key.Id);
    }

    /// <summary>As after the restore of a backup, or a failover to a standby that was behind.</summary>
    [StoreFact]
    public async Task A_running_host_detects_that_the_members_are_others()
    {
        await using PostgresDocumentStore store = await OpenEmptyAsync();
        await store.PrepareSearchAsync(Collection, ["a", "b"]);
        await Insert(store, "1", Old);
        await fixture.AdminAsync(
            $"""
            DELETE FROM {Schema}.tokens; DELETE FROM {Schema}.searches WHERE member = '=a';
            UPDATE {Schema}.searches SET ready = false, after_organisation = NULL, after_id = NULL;
            {Stamp}
            """);
        Assert.Single(await store.FindAsync(Selection(("b", "old")), 10));
        await Insert(store, "2", Old);
        Assert.Equal(2, await CountAsync("tokens"));
        Assert.Equal(TransformStatus.Ambiguous, (await store.TransformAsync(
            Selection(("a", "old")), null, 0, static (_, _) => "{}"u8.ToArray())).Status);
        Assert.Equal(4, await CountAsync("tokens"));
    }

    /// <summary>It may be one that matches.</summary>
    [StoreFact]
    public async Task A_damaged_document_that_has_no_token_is_reported_by_a_search()
    {
        await using PostgresDocumentStore store = await OpenEmptyAsync();
        await store.PrepareSearchAsync(Collection, ["b"]);
        await Insert(store, "1", """{"a":"x","b":"1"}""");
        await Insert(store, "2", """{"a":"x","b":"2"}""");
        await fixture.AdminAsync($"UPDATE {Schema}.documents SET json = 'x' WHERE id = '1'");
        await store.PrepareSearchAsync(Collection, ["a"]);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(StoreFault.Damaged, (await Assert.ThrowsAsync<StoreUnavailableException>(
                async () => await store.FindAsync(Selection(("a", "x")), 10))).Fault);
        }

        Assert.Single(await store.FindAsync(Selection(("b", "2")), 10));
        await Change(store, Selection(("b", "2")), """{"a":"x","b":"3"}""");
    }

    [StoreFact]
    public async Task A_preparation_reads_the_documents_in_the_order_of_their_index()
    {
        await using PostgresDocumentStore store = await OpenEmptyAsync();
        await Task.WhenAll(Enumerable.Range(0, 3000).Select(i => Insert(store, $"{i}", Old, $"t{i % 3}")));
        long before = await ReadAsync();
        await store.PrepareSearchAsync(Collection, ["a"]);

        // The server publishes its statistics after up to ten seconds.
        await UntilAsync(async () => await ReadAsync() - before >= 3000);
        Assert.InRange(await ReadAsync() - before, 3000, 4500);

        async Task<long> ReadAsync() => (long)(await fixture.AdminAsync(
            $"""
            SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE schemaname = '{Schema}' AND relname = 'documents'
            """))!;
    }

    /// <summary>Opens a store without documents, and without members that searches look up.</summary>
    private async Task<PostgresDocumentStore> OpenEmptyAsync()
    {
        await fixture.ClearAsync();
        await fixture.AdminAsync($"DELETE FROM {Schema}.searches; {Stamp}");
        return await PostgresDocumentStore.OpenAsync(fixture.Options);
    }

    private async Task<int> CountAsync(string of) => (int)(long)(await fixture.AdminAsync($"SELECT count(*) FROM {Schema}.{of}"))!;

    private static DocumentKey Key(string id, string tenant = "org") => new(tenant, Collection, id);

    private static async Task Insert(PostgresDocumentStore store, string id, string json, string tenant = "org") =>
        Assert.NotNull(await store.InsertAsync(Key(id, tenant), Encoding.UTF8.GetBytes(json)));

    private static async Task Change(PostgresDocumentStore store, DocumentSelection selection, string json) => Assert.Equal(
        TransformStatus.Changed,
        (await store.TransformAsync(selection, null, Encoding.UTF8.GetBytes(json), static (json, _) => json)).Status);

    private static DocumentSelection Selection(params (string Member, object Value)[] values) => new("org", Collection, null, [
        .. values.Select(value => value.Value is string text
            ? new MemberValue(value.Member, text)
            : new MemberValue(value.Member, (int)value.Value))]);

    private static byte[] Json(Random random) => Encoding.UTF8.GetBytes(
        $"{{{string.Join(',', Members.Where(_ => random.Next(4) > 0).Select(member => $"\"{member}\":\"{random.Next(3)}\""))}}}");
}
