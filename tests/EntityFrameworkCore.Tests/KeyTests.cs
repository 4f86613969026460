using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <summary>Rows are found by the keys and properties of the model.</summary>
[Collection(Databases.Collection)]
public sealed class KeyTests(Databases databases)
{
    [Theory]
    [Databases("/orders/8", 404)]
    [Databases("/orders/x", 404)]
    [Databases("/orders/99999999999", 404)]
    [Databases("/products/00000007-0000-0000-0000-000000000000", 200)]
    [Databases("/products/00000007-0000-0000-0000-000000000001", 404)]
    [Databases("/products/7", 404)]
    [Databases("/customers/1/order", 409)]
    [Databases("/customers/2/order", 404)]
    [Databases("/customers/1/order?number=7", 200)]
    [Databases("/customers/1/order?number=9", 404)]
    [Databases("/customers/1/order?number=x", 422)]
    public async Task Found_by_composite_and_strongly_typed_keys_and_by_selectors(DatabaseKind kind, string path, int status)
    {
        await using ShopApp app = await ShopApp.StartAsync(await databases.CreateAsync(kind));
        await app.AddAsync(
            new Customer { Id = 1, TenantId = "acme", Name = "Ada" },
            new Order { TenantId = "acme", Number = 6, CustomerId = 1 },
            new Order { TenantId = "acme", Number = 7, CustomerId = 1 },
            new Order { TenantId = "bolt", Number = 9, CustomerId = 1 },
            new Product { ProductId = new(new Guid(7, 0, 0, new byte[8])), Name = "Tea" });
        ApiResponse response = await app.GetAsync(path);
        Assert.True(response.Status == status, $"{response.Status} {response.Text} {app.Errors()}");
        if (status == 409)
        {
            Assert.Equal("""{"number":[6,7]}""", response.Json.GetProperty("candidates").GetRawText());
        }
    }

    [Theory]
    [Databases]
    public async Task A_selector_of_a_body_chooses_the_row(DatabaseKind kind)
    {
        await using ShopApp app = await ShopApp.StartAsync(await databases.CreateAsync(kind));
        await app.AddAsync(
            new Customer { Id = 1, TenantId = "acme", Name = "Ada" },
            new Order { TenantId = "acme", Number = 6, CustomerId = 1 },
            new Order { TenantId = "acme", Number = 7, CustomerId = 1 });
        Assert.Equal(409, (await app.PatchAsync("/customers/1/order", """{"note":"a"}""")).Status);
        Assert.Equal(200, (await app.PatchAsync("/customers/1/order", """{"number":7,"note":"a"}""")).Status);
        Assert.Equal("a", (await app.GetAsync("/orders/7")).Json.GetProperty("note").GetString());
        Assert.Equal("null", (await app.GetAsync("/orders/6")).Json.GetProperty("note").GetRawText());
    }
}
