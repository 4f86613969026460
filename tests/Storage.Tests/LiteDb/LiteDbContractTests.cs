using Layers.PatchGen.Storage.LiteDb;
using Layers.PatchGen.Storage.Tests.Contract;

namespace Layers.PatchGen.Storage.Tests.LiteDb;

public sealed class LiteDbContractTests : DocumentStoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected override int? MaxDocumentBytes => 15 * 1024 * 1024;

    protected override async ValueTask<IDocumentStore> OpenAsync() =>
        await LiteDbDocumentStore.OpenAsync(new LiteDbStoreOptions { Path = _folder.Path });

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete();
    }
}
