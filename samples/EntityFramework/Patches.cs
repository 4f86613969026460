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

    public partial AddressPatch Shipping { get; init; }

    /// <summary>The lines by their numbers: each is changed, created or, by null, removed. All others stay as they are.</summary>
    [KeyedBy(nameof(OrderLine.Number), AllowCreate = true)]
    public partial Dictionary<int, OrderLinePatch?> Lines { get; init; }
}

[Patch<OrderLine>]
internal sealed partial record OrderLinePatch
{
    public partial int ProductId { get; init; }

    [Range(1, 100)]
    public partial int Quantity { get; init; }
}

/// <summary>A rule that asks another table. It runs on the order as it would be saved.</summary>
internal sealed partial class OrderPatchHandler
{
    protected override async Task CheckAsync(PatchCheckContext<OrderPatch, Order> context)
    {
        ShopDb db = context.Services.GetRequiredService<ShopDb>();
        List<int> ids = context.After.Lines.ConvertAll(static line => line.ProductId);
        Dictionary<int, int> stock = await db.Products.Where(product => ids.Contains(product.Id))
            .ToDictionaryAsync(static product => product.Id, static product => product.Stock, context.CancellationToken);
        foreach (OrderLine line in context.After.Lines)
        {
            if (stock.TryGetValue(line.ProductId, out int inStock) && line.Quantity > inStock)
            {
                context.Validation.Add($"/lines/{line.Number}/quantity", "out_of_stock", $"Only {inStock} are in stock.");
            }
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
