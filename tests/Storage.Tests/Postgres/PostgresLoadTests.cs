using System.Diagnostics;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Tests.Contract;
using Npgsql;

namespace Layers.PatchGen.Storage.Tests.Postgres;

[Collection(PostgresFixture.Collection)]
public sealed class PostgresLoadTests(PostgresFixture fixture) : INeedsServer
{
    public static string? Missing => PostgresFixture.Missing;

    [StoreTheory]
    [InlineData("read committed")]
    [InlineData("repeatable read")]
    [InlineData("serializable")]
    public async Task Two_hosts_lose_no_changes(string isolation)
    {
        await fixture.ClearAsync();
        PostgresStoreOptions options = fixture.Options.WithConnection(connection =>
            connection.Options = $"-c default_transaction_isolation={isolation.Replace(" ", "\\ ", StringComparison.Ordinal)}");
        await using PostgresDocumentStore one = await PostgresDocumentStore.OpenAsync(options);
        await using PostgresDocumentStore two = await PostgresDocumentStore.OpenAsync(options);
        await History.InsertAsync(one, documents: 10);
        var history = new History();
        var watch = Stopwatch.StartNew();
        await history.WriteAsync([one, two], writers: 32, documents: 10, () => watch.ElapsedMilliseconds > 2000);
        await history.CheckAsync(two, documents: 10);
        Assert.Equal(0, history.Rejected + history.Unknown);
        Assert.InRange(history.Acknowledged, 50, int.MaxValue);

        // No call has left a transaction open.
        Assert.Equal(0L, await fixture.AdminAsync("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"));
    }

