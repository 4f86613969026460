using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Tests.Contract;
using Npgsql;

namespace Layers.PatchGen.Storage.Tests.Postgres;

/// <summary>A whole database is restored, as after the loss of a server or the promotion of a standby that was behind.</summary>
[Collection(PostgresFixture.Collection)]
public sealed class PostgresRestoreTests(PostgresFixture fixture) : IAsyncLifetime, INeedsServer
{
    private const string Live = "patchgen_restored", Backup = "patchgen_backup";

    public static string? Missing => PostgresFixture.Missing;

    public Task InitializeAsync() => Missing is null ? DropAsync() : Task.CompletedTask;

    public Task DisposeAsync() => InitializeAsync();

    [StoreFact]
    public async Task No_version_recurs_after_a_backup_was_restored()
    {
        var options = new PostgresStoreOptions { ConnectionString = new NpgsqlConnectionStringBuilder(
            fixture.AdminConnection) { Database = Live }.ConnectionString };
        await fixture.AdminAsync($"CREATE DATABASE {Live}");
        await PostgresDocumentStore.MigrateAsync(options);
        await RestoreTests.NoVersionRecursAsync(
            async () => await PostgresDocumentStore.OpenAsync(options),
            () => fixture.AdminAsync($"CREATE DATABASE {Backup} TEMPLATE {Live}"),
            async () =>
            {
                await fixture.AdminAsync($"DROP DATABASE {Live}");
                await fixture.AdminAsync($"CREATE DATABASE {Live} TEMPLATE {Backup}");
            });
    }

    private async Task DropAsync()
    {
        foreach (string database in (string[])[Live, Backup])
        {
            await fixture.AdminAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        }
    }
}
