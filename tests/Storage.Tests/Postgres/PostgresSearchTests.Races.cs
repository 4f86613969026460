using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Tests.Contract;
using Npgsql;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>Members that are added while others write, and hosts that end meanwhile.</summary>
public sealed partial class PostgresSearchTests
{
    /// <summary>
    /// Hosts with different members start while others write. The default isolation level is that of the database; above READ COMMITTED a
    /// transaction could see the members of before.
    /// </summary>
    [StoreTheory]
    [InlineData("read committed")]
    [InlineData("repeatable read")]
    [InlineData("serializable")]
    public async Task Documents_that_are_written_while_members_are_added_are_found(string isolation)
    {
        await using (await OpenEmptyAsync())
        {
        }

        await fixture.AdminAsync($"ALTER DATABASE {Database} SET default_transaction_isolation = '{isolation}'");
        try
        {
            await using PostgresDocumentStore one = await PostgresDocumentStore.OpenAsync(fixture.Options);
            await using PostgresDocumentStore two = await PostgresDocumentStore.OpenAsync(fixture.Options);
            PostgresDocumentStore[] hosts = [one, two];
            await Task.WhenAll(Enumerable.Range(0, 600).Select(i => Insert(hosts[i % 2], $"{i}", Old, $"t{i % 3}")));
            int changes = 0;
            using var stop = new CancellationTokenSource();
            Task[] writers = [.. Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
            {
                var random = new Random(writer);
                for (int i = 0; !stop.IsCancellationRequested; i++)
                {
                    PostgresDocumentStore host = hosts[i % 2];
                    int id = random.Next(600);
                    DocumentKey key = Key($"{id}", $"t{id % 3}"), other = key with { Id = $"{writer} {i}" };
                    _ = random.Next(10) switch
                    {
                        0 => await host.DeleteAsync(key),
                        1 => await host.InsertAsync(key, Json(random)) is not null,
                        2 => await host.InsertAsync(other, Json(random)) is not null,
                        _ => (await host.TransformAsync(
                            DocumentSelection.Of(key),
                            null,
                            Json(random),
                            static (json, _) => json,
                            (_, _, _) => [new NewDocument(other, Json(random))])).Status == TransformStatus.Changed,
                    };
                    Interlocked.Increment(ref changes);
                }
            }))];
            foreach (string[] members in (string[][])[["a", "b"], ["b", "c"], ["d"]])
            {
                int seen = Volatile.Read(ref changes);
                await UntilAsync(() => Task.FromResult(
                    Volatile.Read(ref changes) > seen + 100 || writers.Any(static writer => writer.IsCompleted)));
                await Task.WhenAll(hosts.Select(host => Task.WhenAll(
                    host.PrepareSearchAsync(Collection, members).AsTask(), host.PrepareSearchAsync(Collection, members[..1]).AsTask())));
            }

