using Layers.PatchGen.Storage.Postgres;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>
/// The server for all tests: a temporary one, or that of <c>PATCHGEN_POSTGRES</c>, a connection string of a superuser (the tests write to
/// its database). The store uses a role without privileges.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public const string Collection = "PostgreSQL";
    public const string Schema = "patchgen_test";
    private const string User = "patchgen_test_user";
    private static readonly string? Given = Environment.GetEnvironmentVariable("PATCHGEN_POSTGRES");

    private PostgresServer? _server;
    private PostgresDocumentStore? _store;

    /// <summary>Why there is no server; null if there is one.</summary>
    public static string? Missing =>
        Given is null && PostgresServer.Binaries is null
            ? "NOT RUN: PostgreSQL is not installed (initdb in PATH, or the Debian package postgresql), and PATCHGEN_POSTGRES is not set."
            : null;

    public string AdminConnection { get; private set; } = "";

    public PostgresStoreOptions Options { get; private set; } = null!;

    /// <summary>The server, if it is a temporary one, which tests can stop and start.</summary>
    internal PostgresServer? Server => _server;

    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        AdminConnection = Given ?? "";
        if (Given is null)
        {
            _server = await PostgresServer.StartNewAsync();
            AdminConnection = _server.AdminConnection;
        }

        await AdminAsync(
            $"""
            DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{User}') THEN CREATE ROLE {User} LOGIN PASSWORD '{User}'; END IF;
            END $$
            """);
        var admin = new PostgresStoreOptions { ConnectionString = AdminConnection, Schema = Schema };
        await AdminAsync($"DROP SCHEMA IF EXISTS {admin.Schema} CASCADE");
        await PostgresDocumentStore.MigrateAsync(admin, User);
        Options = admin.WithConnection(connection =>
        {
            (connection.Username, connection.Password) = (User, User);
            (connection.Pooling, connection.MaxPoolSize) = (true, 60);
        });
    }

    public async Task DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DeleteAsync();
        }
    }

    /// <summary>The empty store that tests without options of their own share: opening one takes longer than most tests.</summary>
    internal async Task<PostgresDocumentStore> EmptyAsync()
    {
        await ClearAsync();
        return _store ??= await PostgresDocumentStore.OpenAsync(Options);
    }

    /// <summary>Deletes all documents.</summary>
    internal Task ClearAsync() =>
        AdminAsync(
            $"DELETE FROM {Options.Schema}.documents; DELETE FROM {Options.Schema}.tokens; DELETE FROM {Options.Schema}.operations");

    internal Task<object?> AdminAsync(string sql) => PostgresServer.RunSqlAsync(AdminConnection, sql);
}

[CollectionDefinition(PostgresFixture.Collection)]
public sealed class PostgresTests : ICollectionFixture<PostgresFixture>;
