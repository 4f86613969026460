using System.Diagnostics;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Tests.Contract;
using Npgsql;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>Connections and servers that are lost while changes are being saved.</summary>
[Collection(PostgresFixture.Collection)]
public sealed class PostgresLossTests(PostgresFixture fixture) : INeedsServer
{
    private static readonly DocumentKey Key = new("org", "lists", "0");

    public static string? Missing => PostgresFixture.Missing;

    [StoreFact]
    public async Task After_a_lost_connection_the_outcome_of_a_change_is_looked_up()
    {
        await fixture.ClearAsync();
        int seed = Environment.TickCount;
        var direct = new NpgsqlConnectionStringBuilder(fixture.Options.ConnectionString);
        await using var proxy = new LossyProxy(direct.Port, seed);
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(
            fixture.Options.WithConnection(connection => (connection.Port, connection.MaxPoolSize) = (proxy.Port, 20)));
        await History.InsertAsync(store, documents: 6);
        var history = new History();
        var watch = Stopwatch.StartNew();
        proxy.Loss = 40;
        await history.WriteAsync([store], writers: 12, documents: 6, () => watch.ElapsedMilliseconds > 4000);
        proxy.Loss = 0;

        Console.WriteLine($"Seed {seed}: {proxy.Cuts} connections cut.");
        await history.CheckAsync(store, documents: 6);
        Assert.InRange(proxy.Cuts, 10, int.MaxValue);
        Assert.InRange(history.Acknowledged, 50, int.MaxValue);
        Assert.Equal(0, history.Unknown);
    }

    [StoreFact]
    public async Task A_connection_lost_between_the_results_and_the_end_of_the_commit_is_looked_up()
    {
        await fixture.ClearAsync();
        var direct = new NpgsqlConnectionStringBuilder(fixture.Options.ConnectionString);
        await using var proxy = new LossyProxy(direct.Port, seed: 1);
        await using PostgresDocumentStore store =
            await PostgresDocumentStore.OpenAsync(fixture.Options.WithConnection(connection => connection.Port = proxy.Port));
        await History.InsertAsync(store, documents: 1);
        int attempts = 0;
        TransformResult result = await store.TransformAsync(DocumentSelection.Of(Key), null, 0, (_, _) =>
        {
            proxy.CutsNextEnd = ++attempts == 1;
            return "{}"u8.ToArray();
        });
        Assert.Equal((1, TransformStatus.Changed, 1), (attempts, result.Status, proxy.Cuts));
        Assert.Equal(result.Document.Version, (await store.LoadAsync(Key))!.Version);
    }

    /// <summary>The commit of the first attempt ends the connection, after the results of all statements.</summary>
    [StoreFact]
    public async Task A_commit_that_the_server_did_not_complete_is_repeated()
    {
        PostgresDocumentStore store = await fixture.EmptyAsync();
        string schema = fixture.Options.Schema;
        await History.InsertAsync(store, documents: 1);
        await fixture.AdminAsync($$"""
            CREATE SEQUENCE {{schema}}.ends;
            CREATE FUNCTION {{schema}}.end() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
                IF nextval('{{schema}}.ends') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                RETURN NEW; END $$;
            CREATE CONSTRAINT TRIGGER fail AFTER UPDATE ON {{schema}}.documents
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {{schema}}.end()
            """);
        try
        {
            TransformResult result = await store.TransformAsync(
                DocumentSelection.Of(Key), null, 0, (_, _) => "{}"u8.ToArray());
            Assert.Equal(TransformStatus.Changed, result.Status);
            Assert.Equal(2, result.Document.Version.Number);
            Assert.Equal(result.Document.Version, (await store.LoadAsync(Key))!.Version);
            Assert.InRange((long)(await fixture.AdminAsync($"SELECT last_value FROM {schema}.ends"))!, 2, 2);
        }
        finally
        {
            await fixture.AdminAsync($"DROP TRIGGER fail ON {schema}.documents; DROP FUNCTION {schema}.end; DROP SEQUENCE {schema}.ends");
        }
    }

    [StoreFact]
    public async Task A_server_that_is_stopped_or_killed_loses_nothing()
    {
        if (fixture.Server is not { } server)
        {
            Console.WriteLine("NOT RUN: stops the server, which the tests did not start.");
            return;
        }

        await fixture.ClearAsync();
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(fixture.Options);
        await History.InsertAsync(store, documents: 6);
        var history = new History();
        bool stop = false;
        Task writing = history.WriteAsync([store], writers: 12, documents: 6, () => Volatile.Read(ref stop));
        Func<Task>[] ends = [server.KillAsync, () => server.StopAsync("fast"), () => server.StopAsync("immediate")];
        foreach (Func<Task> end in ends)
        {
            await history.ProgressAsync(100);
            await end();
            await Task.Delay(300);
            StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(
                async () => await store.LoadAsync(Key));
            Assert.Equal(StoreFault.Unavailable, exception.Fault);
            await server.StartAsync();
        }

        await history.ProgressAsync(100);
        Volatile.Write(ref stop, true);
        await writing;
        await history.CheckAsync(store, documents: 6);
        Assert.InRange(history.Rejected, 1, int.MaxValue);
    }

    [StoreFact]
    public async Task While_the_server_is_unreachable_the_outcome_is_unknown()
    {
        await fixture.ClearAsync();
        var direct = new NpgsqlConnectionStringBuilder(fixture.Options.ConnectionString);
        var proxy = new LossyProxy(direct.Port, seed: 1);
        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(fixture.Options
            .WithConnection(connection => connection.Port = proxy.Port)
            .With(options => options.RecoveryTimeout = TimeSpan.FromMilliseconds(300)));
        await History.InsertAsync(store, documents: 1);

        // The connection is lost after the transform.
        StoreUnavailableException unknown = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.TransformAsync(
            DocumentSelection.Of(Key),
            null,
            proxy,
            (line, _) =>
            {
                line.Loss = 1000;
                return "{}"u8.ToArray();
            }));
        Assert.Equal(StoreFault.Unknown, unknown.Fault);
        await proxy.DisposeAsync();
    }
}
