using Layers.PatchGen.Storage.Sqlite;
using Layers.PatchGen.Storage.Tests.Contract;

namespace Layers.PatchGen.Storage.Tests.Sqlite;

public sealed class SqliteContractTests : DocumentStoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected override int? MaxDocumentBytes => 999_990_000;

    protected override async ValueTask<IDocumentStore> OpenAsync() =>
        await SqliteDocumentStore.OpenAsync(new SqliteStoreOptions { Path = _folder.Path });

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete();
    }
}
