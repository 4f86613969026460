using Layers.PatchGen.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Layers.PatchGen.Storage.Tests.Sqlite;

public sealed class SqliteLoadTests : SqliteTest
{
    private const int Large = 60;

    [Fact]
    public async Task Killed_processes_lose_nothing_that_they_acknowledged() => await ChildProcess.KillRounds(
        "sqlite",
        File,
        async () => await SqliteDocumentStore.OpenAsync(new SqliteStoreOptions { Path = File }),
        Program.VerifyAsync);

    [Fact]
    public async Task Two_hundred_concurrent_requests_beside_permanent_readers_succeed()
    {
        SqliteDocumentStore store = await OpenAsync();
        await FillLarge(store);
        using var stop = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 16).Select(reader => Task.Run(async () =>
        {
            for (int i = reader; !stop.IsCancellationRequested; i++)
            {
                Assert.NotNull(await store.LoadAsync(Key($"{i % Large}")));
                Assert.Equal(5, (await store.FindAsync(Where(), 5)).Count);
            }
        }))];

        long log = await WriteLarge(store, writers: 200, changes: 1000);
        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.InRange(log, 1, 64 * 1024 * 1024);
    }

    /// <summary>
    /// There is always a reading transaction, so SQLite alone would never start the log over, which would grow to 120 MB.
    /// </summary>
    [Fact]
    public async Task The_log_stays_small_under_readers_that_overlap()
    {
        SqliteDocumentStore store = await OpenAsync();
        await FillLarge(store);
        using var stop = new CancellationTokenSource();
        Task readers = Task.Run(async () =>
        {
            using var one = new SqliteConnection($"Data Source={File};Mode=ReadOnly;Pooling=False");
            using var two = new SqliteConnection($"Data Source={File};Mode=ReadOnly;Pooling=False");
            one.Open();
            two.Open();
            using SqliteCommand first = one.CreateCommand(), second = two.CreateCommand();
            Run(first, "BEGIN");
            while (!stop.IsCancellationRequested)
            {
                Run(second, "BEGIN");
                await Task.Delay(20);
                Run(first, "COMMIT");
                Run(first, "BEGIN");
                await Task.Delay(20);
                Run(second, "COMMIT");
            }
        });

        long log = await WriteLarge(store, writers: 50, changes: 4000);
        await stop.CancelAsync();
        await readers;
        Assert.InRange(log, 1, 64 * 1024 * 1024);

        static void Run(SqliteCommand command, string sql)
        {
            command.CommandText = sql;
            command.ExecuteNonQuery();
            if (sql == "BEGIN")
            {
                // The snapshot begins with the first read.
                command.CommandText = "SELECT count(*) FROM documents";
                command.ExecuteScalar();
            }
        }
    }

    [Fact]
    public async Task An_index_is_created_for_the_members_of_a_search_up_to_a_limit()
    {
        SqliteDocumentStore store = await OpenAsync();
        await Insert(store, "a", """{"it's":"p","rank":1}""");
        for (int round = 0; round < 2; round++)
        {
            Assert.Single(await store.FindAsync(Where(new MemberValue("rank", 1), new MemberValue("it's", "p")), 10));
            Assert.Single(await store.FindAsync(Where(new MemberValue("it's", "p"), new MemberValue("rank", 1)), 10));
            TransformResult unchanged =
                await store.TransformAsync<object?>(Where(new MemberValue("rank", 1)), null, null, (_, _) => null);
            Assert.Equal(TransformStatus.Unchanged, unchanged.Status);

            // A search by id needs no index, and a name that cannot be escaped gets none.
            Assert.Single(await store.FindAsync(new DocumentSelection("org", "things", "a", [new MemberValue("it's", "p")]), 10));
            Assert.Empty(await store.FindAsync(Where(new MemberValue("a\"b", 1)), 10));
        }

        Assert.Equal(["members[\"it\\u0027s\",\"rank\"]", "members[\"rank\"]"], Indexes());
        for (int i = 0; i < 40; i++)
        {
            Assert.Empty(await store.FindAsync(Where(new MemberValue($"m{i}", 1)), 10));
        }

        Assert.Equal(16, Indexes().Length);
        Assert.Single(await store.FindAsync(Where(new MemberValue("rank", 1)), 10));

    }

    [Fact]
    public async Task An_index_is_created_before_the_first_search()
    {
        SqliteDocumentStore store = await OpenAsync();
        await store.PrepareSearchAsync("things", ["rank", "name"]);
        await store.PrepareSearchAsync("things", ["name", "rank"]);
        await store.PrepareSearchAsync("things", []);
        Assert.Equal(["members[\"name\",\"rank\"]"], Indexes());
    }

    private string[] Indexes() => Column(File, "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name");

    [Fact]
    public async Task Too_many_queued_writes_are_rejected_and_the_others_succeed()
    {
        SqliteDocumentStore store = await OpenAsync(options => options.MaxQueuedWrites = 5);
        await Insert(store, "a", """{"n":0}""");
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        Task<TransformResult> slow = Hold(store, entered, go);
        entered.Wait();
        using var givingUp = new CancellationTokenSource();
        Task<TransformResult>[] waiting = [.. Enumerable.Range(0, 4).Select(i => Set(store, "a", $$"""{"n":{{i}}}"""))];
        Task<TransformResult> givenUp = store.TransformAsync(
            DocumentSelection.Of(Key("a")),
            null,
            0,
            (_, _) => throw new InvalidOperationException("It ran."),
            cancellationToken: givingUp.Token).AsTask();
        await Fails(StoreFault.Unavailable, () => Set(store, "a", "{}"));

        // A waiting call ends immediately when it is canceled.
        await givingUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        Assert.False(slow.IsCompleted);

        go.Set();
        await slow;
        await Task.WhenAll(waiting);
        Assert.Equal(6, (await store.LoadAsync(Key("a")))!.Version.Number);
        await Set(store, "a", "{}");
    }

    [Fact]
    public async Task While_another_program_locks_the_database_writes_are_rejected()
    {
        SqliteDocumentStore store = await OpenAsync(options => options.BusyTimeout = TimeSpan.FromSeconds(1));
        await Insert(store, "a", """{"n":1}""");
        using (var stranger = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            stranger.Open();
            using SqliteTransaction transaction = stranger.BeginTransaction(deferred: false);
            await Fails(StoreFault.Unavailable, () => Set(store, "a", """{"n":2}"""));
            Assert.Equal("""{"n":1}""", Text(await store.LoadAsync(Key("a"))));
        }

        Assert.Equal(2, (await Set(store, "a", """{"n":2}""")).Document.Version.Number);
    }

    private static async Task FillLarge(SqliteDocumentStore store)
    {
        for (int i = 0; i < Large; i++)
        {
            await Insert(store, $"{i}", "{}");
        }
    }

    /// <summary>
    /// Writes documents of 30 KB, completely new each time (SQLite does not write unchanged pages), and returns the maximum size of the
    /// log.
    /// </summary>
    private async Task<long> WriteLarge(SqliteDocumentStore store, int writers, int changes)
    {
        long largest = 0;
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) <= changes;)
            {
                string json = $$"""{"pad":"{{new string((char)('a' + (i / Large % 26)), 30_000)}}"}""";
                Assert.Equal(TransformStatus.Changed, (await Set(store, $"{i % Large}", json)).Status);
                if (i % 20 == 0)
                {
                    largest = Math.Max(largest, new FileInfo(File + "-wal").Length);
                }
            }
        })));
        Console.WriteLine($"The log grew to {largest >> 20} MiB.");
        return largest;
    }

    private static Task<TransformResult> Hold(SqliteDocumentStore store, ManualResetEventSlim entered, ManualResetEventSlim go) =>
        store.TransformAsync(DocumentSelection.Of(Key("a")), null, 0, (_, _) =>
        {
            entered.Set();
            go.Wait();
            return Json("""{"held":true}""");
        }).AsTask();
}
