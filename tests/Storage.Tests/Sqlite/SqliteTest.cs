using System.Text;
using Layers.PatchGen.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Layers.PatchGen.Storage.Tests.Sqlite;

/// <summary>A folder with a database, opened by the store or by SQLite directly.</summary>
public abstract class SqliteTest : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteDocumentStore> _stores = [];

    protected string Folder => _folder.Path;

    protected string File => _folder[SqliteStoreOptions.DefaultFileName];

    public Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (SqliteDocumentStore store in _stores)
        {
            await store.DisposeAsync();
        }

        _folder.Delete();
    }

    protected static DocumentKey Key(string id) => new("org", "things", id);

    protected static byte[] Json(string json) => Encoding.UTF8.GetBytes(json);

    protected static string? Text(StoredDocument? document) => document is null ? null : Encoding.UTF8.GetString(document.Json.Span);

    protected static DocumentSelection Where(params MemberValue[] equal) => new("org", "things", null, equal);

    protected async Task<SqliteDocumentStore> OpenAsync(Action<SqliteStoreOptions>? configure = null)
    {
        var options = new SqliteStoreOptions { Path = File };
        configure?.Invoke(options);
        SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(options);
        _stores.Add(store);
        return store;
    }

    protected static async Task Insert(SqliteDocumentStore store, string id, string json) =>
        Assert.NotNull(await store.InsertAsync(Key(id), Json(json)));

    protected static async Task<TransformResult> Set(SqliteDocumentStore store, string id, string json) =>
        await store.TransformAsync(DocumentSelection.Of(Key(id)), null, json, (text, _) => Json(text));

    protected static async Task<StoreUnavailableException> Fails(StoreFault fault, Func<Task> call)
    {
        StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(call);
        Assert.True(exception.Fault == fault, $"Expected {fault}: {exception}");
        return exception;
    }

    internal static void Raw(string file, string sql) => Raw<object?>(file, sql, command => command.ExecuteNonQuery());

    protected static T Raw<T>(string file, string sql, Func<SqliteCommand, T> run)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return run(command);
    }

    protected static string[] Column(string file, string sql) => Raw(file, sql, command =>
    {
        using SqliteDataReader reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values.ToArray();
    });
}
