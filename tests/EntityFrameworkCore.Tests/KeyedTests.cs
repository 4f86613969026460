using System.Text.Json;
using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Layers.PatchGen.Testing;
using Microsoft.EntityFrameworkCore;

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
    [Databases("crates", """{"-5":{"amount":1},"7":{"amount":2},"9":null}""", "-5.1 7.2")]
    [Databases("stickers", """{"x":null,"a":{"amount":2},"z":{"amount":4}}""", "z.4 a.2")]
    [Databases("marks", """{"y":{"amount":2},"x":{"amount":3},"z":null}""", "x.3 y.2")]
    [Databases("marks", """{"x":null,"a":{"amount":2},"z":{"amount":4}}""", "z.4 a.2")]
    public async Task Items_are_created_changed_and_removed(DatabaseKind kind, string list, string values, string expected)
    {
        await using ShopApp app = await StartAsync(kind);
        ApiResponse before = await app.GetAsync("/baskets/7");
        ApiResponse response = await app.PatchAsync("/baskets/7", $$$"""{"{{{list}}}":{{{values}}}}""");
        Assert.True(response.Status == 200, $"{response.Status} {response.Text} {app.Errors()}");
        Assert.Equal(expected, Text(response.Json.GetProperty(list)));
        ApiResponse read = await app.GetAsync("/baskets/7");
        Assert.Equal((response.ETag, response.Text), (read.ETag, read.Text));
        Assert.NotEqual(before.ETag, read.ETag);
    }

    [Theory]
    [Databases]
    public async Task Lists_of_items_are_patched_as_well(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        foreach (string body in (string[])[
            """{"lines":{"1":{"options":{"b":{"text":"1"},"a":{}}},"2":{"amount":2,"options":{"c":{"text":"new"}}}}}""",
            """{"lines":{"1":{"options":{"b":{"text":"2"},"a":null,"c":{}}}}}""",
            """{"lines":{"2":null}}"""])
        {
            ApiResponse response = await app.PatchAsync("/baskets/7", body);
            Assert.True(response.Status == 200, $"{response.Status} {response.Text} {app.Errors()}");
            Assert.Equal((await app.GetAsync("/baskets/7")).Text, response.Text);
        }

        Basket basket = await app.WithAsync(db => db.Baskets.Include(static b => b.Lines).SingleAsync());
        Assert.Equal(
            ["b=2", "c="],
            basket.Lines!.SelectMany(static line => line.Options).Select(static o => $"{o.Code}={o.Text}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [Databases]
    public async Task A_list_that_responses_do_not_show_is_merged(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        foreach (string seals in (string[])["""{"1":{"text":"a"},"2":{"amount":2}}""", """{"1":{"amount":1},"2":null,"3":{}}"""])
        {
            ApiResponse response = await app.PatchAsync("/baskets/7", $$$"""{"seals":{{{seals}}}}""");
            Assert.True(response.Status == 200, $"{response.Status} {response.Text} {app.Errors()}");
            Assert.False(response.Json.TryGetProperty("seals", out _));
        }

        Basket basket = await app.WithAsync(db => db.Baskets.Include(static b => b.Seals).SingleAsync());
        Assert.Equal(["1.1.a", "3.0."], basket.Seals.OrderBy(static s => s.Code).Select(static s => $"{s.Code}.{s.Amount}.{s.Text}"));
    }

    [Theory]
    [Databases]
    public async Task A_list_beyond_the_limit_may_stay_as_large_and_not_grow(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        await app.WithAsync(async db =>
        {
            Basket basket = await db.Baskets.Include(static b => b.Seals).SingleAsync();
            basket.Seals.AddRange(Enumerable.Range(100, 70).Select(static code => new BasketSeal { Code = code }));
            return await db.SaveChangesAsync();
        });
        Assert.Equal(200, (await app.PatchAsync("/baskets/7", """{"seals":{"100":{"amount":5},"101":null}}""")).Status);
        ApiResponse grown = await app.PatchAsync("/baskets/7", """{"seals":{"101":{},"200":{"amount":5}}}""");
        JsonElement problem = ProblemAssert.Matches(grown, 422, "validation").GetProperty("errors")[0];
        Assert.Equal(("/seals", "too_long"), (problem.GetProperty("pointer").GetString(), problem.GetProperty("code").GetString()));
    }

    [Theory]
    [Databases]
    public async Task Null_for_the_list_removes_all(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        ApiResponse response = await app.PatchAsync("/baskets/7", """{"lines":null}""");
        Assert.Equal((200, 0), (response.Status, response.Json.GetProperty("lines").GetArrayLength()));
        Assert.Equal((await app.GetAsync("/baskets/7")).Text, response.Text);
        Assert.Equal(0, await app.WithAsync(db => db.Set<BasketLine>().CountAsync()));
    }

    [Theory]
    [Databases]
    public async Task A_key_that_no_item_has_is_409_and_changes_nothing(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        string before = (await app.GetAsync("/baskets/7")).Text;
        ApiResponse response = await app.PatchAsync("/baskets/7", """{"note":"a","entries":{"1":{"amount":9},"77":{"amount":9}}}""");
        JsonElement problem = ProblemAssert.Matches(response, 409, "missing_target");
        Assert.Equal("/entries/77", Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("pointer").GetString());
        Assert.Equal(before, (await app.GetAsync("/baskets/7")).Text);
    }

    /// <summary>Whether another basket has an item with a key shows only where the key is unique among all baskets.</summary>
    [Theory]
    [Databases]
    public async Task Items_of_another_parent_are_never_changed(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        await app.AddAsync(new Basket
        {
            TenantId = "acme",
            Number = 8,
            Lines = [Line(2, 5)],
            Cards = [new() { Id = new(NewCard), Text = "theirs" }],
            Entries = [new() { Amount = 3 }],
        });
        string theirs = (await app.GetAsync("/baskets/8")).Text;
        int entry = JsonDocument.Parse(theirs).RootElement.GetProperty("entries")[0].GetProperty("id").GetInt32();

        ProblemAssert.Matches(await app.PatchAsync("/baskets/7", Body("cards", NewCard, """{"text":"mine"}""")), 409, "conflict");
        ProblemAssert.Matches(await app.PatchAsync("/baskets/7", Body("entries", $"{entry}", """{"amount":9}""")), 409, "missing_target");
        ProblemAssert.Matches(await app.PatchAsync("/baskets/7", """{"entries":{"9999":{"amount":9}}}"""), 409, "missing_target");
        Assert.Equal(200, (await app.PatchAsync("/baskets/7", Body("cards", NewCard, "null"))).Status);
        Assert.Equal(200, (await app.PatchAsync("/baskets/7", """{"lines":{"2":{"amount":9}}}""")).Status);
        Assert.Equal(theirs, (await app.GetAsync("/baskets/8")).Text);
    }

    /// <summary>A rule has loaded the other basket with the same context.</summary>
    [Theory]
    [Databases]
    public async Task An_item_of_another_parent_that_is_tracked_is_409(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        await app.AddAsync(new Basket { TenantId = "acme", Number = 8, Cards = [new() { Id = new(NewCard), Text = "theirs" }] });
        string theirs = (await app.GetAsync("/baskets/8")).Text;
        ApiResponse response = await app.PatchAsync(
            "/baskets/7", """{"note":"check 8",""" + Body("cards", NewCard, """{"text":"mine"}""")[1..]);
        Assert.True(response.Status == 409, $"{response.Status} {response.Text} {app.Errors()}");
        Assert.Equal(theirs, (await app.GetAsync("/baskets/8")).Text);
    }

    [Theory]
    [Databases]
    public async Task Rules_and_hooks_see_the_items_before_and_after(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        string note = $"check {Guid.NewGuid()}";
        ApiResponse response = await app.PatchAsync(
            "/baskets/7", $$$$"""{"note":"{{{{note}}}}","lines":{"1":{"amount":5},"3":null,"2":{"amount":7}}}""");
        Assert.True(response.Status == 200, $"{response.Status} {response.Text} {app.Errors()}");
        lock (BasketPatchHandler.Checked)
        {
            Assert.Contains(
                $"{note}: acme.7.1=0 acme.7.3=0 acme.7.4=1 > acme.7.1=5 acme.7.2=7 acme.7.4=1", BasketPatchHandler.Checked);
        }

        string rejected = (await app.GetAsync("/baskets/7")).Text;
        ProblemAssert.Matches(await app.PatchAsync("/baskets/7", """{"lines":{"9":{"amount":2000},"1":null}}"""), 422, "validation");
        Assert.Equal(rejected, (await app.GetAsync("/baskets/7")).Text);

        AspNetCore.PatchSaved<BasketPatch, Basket> saved = await SavedAsync(note);
        Assert.Equal([1, 3, 4], Numbers(saved.Before));
        Assert.Equal([1, 2, 4], Numbers(saved.After));
        Assert.Contains("/counter", saved.Changes.Select(static change => change.Pointer));
        Assert.Contains(saved.Changes, static change => change.Pointer.StartsWith("/lines", StringComparison.Ordinal));
    }

    [Theory]
    [Databases]
    public async Task Validation_alone_shows_the_items_as_they_would_be(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        string before = (await app.GetAsync("/baskets/7")).Text;
        const string Changes =
            """{"lines":{"1":null,"2":{"amount":2}},"gifts":{"b":{}},"cards":{"00000000-0000-0000-0000-000000000000":{}}}""";
        ApiResponse response = await app.PatchAsync("/baskets/7?validateOnly=true", Changes);
        Assert.Equal((200, "2.2 3.0 4.1"), (response.Status, Text(response.Json.GetProperty("lines"))));
        Assert.Equal(before, (await app.GetAsync("/baskets/7")).Text);
        Assert.Equal(200, (await app.PatchAsync("/baskets/7", Changes)).Status);
    }

    [Theory]
    [Databases(
        "application/json-patch+json",
        """[{"op":"replace","path":"/lines/0/amount","value":5},{"op":"remove","path":"/lines/1"}]""")]
    [Databases(
        "application/merge-patch+json",
        """{"lines":[{"number":1,"amount":5,"product":"Tea","options":[]},{"number":4,"amount":1,"product":"Pot","options":[]}]}""")]
    public async Task Other_formats_change_the_items(DatabaseKind kind, string type, string body)
    {
        await using ShopApp app = await StartAsync(kind);
        ApiResponse response = await app.SendAsync("PATCH", "/baskets/7", body, [], type);
        Assert.True(response.Status == 200, $"{response.Status} {response.Text} {app.Errors()}");
        Assert.Equal("1.5 4.1", Text(response.Json.GetProperty("lines")));
        Assert.Equal((await app.GetAsync("/baskets/7")).Text, response.Text);
    }

    [Theory]
    [Databases]
    public async Task Items_have_the_tenant_and_the_references_of_the_caller_only(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        await app.AddAsync(
            new Customer { Id = 1, TenantId = "acme", Name = "Ada" },
            new Customer { Id = 2, TenantId = "bolt", Name = "Grace" },
            new Basket { TenantId = "bolt", Number = 9 });
        Assert.Equal(200, (await app.PatchAsync("/baskets/7", """{"gifts":{"new":{"text":"a"}}}""")).Status);
        BasketGift gift = await app.WithAsync(db => db.Set<BasketGift>().SingleAsync(static g => g.Sku == "new"));
        Assert.Equal("acme", gift.TenantId);

        // Rows of another tenant that refer to the same number.
        await app.WithAsync(db => db.Set<BasketGift>().Where(static g => g.Sku == "new")
            .ExecuteUpdateAsync(static set => set.SetProperty(static g => g.TenantId, "bolt")));
        ApiResponse again = await app.PatchAsync("/baskets/7", """{"gifts":{"new":{"text":"b"}}}""");
        Assert.Equal((200, "a. c. new.b"), (again.Status, Text(again.Json.GetProperty("gifts"))));
        Assert.Equal(2, await app.WithAsync(db => db.Set<BasketGift>().CountAsync(static g => g.Sku == "new")));

        ProblemAssert.Matches(await app.PatchAsync("/baskets/7", """{"lines":{"1":{"customerId":2}}}"""), 409, "conflict");
        ProblemAssert.Matches(await app.PatchAsync("/baskets/7", """{"lines":{"8":{"customerId":2}}}"""), 409, "conflict");
        ProblemAssert.Matches(await app.PatchAsync("/baskets/7", """{"lines":{"8":{"customerId":3}}}"""), 409, "conflict");
        ApiResponse own = await app.PatchAsync("/baskets/7", """{"lines":{"1":{"customerId":1},"8":{"customerId":1}}}""");
        Assert.True(own.Status == 200, $"{own.Status} {own.Text} {app.Errors()}");
        Assert.Equal("Ada", own.Json.GetProperty("lines")[3].GetProperty("customer").GetProperty("name").GetString());
        Assert.Equal((await app.GetAsync("/baskets/7")).Text, own.Text);
    }

    [Theory]
    [Databases]
    public async Task Times_of_items_have_the_digits_of_the_column(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        ApiResponse response = await app.PatchAsync(
            "/baskets/7",
            """{"lines":{"1":{"dueAt":"2026-01-02T03:04:05.1234567+02:00"},"2":{"dueAt":"2026-01-02T03:04:05.1234567+02:00"}}}""");
        Assert.True(response.Status == 200, $"{response.Status} {response.Text} {app.Errors()}");
        Assert.Equal((await app.GetAsync("/baskets/7")).Text, response.Text);
    }

    private static string Body(string list, string key, string value) => $$$$"""{"{{{{list}}}}":{"{{{{key}}}}":{{{{value}}}}}}""";

    private static int[] Numbers(Basket basket) => [.. basket.Lines!.Select(static line => line.Number)];

    private static async Task<AspNetCore.PatchSaved<BasketPatch, Basket>> SavedAsync(string note)
    {
        for (int i = 0; i < 400; i++)
        {
            lock (BasketPatchHandler.Saved)
            {
                if (BasketPatchHandler.Saved.Find(saved => saved.After.Note == note) is { } found)
                {
                    return found;
                }
            }

            await Task.Delay(25);
        }

        throw new InvalidOperationException("OnSavedAsync did not run.");
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
                Crates = [new() { Code = 9, Amount = 9 }, new() { Code = 7, Amount = 7 }],
                Stickers = [new() { Name = "z", Amount = 1, Text = "z" }, new() { Name = "x", Amount = 1, Text = "x" }],
                Marks = [new() { Name = "z", Amount = 1, Text = "z" }, new() { Name = "x", Amount = 1, Text = "x" }],
            });
        return app;
    }
}
