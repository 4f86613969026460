using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;

/// <summary>Ordinary entities: classes with setters.</summary>
internal sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Product> Products => Set<Product>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Order>().OwnsOne(static o => o.Shipping);
}

internal sealed class Order
{
    public int Id { get; set; }

    public string? Note { get; set; }

    public List<OrderLine> Lines { get; set; } = [];

    public Address Shipping { get; set; } = new();

    /// <summary>Every change draws a new one. It is the <c>ETag</c> of the response, and not a part of its body.</summary>
    [ConcurrencyCheck, JsonIgnore]
    public Guid Version { get; set; } = Guid.NewGuid();
}

/// <summary>A row of its own. Its number is unique within the order.</summary>
[PrimaryKey(nameof(OrderId), nameof(Number))]
internal sealed class OrderLine
{
    [JsonIgnore]
    public int OrderId { get; set; }

    public int Number { get; set; }

    public int ProductId { get; set; }

    public Product? Product { get; set; }

    public int Quantity { get; set; } = 1;
}

/// <summary>An owned type: columns of the same table.</summary>
internal sealed class Address
{
    public string? Street { get; set; }

    public string? City { get; set; }
}

internal sealed class Product
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public int Stock { get; set; }

    [ConcurrencyCheck, JsonIgnore]
    public Guid Version { get; set; } = Guid.NewGuid();
}
