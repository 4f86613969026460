using Layers.PatchGen.Storage.Tests.Contract;

namespace Layers.PatchGen.Storage.Tests.Postgres;

[Collection(PostgresFixture.Collection)]
public sealed class PostgresContractTests(PostgresFixture fixture) : DocumentStoreContract, INeedsServer
{
    public static string? Missing => PostgresFixture.Missing;

    protected override int? MaxDocumentBytes => 256 * 1024 * 1024;

    protected override async ValueTask<IDocumentStore> OpenAsync() => await fixture.EmptyAsync();

    // The fixture owns the store.
    public override Task DisposeAsync() => Task.CompletedTask;
}
