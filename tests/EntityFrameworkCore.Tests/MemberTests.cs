using System.Text.Json;
using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Layers.PatchGen.Testing;
using Microsoft.EntityFrameworkCore;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <summary>Every kind of member: the response of a PATCH is what the row has afterwards.</summary>
[Collection(Databases.Collection)]
public sealed class MemberTests(Databases databases)
{
    [Theory]
    [Databases("""{"status":"Sent","note":"a","priority":3,"tags":["x","y"]}""")]
    [Databases("""{"note":"a","priority":3}""", """{"note":null,"priority":null,"tags":[]}""")]
    [Databases("""{"shipping":{"city":"Kiel"}}""")]
    [Databases("""{"billing":{"city":"Kiel"}}""", """{"billing":null}""", """{"billing":{"street":"A"}}""")]
    [Databases("""{"pickup":{"city":"Kiel"}}""", """{"pickup":null}""", """{"pickup":{"street":"A"}}""")]
    [Databases("""{"gift":{"city":"Kiel"}}""", """{"gift":null}""", """{"gift":{"street":"A"}}""")]
    [Databases("""{"dueAt":"2026-01-02T03:04:05.1234567+02:00"}""")]
    [Databases("""{"customerId":2}""", """{"customerId":null}""")]
    public async Task A_response_is_what_the_row_has(DatabaseKind kind, params string[] bodies)
    {
        await using ShopApp app = await StartAsync(kind);
        foreach (string body in bodies)
        {
            string before = (await app.GetAsync("/orders/7")).ETag;
            ApiResponse response = await app.PatchAsync("/orders/7", body);
            Assert.True(response.Status == 200, $"{response.Status} {response.Text} {app.Errors()}");
            ApiResponse read = await app.GetAsync("/orders/7");
            Assert.Equal((response.ETag, response.Text), (read.ETag, read.Text));
            Assert.NotEqual(before, read.ETag);
        }
    }

    [Theory]
    [Databases]
    public async Task A_nested_patch_merges_and_creates(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        foreach (string member in (string[])["shipping", "billing", "pickup", "gift"])
        {
            await app.PatchAsync("/orders/7", $$$"""{"{{{member}}}":{"city":"{{{member}}}"}}""");
            await app.PatchAsync("/orders/7", $$$"""{"{{{member}}}":{"street":"S"}}""");
        }

        Order order = await app.WithAsync(db => db.Orders.SingleAsync());
        Assert.Equal(
            ["S shipping", "S billing", "S pickup", "S gift"],
            new[] { order.Shipping, order.Billing, order.Pickup, order.Gift }.Select(static a => $"{a?.Street} {a?.City}"));
    }

