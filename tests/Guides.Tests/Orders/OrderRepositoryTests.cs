using Dapper;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.Guides.Tests.Orders;

/// <summary>The hooks of the tests: the repository runs them like any other source.</summary>
public sealed partial class OrderPatchHandler
{
    /// <summary>Added to the quantity by each patch of the note, to see whether one is lost.</summary>
    public bool Counts { get; init; }

    public List<PatchSaved<OrderPatch, Order>> Saved { get; } = [];

    protected override Order Apply(OrderPatch patch, Order document, out bool changed)
    {
        Order patched = base.Apply(patch, document, out changed);
        if (patched.Quantity > 1000)
        {
            throw new PatchRejectedException(new PatchError(409, "sold_out", $"There are {document.Quantity}."));
        }

        return Counts && changed ? patched with { Quantity = document.Quantity + 1 } : patched;
    }

    protected override Task OnSavedAsync(PatchSaved<OrderPatch, Order> saved)
    {
        lock (Saved)
        {
            Saved.Add(saved);
        }

        return Task.CompletedTask;
    }
}

/// <summary>The repository of the guide, without any document store.</summary>
public sealed class OrderRepositoryTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("patchgen-guide-").FullName;
    private readonly OrderPatchHandler _handler = new();
    private GuideApp _app = null!;

    private string ConnectionString => $"Data Source={Path.Combine(_folder, "orders.sqlite")}";

    public async Task InitializeAsync()
    {
        await using (SqliteConnection db = new(ConnectionString))
        {
            await db.ExecuteAsync(
                """
                PRAGMA journal_mode = WAL;
                CREATE TABLE Orders (
                    Tenant TEXT, OrderId TEXT, Customer TEXT NOT NULL, Note TEXT, Quantity INTEGER NOT NULL, Version TEXT NOT NULL,
                    PRIMARY KEY (Tenant, OrderId));
                INSERT INTO Orders VALUES ('shop', 'o1', 'Ava', NULL, 1, 'v1'), ('other', 'o2', 'Ben', NULL, 1, 'v1');
                """);
        }

        _app = await StartAsync(_handler);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_patch_changes_the_row_and_its_version()
    {
        ApiResponse before = await SendAsync("GET", "o1");
        Assert.Equal((200, "\"v1\""), (before.Status, before.ETag));
        ApiResponse response = await SendAsync("PATCH", "o1", """{"note":"by post","quantity":3}""", ("If-Match", before.ETag));
        Assert.Equal(200, response.Status);
        Assert.Equal("""{"orderId":"o1","customer":"Ava","note":"by post","quantity":3}""", response.Text);
        Assert.NotEqual(before.ETag, response.ETag);
        ApiResponse after = await SendAsync("GET", "o1");
        Assert.Equal((response.Text, response.ETag), (after.Text, after.ETag));
        PatchSaved<OrderPatch, Order> saved = Assert.Single(_handler.Saved);
        Assert.Equal(("Ava", null, 1), (saved.Before.Customer, saved.Before.Note, saved.Before.Quantity));
        Assert.Equal(("by post", 3, response.ETag), (saved.After.Note, saved.After.Quantity, $"\"{saved.Version}\""));
    }

    [Theory]
    [InlineData("If-Match", "\"v1\"", 200)]
    [InlineData("If-Match", "*", 200)]
    [InlineData("If-Match", "\"v0\", \"v1\"", 200)]
    [InlineData("If-Match", "\"v0\"", 412)]
    [InlineData("If-Match", "W/\"v1\"", 412)]
    [InlineData("If-None-Match", "\"v1\"", 412)]
    [InlineData("If-None-Match", "*", 412)]
    [InlineData("If-None-Match", "\"v0\"", 200)]
    public async Task Preconditions_hold(string header, string value, int status)
    {
        ApiResponse response = await SendAsync("PATCH", "o1", """{"quantity":3}""", (header, value));
        Assert.Equal(status, response.Status);
        ApiResponse after = await SendAsync("GET", "o1");
        Assert.Equal(status == 200 ? 3 : 1, after.Json.GetProperty("quantity").GetInt32());
        Assert.Equal(after.ETag, response.ETag);
        Assert.Equal(status == 200 ? 1 : 0, _handler.Saved.Count);
    }

    [Theory]
    [InlineData("o2", """{"quantity":3}""", 404, "not_found")]
    [InlineData("o3", """{"quantity":3}""", 404, "not_found")]
    [InlineData("o1' OR '1'='1", """{"quantity":3}""", 404, "not_found")]
    [InlineData("o1", """{"quantity":0}""", 422, "validation")]
    [InlineData("o1", """{"version":"v2"}""", 422, "validation")]
    [InlineData("o1", """{"quantity":1001}""", 409, "sold_out")]
    public async Task Nothing_is_saved_when_a_patch_is_rejected(string id, string json, int status, string code)
    {
        ProblemAssert.Matches(await SendAsync("PATCH", id, json), status, code);
        Assert.Equal("\"v1\"", (await SendAsync("GET", "o1")).ETag);
        Assert.Empty(_handler.Saved);
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_keeps_the_version()
    {
        ApiResponse response = await SendAsync("PATCH", "o1", """{"quantity":1}""");
        Assert.Equal((200, "\"v1\""), (response.Status, response.ETag));
        Assert.Empty(_handler.Saved);
    }

    [Fact]
    public async Task Concurrent_patches_lose_nothing()
    {
        await using GuideApp app = await StartAsync(new OrderPatchHandler { Counts = true });
        ApiResponse[][] responses = await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            var sent = new ApiResponse[20];
            for (int i = 0; i < sent.Length; i++)
            {
                sent[i] = await app.SendAsync("PATCH", "/orders/o1", $$"""{"note":"{{writer}}-{{i}}"}""", ("X-Tenant", "shop"));
            }

            return sent;
        }));
        ApiResponse[] saved = [.. responses.SelectMany(sent => sent).Where(response => response.Status == 200)];
        Assert.All(responses.SelectMany(sent => sent), response => Assert.True(response.Status is 200 or 409, response.Text));
        Assert.Equal(saved.Length, saved.Select(response => response.ETag).Distinct().Count());
        Assert.Equal(1 + saved.Length, (await SendAsync("GET", "o1")).Json.GetProperty("quantity").GetInt32());
    }

    private Task<GuideApp> StartAsync(OrderPatchHandler handler) => GuideApp.StartAsync(_ => handler, services =>
    {
        services.AddScoped(_ => new SqliteConnection(ConnectionString));
        services.AddScoped<IDocumentSource<Order>, OrderRepository>();
    });

    private Task<ApiResponse> SendAsync(string method, string id, string? json = null, params (string, string)[] headers) =>
        _app.SendAsync(method, $"/orders/{Uri.EscapeDataString(id)}", json, [("X-Tenant", "shop"), .. headers]);
}
