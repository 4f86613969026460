using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Guides.Tests.Orders;

/// <summary>A row of the table Orders.</summary>
public sealed record Order
{
    [Key]
    public required string OrderId { get; init; }

    public required string Customer { get; init; }

    public string? Note { get; init; }

    public int Quantity { get; init; }

    [JsonIgnore]
    public string Version { get; init; } = "";
}

[Patch<Order>(RequireAny = true)]
[PatchEndpoint("/orders/{orderId}", Context = typeof(OrderJson), Scope = "orders:write", ReadScope = "orders:read")]
public sealed partial record OrderPatch
{
    [StringLength(80, MinimumLength = 1)]
    public partial string Customer { get; init; }

    public partial string? Note { get; init; }

    [Range(1, 1_000_000)]
    public partial int Quantity { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Order))]
public sealed partial class OrderJson : JsonSerializerContext;
