using System.Text.Json;
using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <summary>Collections that are patched by key: the response of a PATCH is what the rows are afterwards.</summary>
[Collection(Databases.Collection)]
public sealed class KeyedTests(Databases databases)
{
    private const string Card = "00000000-0000-0000-0000-000000000001";
    private const string NewCard = "00000000-0000-0000-0000-000000000000";

    [Theory]
    [Databases("lines", """{"1":{"amount":5},"3":null,"2":{"product":"Cup"}}""", "1.5 2.0 4.1")]
    [Databases("gifts", """{"b":{"text":"new"},"a":{"text":"x"},"B":{},"c":null}""", "B. a.x b.new")]
    [Databases("cards", """{"00000000-0000-0000-0000-000000000000":{"text":"new"}}""", NewCard + ".new " + Card + ".")]
    [Databases("cards", """{"00000000-0000-0000-0000-000000000001":null}""", "")]
    [Databases("boxes", """{"-5":{"amount":1},"7":{"amount":2},"9":null}""", "-5.1 7.2")]
    [Databases("marks", """{"y":{"amount":2},"x":{"amount":3},"z":null}""", "x.3 y.2")]
    [Databases("marks", """{"x":null,"a":{"amount":2},"z":{"amount":4}}""", "z.4 a.2")]
    public async Task Items_are_created_changed_and_removed(DatabaseKind kind, string list, string values, string expected)
    {
        await using ShopApp app = await StartAsync(kind);
        ApiResponse before = await app.GetAsync("/baskets/7");
        ApiResponse response = await app.PatchAsync("/baskets/7", $$"""{"{{list}}":{{values}}}""");
        Assert.True(response.Status == 200, $"{response.Status} {response.Text} {app.Errors()}");
        Assert.Equal(expected, Text(response.Json.GetProperty(list)));
        ApiResponse read = await app.GetAsync("/baskets/7");
        Assert.Equal((response.ETag, response.Text), (read.ETag, read.Text));
        Assert.NotEqual(before.ETag, read.ETag);
    }

    private static string Text(JsonElement list) => string.Join(' ', list.EnumerateArray().Select(static item =>
        string.Join('.', item.EnumerateObject()
            .Where(static member => member.Name is "number" or "amount" or "sku" or "text" or "code" or "name"
                || (member.Name == "id" && member.Value.ValueKind == JsonValueKind.String))
            .Where(member => !item.TryGetProperty("product", out _) || member.Name is "number" or "amount")
            .Where(member => !(member.Name == "text" && item.TryGetProperty("name", out _)))
            .Select(static member => member.Value.ToString()))));

    private static BasketLine Line(int number, int amount) => new() { Number = number, Product = "Tea", Amount = amount };

    private async Task<ShopApp> StartAsync(DatabaseKind kind)
    {
        ShopApp app = await ShopApp.StartAsync(await databases.CreateAsync(kind));
        await app.AddAsync(
            new Basket
            {
                TenantId = "acme",
                Number = 7,
                Lines = [Line(4, 1), Line(3, 0), Line(1, 0)],
                Gifts = [new() { TenantId = "acme", Sku = "c" }, new() { TenantId = "acme", Sku = "a" }],
                Cards = [new() { Id = new(Card) }],
                Entries = [new() { Amount = 1 }, new() { Amount = 2 }],
                Boxes = [new() { Code = 9, Amount = 9 }, new() { Code = 7, Amount = 7 }],
                Marks = [new() { Name = "z", Amount = 1, Text = "z" }, new() { Name = "x", Amount = 1, Text = "x" }],
            });
        return app;
    }
}