    [StoreFact]
    public async Task Two_hundred_concurrent_requests_beside_permanent_readers_succeed()
    {
        await fixture.ClearAsync();
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(fixture.Options);
        await History.InsertAsync(store, documents: 20);
        var history = new History();
        using var stop = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 8).Select(reader => Task.Run(async () =>
        {
            for (int i = reader; !stop.IsCancellationRequested; i++)
            {
                Assert.NotNull(await store.LoadAsync(new DocumentKey("org", "lists", $"{i % 20}")));
            }
        }))];
        await history.WriteAsync([store], writers: 200, documents: 20, () => history.Acknowledged >= 800);
        await stop.CancelAsync();
        await Task.WhenAll(readers);
        await history.CheckAsync(store, documents: 20);
        Assert.Equal(0, history.Rejected + history.Unknown);
    }

    [StoreFact]
    public async Task Killed_processes_lose_nothing_that_they_acknowledged()
    {
        await fixture.ClearAsync();
        await ChildProcess.KillRounds(
            "postgres", fixture.Options.ConnectionString, async () =>
                await PostgresDocumentStore.OpenAsync(fixture.Options));
    }

    /// <summary>
    /// The server has reported that nothing was saved, so there is no outcome to look up, and another attempt would wait as long.
    /// </summary>
    [StoreFact]
    public async Task A_change_that_reaches_the_timeout_fails_and_is_not_retried()
    {
        await fixture.ClearAsync();
        var settings = new NpgsqlConnectionStringBuilder(fixture.Options.ConnectionString) { CommandTimeout = 1 };
        await using PostgresDocumentStore store =
            await PostgresDocumentStore.OpenAsync(fixture.Options.With(options => options.ConnectionString = settings.ConnectionString));
        await History.InsertAsync(store, documents: 1);
        await using NpgsqlConnection other = await LockAsync("true");
        await fixture.AdminAsync($"DELETE FROM {fixture.Options.Schema}.operations");
        StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => ChangeAsync(store, "0"));
        Assert.Equal(StoreFault.Unavailable, exception.Fault);
        Assert.Equal(0L, await fixture.AdminAsync($"SELECT count(*) FROM {fixture.Options.Schema}.operations"));
    }

    /// <summary>The changes of the locked document wait, but not with connections that the changes of others need.</summary>
    [StoreFact]
    public async Task A_document_that_is_locked_elsewhere_does_not_delay_others()
    {
        await fixture.ClearAsync();
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(fixture.Options
            .WithConnection(connection => (connection.MaxPoolSize, connection.Timeout) = (8, 2))
            .With(options => options.LockTimeout = TimeSpan.FromSeconds(8)));
        await History.InsertAsync(store, documents: 2);
        await using NpgsqlConnection other = await LockAsync("id = '0'");
        Task<TransformResult>[] waiting = [.. Enumerable.Range(0, 30).Select(_ => ChangeAsync(store, "0"))];
        await Task.Delay(500);
        Assert.DoesNotContain(waiting, change => change.IsCompletedSuccessfully);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(TransformStatus.Changed, (await ChangeAsync(store, "1")).Status);
        }

        await other.CloseAsync();
        await Task.WhenAll(waiting.Select(async change =>
        {
            try
            {
                await change;
            }
            catch (StoreUnavailableException exception)
            {
                Assert.Equal(StoreFault.Unavailable, exception.Fault);
            }
        }));
        Assert.Equal(TransformStatus.Changed, (await ChangeAsync(store, "0")).Status);
    }

    [StoreFact]
    public async Task A_change_waits_for_a_lock_until_the_lock_timeout()
    {
        await fixture.ClearAsync();
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(
            fixture.Options.With(options => options.LockTimeout = TimeSpan.FromMilliseconds(300)));
        await History.InsertAsync(store, documents: 1);
        await using NpgsqlConnection other = await LockAsync("true");
        StoreUnavailableException rejected = await Assert.ThrowsAsync<StoreUnavailableException>(() => ChangeAsync(store, "0"));
        Assert.Equal(StoreFault.Unavailable, rejected.Fault);
        Assert.Contains("another transaction has locked the document", rejected.Message, StringComparison.Ordinal);
        Assert.NotNull(await store.LoadAsync(new DocumentKey("org", "lists", "0")));
        await other.CloseAsync();
        Assert.Equal(TransformStatus.Changed, (await ChangeAsync(store, "0")).Status);
    }

    [StoreFact]
    public async Task A_search_uses_the_indexes()
    {
        PostgresDocumentStore store = await fixture.EmptyAsync();
        await Task.WhenAll(Enumerable.Range(0, 1500).Select(async i =>
            Assert.NotNull(await store.InsertAsync(
                new DocumentKey("org", "things", $"{i}"), System.Text.Encoding.UTF8.GetBytes($$"""{"project":"p{{i}}","all":1}""")))));
        string schema = fixture.Options.Schema;
        long before = await Scans();
        for (int i = 0; i < 100; i++)
        {
            Assert.Single(await store.FindAsync(new DocumentSelection("org", "things", null, [new MemberValue("project", $"p{i}")]), 2));
            Assert.Single(await store.FindAsync(
                new DocumentSelection("org", "things", null, [new MemberValue("all", 1), new MemberValue("project", $"p{i}")]), 2));
            Assert.Equal(TransformStatus.Changed, (await store.TransformAsync(
                new DocumentSelection("org", "things", null, [new MemberValue("project", $"p{i}")]), null, 0, (_, document) =>
                    document.Json)).Status);
        }

        // With row-level security the server uses an index only for leakproof operators, and without statistics it may choose another plan.
        await Task.Delay(1500);
        Assert.InRange(await Scans() - before, 0, 20);

        async Task<long> Scans() =>
            (long)(await fixture.AdminAsync(
                $"""
                SELECT sum(seq_scan)::bigint FROM pg_stat_user_tables
                WHERE schemaname = '{schema}' AND relname IN ('documents', 'tokens')
                """))!;
    }

    /// <summary>Each transaction costs the server as much as a statement.</summary>
    [StoreFact]
    public async Task A_read_is_one_transaction_and_a_change_two()
    {
        await fixture.ClearAsync();
        await using PostgresDocumentStore store =
            await PostgresDocumentStore.OpenAsync(fixture.Options.WithConnection(connection => connection.MaxPoolSize = 1));
        await History.InsertAsync(store, documents: 1);
        long before = await Transactions();
        for (int i = 0; i < 100; i++)
        {
            Assert.NotNull(await store.LoadAsync(new DocumentKey("org", "lists", "0")));
            Assert.Equal(TransformStatus.Changed, (await ChangeAsync(store, "0")).Status);
        }

        Assert.InRange(await Transactions() - before, 300, 330);

        // The server publishes its statistics once a second.
        async Task<long> Transactions()
        {
            await Task.Delay(1500);
            Assert.NotNull(await store.LoadAsync(new DocumentKey("org", "lists", "0")));
            return (long)(await fixture.AdminAsync("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"))!;
        }
    }

    [StoreFact]
    public async Task Old_operations_are_deleted()
    {
        PostgresDocumentStore store = await fixture.EmptyAsync();
        await Write(100);
        Assert.InRange(await Count(""), 100, 200);
        await fixture.AdminAsync($"UPDATE {fixture.Options.Schema}.operations SET at = now() - interval '1 hour'");
        await Write(1100);
        Assert.Equal(0, await Count("WHERE at < now() - interval '30 minutes'"));
        Assert.InRange(await Count(""), 1100, 1200);

        Task Write(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
            Assert.NotNull(await store.InsertAsync(new DocumentKey("org", "things", Guid.NewGuid().ToString()), "{}"u8.ToArray()))));

        async Task<long> Count(string where) =>
            (long)(await fixture.AdminAsync($"SELECT count(*) FROM {fixture.Options.Schema}.operations {where}"))!;
    }

    private static Task<TransformResult> ChangeAsync(PostgresDocumentStore store, string id) => store.TransformAsync(
        DocumentSelection.Of(new DocumentKey("org", "lists", id)), null, 0, (_, _) => "{}"u8.ToArray()).AsTask();

    /// <summary>Locks documents until the connection is closed.</summary>
    private async Task<NpgsqlConnection> LockAsync(string where)
    {
        var connection = new NpgsqlConnection(fixture.AdminConnection);
        await connection.OpenAsync();
        string sql = $"BEGIN; SELECT FROM {fixture.Options.Schema}.documents WHERE {where} FOR UPDATE";
        await using var hold = new NpgsqlCommand(sql, connection);
        await hold.ExecuteNonQueryAsync();
        return connection;
    }
}
