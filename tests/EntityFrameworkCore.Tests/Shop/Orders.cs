using System.Text.Json;
using System.Text.Json.Serialization;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.EntityFrameworkCore.Tests.Shop;

/// <summary>Composite key, tenant, converted enum, owned and complex members in columns and in JSON, a reference, lines.</summary>
public class Order
{
    [JsonIgnore]
    public string TenantId { get; set; } = "";

    public int Number { get; set; }

    public OrderStatus Status { get; set; }

    public string? Note { get; set; }

    public int? Priority { get; set; }

    public int Counter { get; set; }

    public List<string> Tags { get; set; } = [];

    public Address Shipping { get; set; } = new();

    public Address? Billing { get; set; }

    public Address? Pickup { get; set; }

    public Address? Gift { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public int? CustomerId { get; set; }

    public Customer? Customer { get; set; }

    public List<OrderLine> Lines { get; set; } = [];

    [ChangedAt]
    public DateTimeOffset ChangedAt { get; set; }

    [JsonIgnore]
    public int Version { get; set; }
}

[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    Draft,
    Sent,
}

public class Address
{
    public string? Street { get; set; }

    public string? City { get; set; }
}

public class OrderLine
{
    public int Id { get; set; }

    [JsonIgnore]
    public string TenantId { get; set; } = "";

    public string Product { get; set; } = "";

    public int Amount { get; set; }
}

public class Customer
{
    public int Id { get; set; }

    [JsonIgnore]
    public string TenantId { get; set; } = "";

    public string Name { get; set; } = "";
}

[Patch<Address>]
public sealed partial record AddressPatch
{
    public partial string? Street { get; init; }

    public partial string? City { get; init; }
}

[Patch<Customer>]
public sealed partial record CustomerPatch
{
    public partial string Name { get; init; }
}

[Patch<Order>]
[PatchEndpoint(
    "/orders/{number}",
    Context = typeof(ShopJson),
    Scope = "shop",
    ReadScope = "shop",
    Tenant = nameof(Order.TenantId),
    Version = nameof(Order.Version))]
public sealed partial record OrderPatch
{
    public partial OrderStatus Status { get; init; }

    public partial string? Note { get; init; }

    public partial int? Priority { get; init; }

    public partial List<string> Tags { get; init; }

    public partial AddressPatch Shipping { get; init; }

    public partial AddressPatch? Billing { get; init; }

    public partial AddressPatch? Pickup { get; init; }

    public partial AddressPatch? Gift { get; init; }

    public partial DateTimeOffset? DueAt { get; init; }

    public partial int? CustomerId { get; init; }
}

/// <summary>Counts the changes in the row itself, as a value that a lost update loses.</summary>
public sealed partial class OrderPatchHandler
{
    public const string AddAmount = "add an amount to each line";

    protected override Order Apply(OrderPatch patch, Order document, out bool changed)
    {
        base.Apply(patch, document, out changed);
        if (patch.HasNote && patch.Note == AddAmount)
        {
            document.Note = null;
            document.Lines.ForEach(static line => line.Amount++);
            changed = true;
        }

        document.Counter += changed ? 1 : 0;
        return document;
    }
}

/// <summary>All orders of the tenant: found by something that several have.</summary>
[Patch<Order>]
[PatchEndpoint(
    "/customers/{customerId}/order",
    Context = typeof(ShopJson),
    Scope = "shop",
    ReadScope = "shop",
    Tenant = nameof(Order.TenantId),
    Version = nameof(Order.Version))]
public sealed partial record OrderOfCustomerPatch
{
    [Selector]
    public partial int? Number { get; init; }

    public partial string? Note { get; init; }
}

/// <summary>The referenced entity, which the application allows.</summary>
[Patch<Order>]
[PatchEndpoint(
    "/orders/{number}/customer", Context = typeof(ShopJson), Tenant = nameof(Order.TenantId), Version = nameof(Order.Version))]
public sealed partial record CustomerOfOrderPatch
{
    public partial CustomerPatch? Customer { get; init; }
}

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(Stock))]
[JsonSerializable(typeof(Memo))]
[JsonSerializable(typeof(Basket))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
public sealed partial class ShopJson : JsonSerializerContext;
