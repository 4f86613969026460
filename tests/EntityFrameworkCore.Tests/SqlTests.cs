using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <summary>What is sent to the database.</summary>
[Collection(Databases.Collection)]
public sealed class SqlTests(Databases databases)
{
    [Theory]
    [Databases]
    public async Task Two_members_are_one_query_and_one_update_of_their_columns(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        Assert.Equal(200, (await app.PatchAsync("/memos/7", """{"text":"a","author":"Ada"}""")).Status);
        string[] sql = app.Sql();
        Assert.Equal(2, sql.Length);
        Assert.StartsWith("SELECT", sql[0], StringComparison.Ordinal);
        Assert.StartsWith(
            kind == DatabaseKind.Sqlite
                ? "UPDATE Memos SET Author = @p0, Text = @p1 WHERE Id = @p2"
                : "UPDATE Memos SET Author = @p0, Text = @p1 WHERE Id = @p2",
            sql[1],
            StringComparison.Ordinal);
    }

    [Theory]
    [Databases]
    public async Task The_update_has_tenant_and_version_in_its_condition(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        Assert.Equal(200, (await app.PatchAsync("/orders/7", """{"note":"a","shipping":{"city":"Kiel"}}""")).Status);
        string update = Assert.Single(app.Sql(), static sql => sql.StartsWith("UPDATE", StringComparison.Ordinal));
        Assert.Equal(
            "UPDATE Orders SET ChangedAt = @p0, Counter = @p1, Note = @p2, Version = @p3, Shipping_City = @p4 "
            + "WHERE Number = @p5 AND TenantId = @p6 AND Version = @p7",
            update.Replace(" RETURNING 1", "", StringComparison.Ordinal).TrimEnd(';', ' '));
    }

    [Theory]
    [Databases("/orders/7")]
    [Databases("/stocks/7")]
    public async Task A_change_of_children_alone_advances_the_version_of_the_root(DatabaseKind kind, string path)
    {
        await using ShopApp app = await StartAsync(kind);
        string before = (await app.GetAsync(path)).ETag;
        app.Sql();
        ApiResponse response = await app.PatchAsync(path, $$"""{"note":"{{OrderPatchHandler.AddAmount}}"}""");
        Assert.Equal(200, response.Status);
        Assert.NotEqual(before, response.ETag);
        string sql = string.Join("; ", app.Sql());
        (string child, string root) = path == "/orders/7" ? ("OrderLine", "Orders") : ("StockEntry", "Stocks");
        Assert.Contains($"UPDATE {child} SET Amount = ", sql, StringComparison.Ordinal);
        Assert.Contains($"UPDATE {root} SET ", sql, StringComparison.Ordinal);
        ApiResponse read = await app.GetAsync(path);
        Assert.Equal((response.ETag, response.Text), (read.ETag, read.Text));
        Assert.Equal(412, (await app.PatchAsync(path, """{"note":"x"}""", ("If-Match", before))).Status);
    }

    [Theory]
    [Databases("/orders/7", """{"note":"old","shipping":{"city":"Bonn"},"tags":["a"]}""")]
    [Databases("/stocks/7", """{"note":null}""")]
    [Databases("/memos/7", """{"text":"old"}""")]
    public async Task A_patch_that_changes_nothing_sends_no_update(DatabaseKind kind, string path, string body)
    {
        await using ShopApp app = await StartAsync(kind);
        ApiResponse before = await app.GetAsync(path);
        app.Sql();
        ApiResponse response = await app.PatchAsync(path, body);
        Assert.Equal((200, before.Header("ETag"), before.Text), (response.Status, response.Header("ETag"), response.Text));
        Assert.All(app.Sql(), static sql => Assert.StartsWith("SELECT", sql, StringComparison.Ordinal));
    }

    [Theory]
    [Databases]
    public async Task Values_of_a_request_are_parameters(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        await app.GetAsync("/orders/7", ("X-Tenant", "acme"));
        await app.GetAsync("/orders/8", ("X-Tenant", "other"));
        string[] sql = app.Sql();
        Assert.Equal(sql[0], sql[^1]);
        Assert.DoesNotContain("acme", sql[0], StringComparison.Ordinal);
        Assert.Contains("TenantId = @", sql[0], StringComparison.Ordinal);
    }

    private async Task<ShopApp> StartAsync(DatabaseKind kind)
    {
        ShopApp app = await ShopApp.StartAsync(await databases.CreateAsync(kind));
        await app.AddAsync(
            new Order
            {
                TenantId = "acme",
                Number = 7,
                Note = "old",
                Tags = ["a"],
                Shipping = new() { City = "Bonn" },
                Lines = [new() { TenantId = "acme", Product = "Tea" }, new() { TenantId = "acme", Product = "Cup" }],
            },
            new Stock { Id = 7, Entries = [new() { Amount = 1 }] },
            new Memo { Id = 7, Text = "old" });
        return app;
    }
}