    [Theory]
    [Databases]
    public async Task The_time_of_a_change_has_the_digits_of_the_column_and_never_goes_back(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind, new Frozen());
        DateTimeOffset last = default;
        for (int i = 0; i < 3; i++)
        {
            ApiResponse response = await app.PatchAsync("/orders/7", $$"""{"note":"{{i}}"}""");
            DateTimeOffset now = response.Json.GetProperty("changedAt").GetDateTimeOffset();
            Assert.Equal(now, (await app.GetAsync("/orders/7")).Json.GetProperty("changedAt").GetDateTimeOffset());
            Assert.True(now > last, $"{now:O} is not later than {last:O}");
            last = now;
        }
    }

    [Theory]
    [Databases]
    public async Task Included_references_and_collections_are_in_both_responses(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        ApiResponse[] responses = [await app.GetAsync("/orders/7"), await app.PatchAsync("/orders/7", """{"note":"n"}""")];
        foreach (ApiResponse response in responses)
        {
            Assert.Equal("Ada", response.Json.GetProperty("customer").GetProperty("name").GetString());
            Assert.Equal(2, response.Json.GetProperty("lines").GetArrayLength());
            Assert.False(response.Json.TryGetProperty("version", out _));
        }
    }

    [Theory]
    [Databases]
    public async Task A_value_that_the_database_rejects_is_an_error_of_the_client(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        await app.AddAsync(Product(1, "Tea"), Product(2, "Cup"));
        JsonElement problem = ProblemAssert.Matches(
            await app.PatchAsync($"/products/{Id(1)}", """{"name":"Cup"}"""), 409, "conflict");
        Assert.Contains("unique", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        ProblemAssert.Matches(await app.PatchAsync("/orders/7", """{"customerId":99}"""), 409, "conflict");
        ApiResponse nul = await app.PatchAsync($"/products/{Id(1)}", """{"text":"a\u0000b"}""");
        Assert.Equal(kind == DatabaseKind.Sqlite ? 200 : 422, nul.Status);
        Assert.Equal(200, (await app.PatchAsync($"/products/{Id(1)}", """{"text":"fine"}""")).Status);
        Assert.Equal("Tea", (await app.GetAsync($"/products/{Id(1)}")).Json.GetProperty("name").GetString());
    }

    [Theory]
    [Databases]
    public async Task Hooks_see_the_whole_entity_before_and_after(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        await app.AddAsync(Product(1, "Tea"), new Memo { Id = 1, Text = "Gold" });
        ApiResponse rejected = await app.PatchAsync($"/products/{Id(1)}", """{"name":"Gold"}""");
        JsonElement error = ProblemAssert.Matches(rejected, 422, "validation").GetProperty("errors")[0];
        Assert.Equal("Reserved; it was Tea of secret.", error.GetProperty("detail").GetString());
        Assert.Equal(200, (await app.PatchAsync($"/products/{Id(1)}", """{"name":"Green tea"}""")).Status);
        AspNetCore.PatchSaved<ProductPatch, Product> saved = await SavedAsync("Green tea");
        Assert.Equal(("Tea", "secret", 0, 1), (saved.Before.Name, saved.Before.Secret, saved.Before.Counter, saved.After.Counter));
        Assert.Equal(["/name", "/counter"], saved.Changes.Select(static change => change.Pointer).Order(StringComparer.Ordinal).Reverse());
    }

    [Theory]
    [Databases]
    public async Task A_reference_that_is_allowed_is_changed_and_advances_the_version(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        string before = (await app.GetAsync("/orders/7")).ETag;
        ApiResponse response = await app.PatchAsync("/orders/7/customer", """{"customer":{"name":"Ada L."}}""");
        Assert.Equal(200, response.Status);
        Assert.NotEqual(before, response.ETag);
        ApiResponse read = await app.GetAsync("/orders/7");
        Assert.Equal((response.ETag, response.Text), (read.ETag, read.Text));
        Assert.Equal("Ada L.", (await app.WithAsync(db => db.Set<Customer>().SingleAsync(customer => customer.Id == 1))).Name);
    }

    [Theory]
    [Databases("application/json-patch+json", """[{"op":"add","path":"/note","value":"a"},{"op":"add","path":"/tags/-","value":"x"}]""")]
    [Databases("application/merge-patch+json", """{"note":"a","tags":["x"]}""")]
    public async Task Other_formats_are_applied_to_the_row(DatabaseKind kind, string type, string body)
    {
        await using ShopApp app = await StartAsync(kind);
        ApiResponse response = await app.SendAsync("PATCH", "/orders/7", body, [], type);
        Assert.Equal((200, (await app.GetAsync("/orders/7")).Text), (response.Status, response.Text));
        Order order = await app.WithAsync(db => db.Orders.SingleAsync());
        Assert.Equal(("a", "x", 1), (order.Note, Assert.Single(order.Tags), order.Counter));
    }

    [Theory]
    [Databases]
    public async Task Validation_alone_saves_nothing(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        string before = (await app.GetAsync("/orders/7")).Text;
        ApiResponse response = await app.PatchAsync("/orders/7?validateOnly=true", """{"note":"a"}""");
        Assert.Equal((200, "a"), (response.Status, response.Json.GetProperty("note").GetString()));
        Assert.Equal(before, (await app.GetAsync("/orders/7")).Text);
    }

    [Theory]
    [Databases]
    public async Task A_handler_that_changes_what_is_no_part_of_the_document_saves_nothing(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        await app.AddAsync(new Stock { Id = 7, Supplier = new() { Id = 3, TenantId = "acme", Name = "Grocer" } });
        Assert.Equal(500, (await app.PatchAsync("/stocks/7", $$"""{"note":"{{StockPatchHandler.RenameSupplier}}"}""")).Status);
        await app.AssertLoggedAsync("The patch of Stock would change Customer, which is not a part of it");
        Stock stock = await app.WithAsync(db => db.Stocks.Include(static s => s.Supplier).SingleAsync());
        Assert.Equal((null, "Grocer"), (stock.Note, stock.Supplier!.Name));
    }

    [Theory]
    [Databases]
    public async Task Validation_alone_shows_rules_the_whole_entity(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        await app.AddAsync(Product(1, "Tea"), new Memo { Id = 1, Text = "Gold" });
        ApiResponse rejected = await app.PatchAsync($"/products/{Id(1)}?validateOnly=true", """{"name":"Gold"}""");
        JsonElement error = ProblemAssert.Matches(rejected, 422, "validation").GetProperty("errors")[0];
        Assert.Equal("Reserved; it was Tea of secret.", error.GetProperty("detail").GetString());
    }

    [Theory]
    [Databases]
    public async Task A_rule_cannot_save_the_change_that_it_checks(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        await app.AddAsync(Product(1, "Tea"));
        Assert.Equal(500, (await app.PatchAsync($"/products/{Id(1)}", """{"text":"save"}""")).Status);
        await app.AssertLoggedAsync("CheckAsync must not save the context");
        Assert.Null((await app.WithAsync(db => db.Products.SingleAsync())).Text);
    }

    private static async Task<AspNetCore.PatchSaved<ProductPatch, Product>> SavedAsync(string name)
    {
        for (int i = 0; i < 400; i++)
        {
            lock (ProductPatchHandler.Saved)
            {
                if (ProductPatchHandler.Saved.Find(saved => saved.After.Name == name) is { } found)
                {
                    ProductPatchHandler.Saved.Clear();
                    return found;
                }
            }

            await Task.Delay(25);
        }

        throw new InvalidOperationException("OnSavedAsync did not run.");
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static Product Product(int number, string name) =>
        new() { ProductId = new(Id(number)), Name = name, Secret = "secret", Version = Guid.NewGuid() };

    private async Task<ShopApp> StartAsync(DatabaseKind kind, TimeProvider? time = null)
    {
        ShopApp app = await ShopApp.StartAsync(
            await databases.CreateAsync(kind),
            services => services.AddSingletonIf(time));
        await app.AddAsync(
            new Customer { Id = 2, TenantId = "acme", Name = "Grace" },
            new Order
            {
                TenantId = "acme",
                Number = 7,
                Customer = new() { Id = 1, TenantId = "acme", Name = "Ada" },
                Lines = [new() { TenantId = "acme", Product = "Tea" }, new() { TenantId = "acme", Product = "Cup" }],
            });
        return app;
    }

    /// <summary>A clock that stands still, with a digit that PostgreSQL does not store.</summary>
    private sealed class Frozen : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() =>
            new(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1_234_567), TimeSpan.Zero);
    }
}