            await stop.CancelAsync();
            await Task.WhenAll(writers);
            Assert.InRange(changes, 300, int.MaxValue);
            Assert.Equal(4, await CountAsync("searches WHERE ready"));
            await CheckAllAsync(one);
        }
        finally
        {
            await fixture.AdminAsync($"ALTER DATABASE {Database} RESET default_transaction_isolation");
        }
    }

    /// <summary>
    /// The change waits for a lock with the members that its statement has seen, and the documents get no tokens until it ends.
    /// </summary>
    [StoreFact]
    public async Task A_change_that_did_not_see_a_member_ends_before_documents_get_their_tokens()
    {
        await using PostgresDocumentStore store = await OpenEmptyAsync();
        await using PostgresDocumentStore other = await PostgresDocumentStore.OpenAsync(fixture.Options);
        await Insert(store, "1", Old);
        await using var locking = new NpgsqlConnection(fixture.AdminConnection);
        await locking.OpenAsync();
        await using (var hold = new NpgsqlCommand($"BEGIN; SELECT FROM {Schema}.documents FOR UPDATE", locking))
        {
            await hold.ExecuteNonQueryAsync();
        }

        Task changing = Change(store, DocumentSelection.Of(Key("1")), """{"a":"new"}""");
        await UntilAsync(() => WaitAsync("wait_event_type = 'Lock'"));
        Task preparing = other.PrepareSearchAsync(Collection, ["a"]).AsTask();
        await Task.WhenAny(preparing, UntilAsync(() => WaitAsync("wait_event = 'advisory'")));
        await locking.CloseAsync();
        await changing;
        await preparing;
        Assert.Single(await other.FindAsync(Selection(("a", "new")), 10));
        Assert.Empty(await other.FindAsync(Selection(("a", "old")), 10));

        async Task<bool> WaitAsync(string how) => await fixture.AdminAsync($"SELECT 1 FROM pg_stat_activity WHERE {how}") is not null;
    }

    /// <summary>The lock takes the place of documents that take long to get their tokens.</summary>
    [StoreFact]
    public async Task Calls_do_not_wait_for_members_that_they_do_not_search_by()
    {
        await using PostgresDocumentStore store = await OpenEmptyAsync();
        await store.PrepareSearchAsync(Collection, ["b"]);
        await fixture.AdminAsync($"INSERT INTO {Schema}.searches VALUES ('{Collection}', '=a'); {Stamp}");
        await using var locking = new NpgsqlConnection(fixture.AdminConnection);
        await locking.OpenAsync();
        await using (var hold = new NpgsqlCommand($"BEGIN; SELECT FROM {Schema}.searches WHERE member = '=a' FOR UPDATE", locking))
        {
            await hold.ExecuteNonQueryAsync();
        }

        Task preparing = store.PrepareSearchAsync(Collection, ["a"]).AsTask();
        await UntilAsync(async () => await WaitingAsync() is not null);
        object? waiting = await WaitingAsync();
        await fixture.AdminAsync(Stamp);
        await Insert(store, "1", Old);
        await Change(store, Selection(("b", "old")), Old);
        Assert.Single(await store.FindAsync(Selection(("b", "old")), 10));
        Assert.Equal(waiting, await WaitingAsync());
        await locking.CloseAsync();
        await preparing;
        Assert.Single(await store.FindAsync(Selection(("a", "old")), 10));

        Task<object?> WaitingAsync() => fixture.AdminAsync("SELECT xact_start FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
    }

    /// <summary>New connections have another isolation level than those by which the host knows the default.</summary>
    [StoreFact]
    public async Task Changes_succeed_when_the_default_isolation_level_was_changed()
    {
        await using PostgresDocumentStore store = await OpenEmptyAsync();
        await store.PrepareSearchAsync(Collection, ["a"]);
        await Insert(store, "1", Old);
        await fixture.AdminAsync($"ALTER DATABASE {Database} SET default_transaction_isolation = 'serializable'");
        try
        {
            // One connection of before, by turns with new ones.
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => store.LoadAsync(Key("1")).AsTask()));
            for (int i = 2; i < 30; i++)
            {
                await Insert(store, $"{i}", Old);
                await Change(store, DocumentSelection.Of(Key($"{i - 1}")), """{"a":"new"}""");
            }

            // Only new ones.
            await fixture.AdminAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'patchgen_test_user'");
            await Insert(store, "30", Old);
            Assert.True(await store.DeleteAsync(Key("1")));
            Assert.Equal(new[] { "29", "30" }, (await store.FindAsync(Selection(("a", "old")), 10)).Select(static found => found.Key.Id));
            Assert.Equal(27, (await store.FindAsync(Selection(("a", "new")), 100)).Count);
        }
        finally
        {
            await fixture.AdminAsync($"ALTER DATABASE {Database} RESET default_transaction_isolation");
        }
    }

    /// <summary>The host ends when the members were added, and when some documents have their tokens; another one continues.</summary>
    [StoreFact]
    public async Task What_a_killed_host_did_not_complete_is_completed()
    {
        const int Documents = 1500;
        await using PostgresDocumentStore store = await OpenEmptyAsync();
        await Task.WhenAll(Enumerable.Range(0, Documents).Select(i => Insert(store, $"{i}", Old, $"t{i % 3}")));

        // As fast as connections can be ended; the seven attempts after the first come to an end.
        int ended = 0;
        Task preparing = Task.CompletedTask;
        while (ended < 40)
        {
            if (preparing.IsCompleted)
            {
                await preparing;
                if (await CountAsync("searches WHERE ready") == 2)
                {
                    break;
                }

                preparing = store.PrepareSearchAsync(Collection, ["a", "b"]).AsTask();
            }

            await Task.Delay(5);
            ended += (int)(long)(await fixture.AdminAsync(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'patchgen_test_user' AND state <> 'idle'"))!;
        }

        await preparing;
        Assert.InRange(ended, 2, int.MaxValue);
        await using PostgresDocumentStore other = await PostgresDocumentStore.OpenAsync(fixture.Options);
        await CheckAllAsync(other);
        Assert.Equal(4 * Documents, await CountAsync("tokens"));
    }

    /// <summary>Compares searches by each member and value with the documents of all tenants.</summary>
    private static async Task CheckAllAsync(PostgresDocumentStore store)
    {
        foreach (string tenant in (string[])["t0", "t1", "t2"])
        {
            IReadOnlyList<StoredDocument> all = await store.FindAsync(new DocumentSelection(tenant, Collection, null, []), int.MaxValue);
            Assert.NotEmpty(all);
            foreach (string member in Members)
            {
                foreach (string value in (string[])["old", "0", "1", "2"])
                {
                    var selection = new DocumentSelection(tenant, Collection, null, [new MemberValue(member, value)]);
                    Assert.Equal(
                        all.Where(selection.Matches).Select(static document => document.Key),
                        (await store.FindAsync(selection, int.MaxValue)).Select(static document => document.Key));
                }
            }
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(1);
        }
    }
}
