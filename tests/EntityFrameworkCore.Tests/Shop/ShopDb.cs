using Microsoft.EntityFrameworkCore;

namespace Layers.PatchGen.EntityFrameworkCore.Tests.Shop;

public sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Product> Products => Set<Product>();

    public DbSet<Stock> Stocks => Set<Stock>();

    public DbSet<Memo> Memos => Set<Memo>();

    public DbSet<Parcel> Parcels => Set<Parcel>();

    public DbSet<Basket> Baskets => Set<Basket>();

    /// <summary>Creates the tables; on SQLite also the trigger that makes row versions.</summary>
    public async Task CreateAsync()
    {
        await Database.EnsureCreatedAsync();
        if (!Database.ProviderName!.Contains("Npgsql", StringComparison.Ordinal))
        {
            await Database.ExecuteSqlRawAsync(
                """
                CREATE TRIGGER IF NOT EXISTS stock_version AFTER UPDATE ON Stocks
                BEGIN UPDATE Stocks SET RowVersion = randomblob(8) WHERE rowid = NEW.rowid; END
                """);
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Order>(order =>
        {
            order.HasKey(static o => new { o.TenantId, o.Number });
            order.Property(static o => o.Status).HasConversion<string>();
            order.Property(static o => o.Version).IsConcurrencyToken();
            order.OwnsOne(static o => o.Shipping);
            order.ComplexProperty(static o => o.Billing, static billing =>
            {
                billing.IsRequired(false);
                billing.HasDiscriminator();
            });
            order.OwnsOne(static o => o.Pickup, static pickup => pickup.ToJson());
            order.ComplexProperty(static o => o.Gift, static gift =>
            {
                gift.IsRequired(false);
                gift.ToJson();
            });
            order.HasOne(static o => o.Customer).WithMany().HasForeignKey(static o => o.CustomerId);

            // A foreign key that does not contain the tenant, so that a row of another could refer to this order.
            order.HasMany(static o => o.Lines).WithOne().HasForeignKey("OrderNumber").HasPrincipalKey(static o => o.Number);
        });
        BasketModel.Configure(modelBuilder);
        modelBuilder.Entity<Product>(product =>
        {
            product.Property(static p => p.ProductId).HasConversion(static id => id.Value, static value => new ProductId(value));
            product.HasIndex(static p => p.Name).IsUnique();
        });
        modelBuilder.Entity<Parcel>(static parcel =>
        {
            parcel.OwnsOne(static p => p.Target);
            parcel.ComplexProperty(static p => p.Sender);
        });
        modelBuilder.Entity<Stock>(stock =>
        {
            stock.HasMany(static s => s.Entries).WithOne();
            stock.HasOne(static s => s.Supplier).WithMany();
            if (Database.ProviderName!.Contains("Npgsql", StringComparison.Ordinal))
            {
                stock.Property<uint>("xmin").IsRowVersion();
            }
            else
            {
                stock.ToTable("Stocks", static table =>
                {
                    table.HasTrigger("stock_version");
                    table.UseSqlReturningClause(false); // it returns what the row was before the trigger
                });
                stock.Property<byte[]>("RowVersion").IsRowVersion().HasDefaultValueSql("(randomblob(8))");
            }
        });
    }
}
