using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Tests.Contract;
using Npgsql;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>
/// The results of changes while the synchronous standby is away. When the server is asked to stop waiting, it commits locally and reports
/// success with a warning.
/// </summary>
[Collection(PostgresFailoverTests.Collection)]
public sealed class PostgresStandbyTests(PostgresPair pair) : INeedsServer, IAsyncLifetime
{
    private static readonly byte[] Old = """{"n":1}"""u8.ToArray(), New = """{"n":2}"""u8.ToArray();

    public static string? Missing => PostgresServer.Missing;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>A test may leave the standby stopped.</summary>
    public Task DisposeAsync() => Missing is null ? pair.StartStandbyAsync() : Task.CompletedTask;

    [StoreFact]
    public async Task No_call_reports_an_unconfirmed_change()
    {
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(pair.Options);
        DocumentKey changed = Key(), inserted = Key(), deleted = Key();
        await store.InsertAsync(changed, Old);
        await store.InsertAsync(deleted, Old);
        await pair.StopStandbyAsync();

        // Repeated calls find an unconfirmed change.
        await Task.WhenAll(
            Twice(() => ChangeAsync(store, changed)),
            Twice(() => store.InsertAsync(inserted, New).AsTask()),
            Twice(() => store.DeleteAsync(deleted).AsTask()));

        // Reads do not wait, and return what the server has committed.
        Assert.Equal(New, (await store.LoadAsync(changed))!.Json);
        Assert.NotNull(await store.LoadAsync(inserted));
        Assert.Null(await store.LoadAsync(deleted));

        await pair.StartStandbyAsync();
        Assert.Equal(TransformStatus.Unchanged, (await ChangeAsync(store, changed)).Status);
        Assert.Null(await store.InsertAsync(inserted, New));
        Assert.False(await store.DeleteAsync(deleted));

        static async Task Twice(Func<Task> call)
        {
            await IsUnknown(call());
            await IsUnknown(call());
        }
    }

    /// <summary>
    /// Regardless of the settings of the role.
    /// </summary>
    [StoreTheory]
    [InlineData("synchronous_commit=local")]
    [InlineData("synchronous_commit=off")]
    [InlineData("client_min_messages=error")]
    public async Task Settings_of_the_role_do_not_weaken_durability(string setting)
    {
        var settings = new NpgsqlConnectionStringBuilder(pair.Options.ConnectionString) { Options = $"-c {setting}" };
        await using PostgresDocumentStore store =
            await PostgresDocumentStore.OpenAsync(pair.Options.With(options => options.ConnectionString = settings.ConnectionString));
        await pair.StopStandbyAsync();
        await IsUnknown(store.InsertAsync(Key(), New).AsTask());
    }

    [StoreFact]
    public async Task A_standby_that_returns_in_time_makes_it_a_success()
    {
        await using PostgresDocumentStore store =
            await PostgresDocumentStore.OpenAsync(pair.Options.With(options => options.RecoveryTimeout = TimeSpan.FromSeconds(30)));
        DocumentKey key = Key();
        await store.InsertAsync(key, Old);
        await pair.StopStandbyAsync();
        Task<TransformResult> change = ChangeAsync(store, key);
        await Task.Delay(PostgresPair.CommandTimeout * 2);
        Assert.False(change.IsCompleted);
        await pair.StartStandbyAsync();
        Assert.Equal(TransformStatus.Changed, (await change).Status);
        Assert.Equal((await change).Document.Version, (await store.LoadAsync(key))!.Version);
    }

