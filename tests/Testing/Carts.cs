using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Testing;

/// <summary>A document with lists that are patched by key.</summary>
public sealed record Cart
{
    public const string Collection = "carts";

    [Key]
    public string Id { get; init; } = "c1";

    public string? Note { get; init; }

    public List<CartLine> Lines { get; init; } = [];

    public Coupon[]? Coupons { get; init; }

    [ChangedAt]
    public DateTimeOffset ChangedAt { get; init; }
}

public sealed record CartLine
{
    [JsonPropertyName("line_id")]
    public int Id { get; init; }

    public int Amount { get; init; }

    public string? Text { get; init; }

    public decimal Discount { get; init; }

    public string? AddedBy { get; init; }

    [NotInResponse]
    public string? Supplier { get; init; }

    public List<CartPart> Parts { get; init; } = [];
}

public sealed record CartPart
{
    public required string Code { get; init; }

    public int Count { get; init; }
}

public sealed record Coupon
{
    public Guid Id { get; init; }

    public bool IsUsed { get; init; }
}

[Patch<Cart>(RequireAny = true)]
[PatchEndpoint(
    "/carts/{id}",
    Context = typeof(CartJson),
    Collection = Cart.Collection,
    ReadScope = "carts:read",
    Formats = PatchFormats.MergePatch | PatchFormats.JsonPatch)]
public sealed partial record CartPatch
{
    [MaxLength(20)]
    public partial string? Note { get; init; }

    [KeyedBy(nameof(CartLine.Id), AllowCreate = true), MaxLength(5)]
    public partial Dictionary<int, CartLinePatch?> Lines { get; init; }

    [KeyedBy(nameof(Coupon.Id))]
    public partial Dictionary<Guid, CouponPatch>? Coupons { get; init; }
}

[Patch<CartLine>]
[Fence("gift", Until = "v2")]
public sealed partial record CartLinePatch
{
    [Range(0, 100)]
    public partial int Amount { get; init; }

    public partial string? Text { get; init; }

    [WriteScope("sales")]
    public partial decimal Discount { get; init; }

    public partial string? Supplier { get; init; }

    [KeyedBy(nameof(CartPart.Code))]
    public partial Dictionary<string, CartPartPatch?> Parts { get; init; }
}

[Patch<CartPart>]
public sealed partial record CartPartPatch
{
    public partial int Count { get; init; }
}

[Patch<Coupon>]
public sealed partial record CouponPatch
{
    public partial bool IsUsed { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Cart))]
public sealed partial class CartJson : JsonSerializerContext;
