using System.Globalization;
using System.Text;

namespace Layers.PatchGen.Storage.Tests.Contract;

/// <summary>
/// The promises of <see cref="IDocumentStore"/> as tests. A derived class for each store implements how an empty store is opened.
/// </summary>
public abstract partial class DocumentStoreContract : IAsyncLifetime
{
    /// <summary>The store under test, empty at the start of a test.</summary>
    protected IDocumentStore Store { get; private set; } = null!;

    /// <summary>The maximum size of a document in bytes; null if only memory limits it.</summary>
    protected virtual int? MaxDocumentBytes => null;

    /// <summary>Opens an empty store.</summary>
    protected abstract ValueTask<IDocumentStore> OpenAsync();

    public async Task InitializeAsync() => Store = await OpenAsync();

    public virtual async Task DisposeAsync()
    {
        if (Store is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    private static DocumentKey Key(string id) => new("org", "things", id);

    private static byte[] Json(string json) => Encoding.UTF8.GetBytes(json);

    private static string Text(StoredDocument document) => Encoding.UTF8.GetString(document.Json.Span);

    private static DocumentSelection Where(params MemberValue[] equal) => new("org", "things", null, equal);

    private async Task<StoredDocument> Insert(string id, string json) => await Insert(Key(id), json);

    private async Task<StoredDocument> Insert(DocumentKey key, string json)
    {
        StoredDocument? document = await Store.InsertAsync(key, Json(json));
        Assert.NotNull(document);
        return document;
    }

    private async Task<TransformResult> Set(DocumentSelection selection, string json, params DocumentVersion[] ifVersions) =>
        await Store.TransformAsync(selection, ifVersions is [] ? null : ifVersions, json, (text, _) => Json(text));

    private async Task<string[]> Ids(DocumentSelection selection, int limit = 1000) =>
        [.. (await Store.FindAsync(selection, limit)).Select(document => document.Key.Id)];

    private static async Task Same(StoredDocument expected, ValueTask<StoredDocument?> actual)
    {
        StoredDocument? document = await actual;
        Assert.NotNull(document);
        Same(expected, document);
    }

    private static void Same(StoredDocument expected, StoredDocument actual)
    {
        Assert.Equal(expected.Key, actual.Key);
        Assert.Equal(expected.Version, actual.Version);
        Assert.Equal(Text(expected), Text(actual));
    }

    /// <summary>Asserts that a version follows another: the next number, and other random bits.</summary>
    private static void Follows(DocumentVersion before, DocumentVersion after)
    {
        Assert.Equal(before.Number + 1, after.Number);
        Assert.NotEqual(before.Random, after.Random);
    }

    private static Task InParallel(int count, int degree, Func<int, Task> body) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = degree }, async (i, _) => await body(i));

    /// <summary>A number that an environment variable can increase for long runs.</summary>
    private static int Size(string variable, int ordinary) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            ? size
            : ordinary;
}
