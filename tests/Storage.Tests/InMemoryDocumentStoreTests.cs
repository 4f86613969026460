using Layers.PatchGen.Storage.Tests.Contract;

namespace Layers.PatchGen.Storage.Tests;

public sealed class InMemoryDocumentStoreTests : DocumentStoreContract
{
    protected override ValueTask<IDocumentStore> OpenAsync() => ValueTask.FromResult<IDocumentStore>(new InMemoryDocumentStore());
}
