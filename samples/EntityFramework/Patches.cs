using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Layers.PatchGen;
using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore;

/// <summary>What may be patched of an order, and the endpoint. The shop has one tenant.</summary>
[Patch<Order>(RequireAny = true)]
[PatchEndpoint("/orders/{id}", Context = typeof(ShopJson), SingleTenant = true)]
internal sealed partial record OrderPatch
{
    [StringLength(200)]
    public partial string? Note { get; init; }

    [Range(1, 100)]
    public partial int Quantity { get; init; }

    public partial int ProductId { get; init; }

    public partial AddressPatch Shipping { get; init; }
}

/// <summary>A rule that asks another table. It runs on the order as it would be saved.</summary>
internal sealed partial class OrderPatchHandler
{
    protected override async Task CheckAsync(PatchCheckContext<OrderPatch, Order> context)
    {
        ShopDb db = context.Services.GetRequiredService<ShopDb>();
        int stock = await db.Products.Where(product => product.Id == context.After.ProductId).Select(static product => product.Stock)
            .SingleOrDefaultAsync(context.CancellationToken);
        if (context.After.Quantity > stock)
        {
            context.Validation.Add("/quantity", "out_of_stock", $"Only {stock} are in stock.");
        }
    }
}

[Patch<Address>]
internal sealed partial record AddressPatch
{
    [StringLength(120)]
    public partial string? Street { get; init; }

    [StringLength(120)]
    public partial string? City { get; init; }
}

/// <summary>A patch for an endpoint of our own.</summary>
[Patch<Product>(RequireAny = true)]
internal sealed partial record ProductPatch
{
    [StringLength(80, MinimumLength = 1)]
    public partial string Name { get; init; }

    [Range(0, 10_000)]
    public partial int Stock { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Order))]
internal sealed partial class ShopJson : JsonSerializerContext;
