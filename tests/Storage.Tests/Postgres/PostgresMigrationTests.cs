using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Tests.Contract;
using Npgsql;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>Tables of an earlier layout, with documents.</summary>
[Collection(PostgresFixture.Collection)]
public sealed class PostgresMigrationTests(PostgresFixture fixture) : INeedsServer
{
    private const string Schema = "patchgen_old";

    /// <summary>As layout 2 has created them.</summary>
    private const string Layout2 = $"""
        DROP SCHEMA IF EXISTS {Schema} CASCADE;
        CREATE SCHEMA {Schema};
        CREATE TABLE {Schema}.layout (version int NOT NULL, checksum text NOT NULL);
        CREATE TABLE {Schema}.documents (
            organisation text COLLATE "C" NOT NULL, collection text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL,
            random bigint NOT NULL, number bigint NOT NULL, checksum bigint NOT NULL, json text NOT NULL,
            PRIMARY KEY (organisation, collection, id)) WITH (fillfactor = 80);
        CREATE TABLE {Schema}.members (
            organisation text COLLATE "C" NOT NULL, token bigint NOT NULL, id text COLLATE "C" NOT NULL,
            PRIMARY KEY (organisation, token, id));
        CREATE TABLE {Schema}.operations (
            organisation text COLLATE "C" NOT NULL, operation uuid NOT NULL, done boolean NOT NULL, at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (organisation, operation));
        CREATE INDEX operations_at ON {Schema}.operations USING brin (at);
        ALTER TABLE {Schema}.documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        ALTER TABLE {Schema}.members ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY organisation ON {Schema}.documents USING ('=' || organisation = current_setting('patchgen.organisation', true));
        CREATE POLICY organisation ON {Schema}.members USING ('=' || organisation = current_setting('patchgen.organisation', true));
        GRANT USAGE ON SCHEMA {Schema} TO patchgen_test_user;
        GRANT SELECT ON {Schema}.layout TO patchgen_test_user;
        GRANT SELECT, INSERT, UPDATE, DELETE ON {Schema}.documents, {Schema}.members, {Schema}.operations TO patchgen_test_user;
        """;

    public static string? Missing => PostgresFixture.Missing;

    [StoreFact]
    public async Task Tables_of_layout_2_are_updated()
    {
        await fixture.AdminAsync(Layout2);
        await fixture.AdminAsync($"INSERT INTO {Schema}.layout VALUES (2, '{StoredDocument.ChecksumAlgorithm}')");
        for (int i = 0; i < 500; i++)
        {
            var document = new StoredDocument(
                new DocumentKey($"t{i % 2}", "things", $"{i}"), DocumentVersion.First(), """{"project":"p","name":"n"}"""u8.ToArray());
            await fixture.AdminAsync(
                $$"""
                INSERT INTO {{Schema}}.documents VALUES ('t{{i % 2}}', 'things', '{{i}}',
                    {{document.Version.Random}}, {{document.Version.Number}}, {{document.Checksum()}}, '{"project":"p","name":"n"}')
                """);
        }

        PostgresStoreOptions options = fixture.Options.With(options => options.Schema = Schema);
        StoreUnavailableException old = await Assert.ThrowsAsync<StoreUnavailableException>(() => PostgresDocumentStore.OpenAsync(options));
        Assert.Equal(StoreFault.Incompatible, old.Fault);
        Assert.Contains("layout 2", old.Message, StringComparison.Ordinal);
        await PostgresDocumentStore.MigrateAsync(
            new PostgresStoreOptions { ConnectionString = fixture.AdminConnection, Schema = Schema }, "patchgen_test_user");

        await using PostgresDocumentStore store = await PostgresDocumentStore.OpenAsync(options);
        Assert.Equal(250, (await store.FindAsync(Selection("t0"), 1000)).Count);
        Assert.Equal(250, (await store.FindAsync(Selection("t1"), 1000)).Count);
        Assert.Equal(500L, await fixture.AdminAsync($"SELECT count(*) FROM {Schema}.tokens"));
        Assert.Equal(TransformStatus.Changed, (await store.TransformAsync(
            DocumentSelection.Of(new DocumentKey("t0", "things", "0")), null, 0, static (_, _) => "{}"u8.ToArray())).Status);
        Assert.Equal(249, (await store.FindAsync(Selection("t0"), 1000)).Count);

        // A host of the earlier version that still runs: its statements use a table that is not there, so that nothing is saved.
        PostgresException none = await Assert.ThrowsAsync<PostgresException>(() => PostgresServer.RunSqlAsync(
            fixture.Options.ConnectionString,
            $$"""
            SELECT set_config('patchgen.organisation', '=t0', true);
            WITH saved AS (INSERT INTO {{Schema}}.documents VALUES ('t0', 'things', 'new', 1, 1, 1, '{}') RETURNING id)
            INSERT INTO {{Schema}}.members SELECT 't0', 1, id FROM saved
            """));
        Assert.Equal(PostgresErrorCodes.UndefinedTable, none.SqlState);
        Assert.Null(await store.LoadAsync(new DocumentKey("t0", "things", "new")));
        await fixture.AdminAsync($"DROP SCHEMA {Schema} CASCADE");
    }

    private static DocumentSelection Selection(string tenant) => new(tenant, "things", null, [new MemberValue("project", "p")]);
}
