using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <summary>Concurrent patches of the items of one row lose nothing. Two hosts, since within one they wait for each other.</summary>
[Collection(Databases.Collection)]
public sealed class KeyedConcurrencyTests(Databases databases)
{
    private const int Writers = 16;
    private const int Changes = 20;

    [Theory]
    [Databases("lines", 1)]
    [Databases("lines", 2)]
    [Databases("marks", 2)]
    [Databases("stickers", 2)]
    public async Task All_changes_of_16_writers_to_their_own_items_are_kept(DatabaseKind kind, string list, int hosts)
    {
        await using Database database = await databases.CreateAsync(kind);
        await using ShopApp first = await ShopApp.StartAsync(database), second = await ShopApp.StartAsync(database);
        await first.AddAsync(new Basket { TenantId = "acme", Number = 7 });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            ShopApp app = writer % hosts == 0 ? first : second;
            for (int i = 1; i <= Changes; i++)
            {
                ApiResponse response = await app.PatchAsync(
                    "/baskets/7", $$$$"""{"{{{{list}}}}":{"{{{{writer}}}}":{"amount":{{{{i}}}}}}}""");
                Assert.True(response.Status == 200, $"{response.Status} {response.Text} {app.Errors()}");
            }
        }));
        var read = (await first.GetAsync("/baskets/7")).Json;
        Assert.Equal(Writers * Changes, read.GetProperty("counter").GetInt32());
        Assert.Equal(
            Enumerable.Repeat(Changes, Writers),
            read.GetProperty(list).EnumerateArray().Select(static item => item.GetProperty("amount").GetInt32()));
    }

    /// <summary>What the application has loaded stays tracked, so that not every failed save can be tried again.</summary>
    [Theory]
    [Databases]
    public async Task Only_saved_changes_are_200_if_the_application_tracks_entities(DatabaseKind kind)
    {
        await using Database database = await databases.CreateAsync(kind);
        await using ShopApp first = await ShopApp.StartAsync(database, middleware: Track), second = await ShopApp.StartAsync(database);
        await first.AddAsync(new Memo { Id = 1 }, new Basket { TenantId = "acme", Number = 7 });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (int i = 1; i <= Changes; i++)
            {
                ApiResponse response = await (writer % 2 == 0 ? first : second).PatchAsync(
                    "/baskets/7", $$$$"""{"marks":{"{{{{writer}}}}":{{{{(i % 2 == 0 ? "null" : "{}")}}}}}}""");
                Assert.True(response.Status is 200 or 409, $"{response.Status} {response.Text} {first.Errors()}");
                i -= response.Status == 409 ? 1 : 0;
            }
        }));
        Assert.Equal(Writers * Changes, (await first.GetAsync("/baskets/7")).Json.GetProperty("counter").GetInt32());

        static void Track(WebApplication app) => app.Use(static async (context, next) =>
        {
            await context.RequestServices.GetRequiredService<ShopDb>().Memos.LoadAsync();
            await next(context);
        });
    }

    /// <summary>One of them creates the item; it is there when the others are applied, or they are 409.</summary>
    [Theory]
    [Databases]
    public async Task Of_concurrent_creates_of_one_key_one_wins(DatabaseKind kind)
    {
        await using Database database = await databases.CreateAsync(kind);
        await using ShopApp first = await ShopApp.StartAsync(database), second = await ShopApp.StartAsync(database);
        await first.AddAsync(new Basket { TenantId = "acme", Number = 7 });
        for (int round = 0; round < 20; round++)
        {
            ApiResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(racer => (racer % 2 == 0 ? first : second)
                .PatchAsync(
                    "/baskets/7",
                    $$$$"""{"lines":{"{{{{round}}}}":{"amount":1}},"gifts":{"{{{{round}}}}":{"text":"{{{{racer}}}}"}}}""")));
            Assert.All(responses, response => Assert.True(
                response.Status is 200 or 409, $"{response.Status} {response.Text} {first.Errors()} {second.Errors()}"));
            Assert.Contains(responses, static response => response.Status == 200);
        }

        Assert.Equal((20, 20), await first.WithAsync(
            async db => (await db.Set<BasketLine>().CountAsync(), await db.Set<BasketGift>().CountAsync())));
    }

    [Theory]
    [Databases]
    public async Task Of_24_creates_with_one_If_Match_exactly_one_is_saved(DatabaseKind kind)
    {
        await using Database database = await databases.CreateAsync(kind);
        await using ShopApp first = await ShopApp.StartAsync(database), second = await ShopApp.StartAsync(database);
        await first.AddAsync(new Basket { TenantId = "acme", Number = 7 });
        for (int round = 0; round < 20; round++)
        {
            string tag = (await first.GetAsync("/baskets/7")).ETag;
            ApiResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 24).Select(racer => (racer % 2 == 0 ? first : second)
                .PatchAsync("/baskets/7", $$$$"""{"lines":{"{{{{round}}}}":{"amount":{{{{racer}}}}}}}""", ("If-Match", tag))));
            Assert.Equal([.. Enumerable.Repeat(412, 23).Prepend(200)], responses.Select(static r => r.Status).Order());
            ApiResponse saved = Assert.Single(responses, static r => r.Status == 200), read = await second.GetAsync("/baskets/7");
            Assert.Equal((saved.ETag, saved.Text), (read.ETag, read.Text));
        }
    }
}
