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

    public int Quantity { get; set; }

    public int ProductId { get; set; }

    public Product? Product { get; set; }

    public Address Shipping { get; set; } = new();

    /// <summary>Every change draws a new one. It is the <c>ETag</c> of the response, and not a part of its body.</summary>
    [ConcurrencyCheck, JsonIgnore]
    public Guid Version { get; set; } = Guid.NewGuid();
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
