using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Layers.PatchGen.EntityFrameworkCore.Tests.Shop;

/// <summary>What one UPDATE can set: columns, an enum, lists, a required owned and a required complex type.</summary>
public class Parcel
{
    public int Id { get; set; }

    public string Text { get; set; } = "";

    public int? Weight { get; set; }

    public OrderStatus Status { get; set; }

    public List<string> Tags { get; set; } = [];

    public DateTimeOffset? SentAt { get; set; }

    [Column("to")]
    public Address Target { get; set; } = new();

    public Address Sender { get; set; } = new();

    [ChangedAt]
    public DateTimeOffset ChangedAt { get; set; }

    [ConcurrencyCheck]
    public Guid Version { get; set; }
}

[Patch<Parcel>]
public sealed partial record ParcelPatch
{
    [Selector]
    public partial int? Id { get; init; }

    public partial string Text { get; init; }

    public partial int? Weight { get; init; }

    public partial OrderStatus Status { get; init; }

    public partial List<string> Tags { get; init; }

    public partial DateTimeOffset? SentAt { get; init; }

    [PatchTo(nameof(Parcel.Target))]
    public partial AddressPatch To { get; init; }

    public partial AddressPatch Sender { get; init; }
}

/// <summary>The version by the name of an endpoint; two patches of one entity.</summary>
[Patch<Order>]
[AspNetCore.PatchEndpoint(
    "/notes/{number}", Context = typeof(ShopJson), Tenant = nameof(Order.TenantId), Version = nameof(Order.Version))]
public sealed partial record OrderNotePatch
{
    public partial string? Note { get; init; }
}

/// <summary>A version that the database makes.</summary>
[Patch<Stock>]
public sealed partial record StockNotePatch
{
    public partial string? Note { get; init; }
}

/// <summary>No version.</summary>
[Patch<Memo>]
public sealed partial record MemoTextPatch
{
    public partial string Text { get; init; }
}
