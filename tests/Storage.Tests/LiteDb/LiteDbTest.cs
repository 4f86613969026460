using System.Text;
using Layers.PatchGen.Storage.LiteDb;

namespace Layers.PatchGen.Storage.Tests.LiteDb;

/// <summary>A folder with a database.</summary>
public abstract class LiteDbTest : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<LiteDbDocumentStore> _stores = [];

    protected string Database => _folder[LiteDbStoreOptions.DefaultFileName];

    protected string Log => Database + "-safelog";

    protected string Mark => Database + "-mark";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (LiteDbDocumentStore store in _stores)
        {
            await store.DisposeAsync();
        }

        _folder.Delete();
        GC.Collect();
        GC.WaitForPendingFinalizers(); // an exception in a finalizer would end the process
    }

    protected string InFolder(string name) => _folder[name];

    protected async Task<LiteDbDocumentStore> OpenAsync()
    {
        LiteDbDocumentStore store = await LiteDbDocumentStore.OpenAsync(new LiteDbStoreOptions { Path = Database });
        _stores.Add(store);
        return store;
    }

    protected static DocumentKey Key(string id) => new("org", "things", id);

    protected static async Task Insert(LiteDbDocumentStore store, string id, string json) =>
        Assert.NotNull(await store.InsertAsync(Key(id), Encoding.UTF8.GetBytes(json)));

    protected static async Task<string?> Load(LiteDbDocumentStore store, string id) =>
        await store.LoadAsync(Key(id)) is { } document ? Encoding.UTF8.GetString(document.Json.Span) : null;

    protected static async Task Fails(StoreFault fault, Func<Task> call)
    {
        StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(call);
        Assert.True(exception.Fault == fault, $"Expected {fault}: {exception}");
    }
}
