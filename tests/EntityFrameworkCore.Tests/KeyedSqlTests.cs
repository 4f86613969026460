using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Layers.PatchGen.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <summary>What is sent to the database for collections that are patched by key, and what stays tracked.</summary>
[Collection(Databases.Collection)]
public sealed class KeyedSqlTests(Databases databases)
{
    private const string Root = "UPDATE Baskets SET Counter, Version WHERE Number AND TenantId AND Version";

    [Theory]
    [Databases(
        """{"lines":{"1":{"amount":5},"2":{"amount":2}}}""",
        "UPDATE BasketLine SET Amount WHERE BasketNumber AND Number AND TenantId")]
    [Databases(
        """{"lines":{"1":{"product":"Cup","amount":5}}}""",
        "UPDATE BasketLine SET Amount, Product WHERE BasketNumber AND Number AND TenantId")]
    [Databases("""{"lines":{"1":null}}""", "DELETE FROM BasketLine WHERE BasketNumber AND Number AND TenantId")]
    [Databases(
        """{"lines":{"9":{}}}""", "INSERT INTO BasketLine (BasketNumber, Number, TenantId, Amount, CustomerId, DueAt, Product)")]
    [Databases("""{"boxes":{"7":{"amount":3}}}""", "UPDATE BasketBox SET Amount WHERE BasketNumber AND BasketTenantId AND Code")]
    [Databases("""{"entries":{"1":{"amount":3}}}""", "UPDATE BasketEntry SET Amount WHERE Id")]
    public async Task Only_changed_columns_of_changed_items_and_the_version_of_the_root_are_written(
        DatabaseKind kind, string body, string expected)
    {
        await using ShopApp app = await StartAsync(kind);
        string before = (await app.GetAsync("/baskets/7")).ETag;
        app.Sql();
        ApiResponse response = await app.PatchAsync("/baskets/7", body);
        Assert.True(response.Status == 200, $"{response.Status} {response.Text} {app.Errors()}");
        Assert.NotEqual(before, response.ETag);
        Assert.Equal([expected, Root], Writes(app).Order(StringComparer.Ordinal));
        Assert.Equal(412, (await app.PatchAsync("/baskets/7", body, ("If-Match", before))).Status);
    }

    [Theory]
    [Databases("""{"lines":{"1":{"amount":0},"2":{},"77":null},"boxes":{"7":{"amount":7}},"marks":{"x":{"text":"x"},"y":null}}""")]
    [Databases("""{"lines":{},"gifts":{},"entries":{"1":{}}}""")]
    public async Task A_patch_that_changes_nothing_sends_no_update(DatabaseKind kind, string body)
    {
        await using ShopApp app = await StartAsync(kind);
        ApiResponse before = await app.GetAsync("/baskets/7");
        app.Sql();
        ApiResponse response = await app.PatchAsync("/baskets/7", body);
        Assert.Equal((200, before.ETag, before.Text), (response.Status, response.ETag, response.Text));
        Assert.All(app.Sql(), static sql => Assert.StartsWith("SELECT", sql, StringComparison.Ordinal));
    }

    [Theory]
    [Databases("""{"lines":{"1":{"amount":5},"8":{}}}""", 200, true)]
    [Databases("""{"lines":{"1":{"amount":5},"2":null,"8":{"amount":5000}}}""", 422, false)]
    [Databases("""{"lines":{"1":{"amount":5},"8":{"customerId":99}}}""", 409, false)]
    [Databases("""{"lines":{"8":{}},"cards":{"00000000-0000-0000-0000-000000000008":{}}}""", 409, false)]
    [Databases("""{"lines":{"8":{}},"entries":{"77":{}}}""", 409, false)]
    [Databases("""{"lines":{"8":{},"1":null}}""", 412, false)]
    public async Task Only_what_was_saved_stays_tracked(DatabaseKind kind, string body, int status, bool isTracked)
    {
        var tracked = new TaskCompletionSource<string>();
        await using ShopApp app = await StartAsync(kind, async (context, next) =>
        {
            await next(context);
            tracked.SetResult(string.Join(' ', context.RequestServices.GetRequiredService<ShopDb>().ChangeTracker.Entries()
                .Select(static entry => entry.State).Distinct()));
        });
        await app.AddAsync(new Basket
        {
            TenantId = "acme", Number = 8, Cards = [new() { Id = new("00000000-0000-0000-0000-000000000008") }],
        });
        (string, string)[] headers = status == 412 ? [("If-Match", "\"other\"")] : [];
        Assert.Equal(status, (await app.PatchAsync("/baskets/7", body, headers)).Status);
        Assert.Equal(isTracked ? "Unchanged" : "", await tracked.Task);
        Assert.Equal(isTracked ? 3 : 2, await app.WithAsync(db => db.Set<BasketLine>().CountAsync()));
    }

    /// <summary>The statements of the writes, without the values.</summary>
    private static IEnumerable<string> Writes(ShopApp app) => app.Sql()
        .SelectMany(static sql => sql.Split(';', StringSplitOptions.TrimEntries))
        .Select(static sql => sql.Replace(" RETURNING 1", "", StringComparison.Ordinal).Split(" VALUES")[0])
        .Select(static sql => System.Text.RegularExpressions.Regex.Replace(sql, " = @p[0-9]+", "")
            .Replace("  ", " ", StringComparison.Ordinal))
        .Where(static sql => sql.Length > 0 && !sql.StartsWith("SELECT", StringComparison.Ordinal))
        .Distinct();

    private async Task<ShopApp> StartAsync(
        DatabaseKind kind, Func<Microsoft.AspNetCore.Http.HttpContext, Microsoft.AspNetCore.Http.RequestDelegate, Task>? middleware = null)
    {
        ShopApp app = await ShopApp.StartAsync(
            await databases.CreateAsync(kind),
            middleware: middleware is null ? null : web => Microsoft.AspNetCore.Builder.UseExtensions.Use(web, middleware));
        await app.AddAsync(new Basket
        {
            TenantId = "acme",
            Number = 7,
            Lines = [new() { Number = 1, Product = "Tea" }, new() { Number = 2, Product = "Pot" }],
            Entries = [new() { Amount = 1 }],
            Boxes = [new() { Code = 7, Amount = 7 }],
            Marks = [new() { Name = "x", Amount = 1, Text = "x" }],
        });
        return app;
    }
}
