using System.Globalization;
using System.Text.Json;
using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Layers.PatchGen.Testing;
using Microsoft.EntityFrameworkCore;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <summary>No request reads or writes a row of another tenant, also not one that is included.</summary>
[Collection(Databases.Collection)]
public sealed class TenantTests(Databases databases)
{
    private static readonly string[] Tenants = ["acme", "bolt", ""];

    [Theory]
    [Databases]
    public async Task A_caller_without_a_tenant_finds_nothing_not_the_rows_without_one(DatabaseKind kind)
    {
        await using ShopApp app = await ShopApp.StartAsync(await databases.CreateAsync(kind));
        await app.AddAsync(new Order { TenantId = "", Number = 7, Version = 3 });
        Assert.Equal(404, (await app.GetAsync("/orders/7", ("X-Tenant", ""))).Status);
        Assert.Equal(404, (await app.PatchAsync("/orders/7", """{"note":"a"}""", ("X-Tenant", ""))).Status);
        Assert.Equal(404, (await app.PatchAsync("/orders/7", """{"note":"a"}""", ("X-Tenant", "acme"))).Status);
    }

    /// <summary>
    /// Random requests over orders and baskets that refer to customers, and are referred to by lines and gifts, of any tenant. Foreign keys
    /// do not contain it. Keys of cards are unique among all tenants.
    /// </summary>
    [Theory]
    [Databases]
    public async Task Random_requests_stay_within_their_tenant(DatabaseKind kind)
    {
        int seed = Environment.GetEnvironmentVariable("PATCHGEN_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        var random = new Random(seed);
        await using ShopApp app = await ShopApp.StartAsync(await databases.CreateAsync(kind));
        for (int id = 1; id <= 6; id++)
        {
            string owner = Tenants[id % 3];
            await app.AddAsync(new Customer { Id = id, TenantId = owner, Name = $"secret of {owner}." });
        }

        for (int number = 1; number <= 8; number++)
        {
            string owner = Tenants[random.Next(3)];
            await app.AddAsync(new Order
            {
                TenantId = owner,
                Number = number,
                Note = $"secret of {owner}.",
                CustomerId = random.Next(7) is > 0 and var customer ? customer : null,
                Lines =
                [
                    .. Enumerable.Range(0, random.Next(4)).Select(_ => Tenants[random.Next(3)])
                        .Select(static tenant => new OrderLine { TenantId = tenant, Product = $"secret of {tenant}.", Amount = 1 }),
                ],
            });
        }

        for (int number = 1; number <= 5; number++)
        {
            string owner = Tenants[random.Next(3)], secret = $"secret of {owner}.";
            await app.AddAsync(new Basket
            {
                TenantId = owner,
                Number = number,
                Lines =
                [
                    new() { Number = 1, Product = secret },
                    new() { Number = 2, Product = secret, CustomerId = random.Next(1, 7) },
                ],
                Gifts =
                [
                    .. Tenants.Where(_ => random.Next(2) == 0).Select(static tenant => new BasketGift
                    {
                        TenantId = tenant, Sku = "1", Text = $"secret of {tenant}.",
                    }),
                ],
                Cards = [new() { Id = Card(number), Text = secret }],
                Entries = [new() { Amount = number }],
            });
        }

        for (int step = 0; step < 400; step++)
        {
            string caller = Tenants[random.Next(3)];
            int target = random.Next(5);
            string path = target > 2 ? $"/baskets/{random.Next(1, 6)}"
                : target > 0 ? $"/orders/{random.Next(1, 9)}"
                : $"/customers/{random.Next(1, 7)}/order";
            string body = random.Next(4) switch
            {
                _ when path[1] == 'b' => BasketBody(random, caller),
                0 => $$"""{"note":"secret of {{caller}}.{{step}}"}""",
                1 when path[1] == 'o' => $$"""{"customerId":{{random.Next(1, 7)}}}""",
                2 when path[1] == 'o' => """{"customerId":null}""",
                _ => $$"""{"note":"{{OrderPatchHandler.AddAmount}}"}""",
            };
            string[] before = await RowsAsync(app, caller);
            ApiResponse response = random.Next(3) == 0
                ? await app.GetAsync(path, ("X-Tenant", caller))
                : await app.PatchAsync(path, body, ("X-Tenant", caller));
            Assert.True(response.Status is 200 or 404 or 409, $"seed {seed}, step {step}: {response.Status} {app.Errors()}");
            foreach (string other in Tenants.Where(tenant => tenant != caller))
            {
                Assert.False(
                    response.Text.Contains($"secret of {other}.", StringComparison.Ordinal),
                    $"seed {seed}, step {step}: {caller} reads {other}: {path} {body} {response.Text}");
            }

            string[] after = await RowsAsync(app, caller);
            Assert.True(before.SequenceEqual(after), $"seed {seed}, step {step}: {caller} has written a row of another: {path} {body}");
        }
    }

    private static Guid Card(int number) => new(number, 0, 0, new byte[8]);

    private static string BasketBody(Random random, string caller)
    {
        (string list, string key, string member) = random.Next(4) switch
        {
            0 => ("lines", $"{random.Next(1, 5)}", $"\"customerId\":{random.Next(1, 7)}"),
            1 => ("gifts", $"{random.Next(1, 3)}", $"\"text\":\"secret of {caller}.\""),
            2 => ("cards", $"{Card(random.Next(1, 8))}", $"\"text\":\"secret of {caller}.\""),
            _ => ("entries", $"{random.Next(1, 7)}", $"\"amount\":{random.Next()}"),
        };
        bool removes = list != "entries" && random.Next(3) == 0;
        return $$"""{"{{list}}":{"{{key}}":{{(removes ? "null" : "{" + member + "}")}} } }""";
    }

    /// <summary>The rows of all other tenants.</summary>
    private static Task<string[]> RowsAsync(ShopApp app, string caller) => app.WithAsync(async db =>
    {
        List<Order> orders = await db.Orders.AsNoTracking()
            .Where(order => order.TenantId != caller || caller == "").OrderBy(static order => order.Number).ToListAsync();
        List<OrderLine> lines = await db.Set<OrderLine>().AsNoTracking()
            .Where(line => line.TenantId != caller || caller == "").OrderBy(static line => line.Id).ToListAsync();
        List<Basket> baskets = await db.Baskets.AsNoTracking()
            .Where(basket => basket.TenantId != caller || caller == "").OrderBy(static basket => basket.Number)
            .Include(static basket => basket.Cards).Include(static basket => basket.Entries).ToListAsync();
        List<BasketLine> basketLines = await db.Set<BasketLine>().AsNoTracking().Where(line => line.TenantId != caller || caller == "")
            .OrderBy(static line => line.BasketNumber).ThenBy(static line => line.Number).ToListAsync();
        List<BasketGift> gifts = await db.Set<BasketGift>().AsNoTracking().Where(gift => gift.TenantId != caller || caller == "")
            .OrderBy(static gift => gift.Id).ToListAsync();
        List<Customer> customers = await db.Set<Customer>().AsNoTracking().OrderBy(static customer => customer.Id).ToListAsync();
        return (string[])
        [
            .. orders.Select(static o => JsonSerializer.Serialize(o)),
            .. lines.Select(static l => JsonSerializer.Serialize(l)),
            .. baskets.Select(static b => JsonSerializer.Serialize(b)),
            .. basketLines.Select(static l => JsonSerializer.Serialize(l)),
            .. gifts.Select(static g => JsonSerializer.Serialize(g)),
            .. customers.Select(static c => JsonSerializer.Serialize(c)),
        ];
    });
}