    /// <summary>The lookup finds the change, but it is not confirmed.</summary>
    [StoreTheory]
    [InlineData("pg_cancel_backend")]
    [InlineData("pg_terminate_backend")]
    public async Task An_administrator_who_cancels_the_wait_does_not_make_it_a_success(string function)
    {
        await using PostgresDocumentStore store = await OpenPatientAsync(TimeSpan.FromSeconds(1));
        DocumentKey key = Key();
        await store.InsertAsync(key, Old);
        await pair.StopStandbyAsync();
        Task<TransformResult> change = ChangeAsync(store, key);
        await WaitingAsync(1);
        await pair.Primary.AdminAsync($"SELECT {function}(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
        await IsUnknown(change);
        Assert.Equal(New, (await store.LoadAsync(key))!.Json);
    }

    [StoreFact]
    public async Task A_restart_of_the_server_does_not_make_it_a_success()
    {
        await using PostgresDocumentStore store = await OpenPatientAsync(TimeSpan.FromSeconds(4));
        DocumentKey key = Key();
        await store.InsertAsync(key, Old);
        await pair.StopStandbyAsync();
        Task<TransformResult> change = ChangeAsync(store, key);
        await WaitingAsync(1);
        await pair.Primary.StopAsync("fast");
        await pair.Primary.StartAsync();
        await IsUnknown(change);
    }

    /// <summary>If it were canceled, the outcome of the change would be unknown.</summary>
    [StoreFact]
    public async Task A_caller_cannot_cancel_a_change_that_is_being_saved()
    {
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(pair.Options);
        await pair.StopStandbyAsync();
        using var cancel = new CancellationTokenSource();
        DocumentKey key = Key();
        Task<StoredDocument?> insert = store.InsertAsync(key, New, cancel.Token).AsTask();
        await WaitingAsync(1);
        await cancel.CancelAsync();
        await IsUnknown(insert);
        Assert.NotNull(await store.LoadAsync(key));
    }

    [StoreFact]
    public async Task Changes_that_wait_leave_connections_for_reads()
    {
        const int Connections = 4, ForChanges = 3;
        var settings = new NpgsqlConnectionStringBuilder(
            pair.Options.ConnectionString) { MaxPoolSize = Connections, CommandTimeout = 60, Timeout = 2 };
        await using PostgresDocumentStore store =
            await PostgresDocumentStore.OpenAsync(pair.Options.With(options => options.ConnectionString = settings.ConnectionString));
        DocumentKey key = Key();
        await store.InsertAsync(key, Old);
        await pair.StopStandbyAsync();
        Task<StoredDocument?>[] changes = [.. Enumerable.Range(0, 20).Select(_ => store.InsertAsync(Key(), New).AsTask())];
        await WaitingAsync(ForChanges);
        for (int i = 0; i < 100; i++)
        {
            Assert.NotNull(await store.LoadAsync(key));
        }

        foreach (Task<StoredDocument?> rejected in changes.Skip(ForChanges))
        {
            StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => rejected);
            Assert.Equal(StoreFault.Unavailable, exception.Fault);
        }

        await pair.StartStandbyAsync();
        Assert.All(await Task.WhenAll(changes.Take(ForChanges)), Assert.NotNull);
    }

    [StoreFact]
    public async Task An_unconfirmed_migration_is_reported_as_well()
    {
        PostgresStoreOptions options = pair.Admin
            .With(changed => changed.Schema = "patchgen_away")
            .WithConnection(connection => connection.CommandTimeout = 1);
        await pair.StopStandbyAsync();
        await IsUnknown(PostgresDocumentStore.MigrateAsync(options));
        await IsUnknown(PostgresDocumentStore.MigrateAsync(options));
        await pair.StartStandbyAsync();
        await PostgresDocumentStore.MigrateAsync(options);
    }

    /// <summary>Opens a store that waits longer than the test.</summary>
    private Task<PostgresDocumentStore> OpenPatientAsync(TimeSpan recoveryTimeout) => PostgresDocumentStore.OpenAsync(pair.Options
        .WithConnection(connection => connection.CommandTimeout = 60)
        .With(options => options.RecoveryTimeout = recoveryTimeout));

    /// <summary>Waits until this number of commits waits for the standby.</summary>
    private async Task WaitingAsync(long count)
    {
        const string Sql = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
        for (int waited = 0; await pair.Primary.AdminAsync(Sql) is not long waiting || waiting != count; waited += 20)
        {
            Assert.True(waited < 30_000, "No commit waits for the standby.");
            await Task.Delay(20);
        }
    }

    private static async Task<TransformResult> ChangeAsync(PostgresDocumentStore store, DocumentKey key) => await store.TransformAsync(
        DocumentSelection.Of(key), null, 0, (_, document) => document.Json.Span.SequenceEqual(New) ? (ReadOnlyMemory<byte>?)null : New);

    private static async Task IsUnknown(Task call)
    {
        StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => call);
        Assert.True(exception.Fault == StoreFault.Unknown, exception.ToString());
    }

    private static DocumentKey Key() => new("org", "things", Guid.NewGuid().ToString());
}
