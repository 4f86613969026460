using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.EntityFrameworkCore.Tests.Shop;

/// <summary>Collections that are patched by key, of each kind that the model can have.</summary>
public class Basket
{
    [JsonIgnore]
    public string TenantId { get; set; } = "";

    public int Number { get; set; }

    public string? Note { get; set; }

    public int Counter { get; set; }

    /// <summary>A composite key with that of the basket.</summary>
    public ICollection<BasketLine>? Lines { get; set; } = new List<BasketLine>();

    /// <summary>A unique index; the foreign key does not contain the tenant.</summary>
    public List<BasketGift> Gifts { get; set; } = [];

    /// <summary>A key that is unique among all baskets.</summary>
    public List<BasketCard> Cards { get; set; } = [];

    /// <summary>A key that the database generates. An entry may exist without a basket.</summary>
    public List<BasketEntry> Entries { get; set; } = [];

    /// <summary>Not shown in responses.</summary>
    [JsonIgnore]
    public List<BasketSeal> Seals { get; set; } = [];

    /// <summary>Owned, in a table.</summary>
    public List<BasketBox> Boxes { get; set; } = [];

    /// <summary>Owned, by the same class in another table.</summary>
    public List<BasketBox> Crates { get; set; } = [];

    /// <summary>Complex, in a column.</summary>
    public List<BasketMark> Stickers { get; set; } = [];

    /// <summary>Owned, in a column.</summary>
    public List<BasketMark> Marks { get; set; } = [];

    [JsonIgnore]
    [ConcurrencyCheck]
    public Guid Version { get; set; } = Guid.NewGuid();
}

public class BasketLine
{
    [JsonIgnore]
    public string TenantId { get; set; } = "";

    [JsonIgnore]
    public int BasketNumber { get; set; }

    public int Number { get; set; }

    public string Product { get; set; } = "";

    public int Amount { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public int? CustomerId { get; set; }

    public Customer? Customer { get; set; }

    [JsonIgnore]
    public Basket? Basket { get; set; }

    public ICollection<LineOption> Options { get; set; } = new HashSet<LineOption>();
}

public class LineOption
{
    public string Code { get; set; } = "";

    public string? Text { get; set; }
}

public class BasketGift
{
    /// <summary>A new gift has it, so that EF Core takes it for a row.</summary>
    [JsonIgnore]
    public Guid Id { get; set; } = Guid.NewGuid();

    [JsonIgnore]
    public string TenantId { get; set; } = "";

    public string Sku { get; set; } = "";

    public string? Text { get; set; }
}

public class BasketCard
{
    public Guid Id { get; set; }

    public string? Text { get; set; }
}

public class BasketEntry
{
    public int Id { get; set; }

    public int Amount { get; set; }
}

public class BasketSeal
{
    public int Code { get; set; }

    public int Amount { get; set; }

    public string? Text { get; set; }
}

public class BasketBox
{
    public long Code { get; set; }

    public int Amount { get; set; }
}

public class BasketMark
{
    public string Name { get; set; } = "";

    public int Amount { get; set; }

    public string? Text { get; set; }
}

[Patch<Basket>]
[PatchEndpoint("/baskets/{number}", Context = typeof(ShopJson), ReadScope = "shop", Tenant = nameof(Basket.TenantId))]
public sealed partial record BasketPatch
{
    public partial string? Note { get; init; }

    [KeyedBy(nameof(BasketLine.Number), AllowCreate = true)]
    public partial Dictionary<int, LinePatch?>? Lines { get; init; }

    [KeyedBy(nameof(BasketGift.Sku), AllowCreate = true)]
    public partial Dictionary<string, GiftPatch?> Gifts { get; init; }

    [KeyedBy(nameof(BasketCard.Id), AllowCreate = true)]
    public partial Dictionary<Guid, CardPatch?> Cards { get; init; }

    [KeyedBy(nameof(BasketEntry.Id))]
    public partial Dictionary<int, EntryPatch> Entries { get; init; }

    [KeyedBy(nameof(BasketSeal.Code), AllowCreate = true)]
    public partial Dictionary<int, SealPatch?> Seals { get; init; }

    [KeyedBy(nameof(BasketBox.Code), AllowCreate = true)]
    public partial Dictionary<long, BoxPatch?> Boxes { get; init; }

    [KeyedBy(nameof(BasketBox.Code), AllowCreate = true)]
    public partial Dictionary<long, BoxPatch?> Crates { get; init; }

    [KeyedBy(nameof(BasketMark.Name), AllowCreate = true)]
    public partial Dictionary<string, MarkPatch?> Marks { get; init; }

    [KeyedBy(nameof(BasketMark.Name), AllowCreate = true)]
    public partial Dictionary<string, MarkPatch?> Stickers { get; init; }
}

[Patch<BasketLine>]
public sealed partial record LinePatch
{
    public partial string Product { get; init; }

    public partial int Amount { get; init; }

    public partial DateTimeOffset? DueAt { get; init; }

    public partial int? CustomerId { get; init; }

    [KeyedBy(nameof(LineOption.Code), AllowCreate = true)]
    public partial Dictionary<string, OptionPatch?> Options { get; init; }
}

[Patch<LineOption>]
public sealed partial record OptionPatch
{
    public partial string? Text { get; init; }
}

[Patch<BasketGift>]
public sealed partial record GiftPatch
{
    public partial string? Text { get; init; }
}

[Patch<BasketCard>]
public sealed partial record CardPatch
{
    public partial string? Text { get; init; }
}

[Patch<BasketEntry>]
public sealed partial record EntryPatch
{
    public partial int Amount { get; init; }
}

[Patch<BasketSeal>]
public sealed partial record SealPatch
{
    public partial int Amount { get; init; }

    public partial string? Text { get; init; }
}

[Patch<BasketBox>]
public sealed partial record BoxPatch
{
    public partial int Amount { get; init; }
}

[Patch<BasketMark>]
public sealed partial record MarkPatch
{
    public partial int Amount { get; init; }

    public partial string? Text { get; init; }
}

public sealed partial class BasketPatchHandler
{
    /// <summary>What the rule has seen of the lines, by the note of the patch.</summary>
    public static List<string> Checked { get; } = [];

    public static List<PatchSaved<BasketPatch, Basket>> Saved { get; } = [];

    protected override Basket Apply(BasketPatch patch, Basket document, out bool changed)
    {
        base.Apply(patch, document, out changed);
        document.Counter += changed ? 1 : 0;
        return document;
    }

    protected override async Task CheckAsync(PatchCheckContext<BasketPatch, Basket> context)
    {
        if (context.Patch.HasNote && context.Patch.Note?.StartsWith("check", StringComparison.Ordinal) is true)
        {
            // With the same context: other baskets are tracked as well.
            await context.Services.GetRequiredService<ShopDb>().Baskets.Include(static b => b.Cards).ToListAsync(context.CancellationToken);
            lock (Checked)
            {
                Checked.Add($"{context.Patch.Note}: {Text(context.Before)} > {Text(context.After)}");
            }
        }

        if (context.After.Lines!.Sum(static line => line.Amount) > 1000)
        {
            context.Validation.Add("/lines", "too_many", "At most 1000.");
        }
    }

    protected override Task OnSavedAsync(PatchSaved<BasketPatch, Basket> saved)
    {
        lock (Saved)
        {
            Saved.Add(saved);
        }

        return Task.CompletedTask;
    }

    private static string Text(Basket basket) =>
        string.Join(' ', basket.Lines!.Select(static line => $"{line.TenantId}.{line.BasketNumber}.{line.Number}={line.Amount}"));
}

/// <summary>The configuration of baskets.</summary>
internal static class BasketModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Basket>(static basket =>
        {
            basket.HasKey(static b => new { b.TenantId, b.Number });
            basket.HasMany(static b => b.Lines).WithOne(static line => line.Basket)
                .HasForeignKey(static line => new { line.TenantId, line.BasketNumber });
            basket.HasMany(static b => b.Gifts).WithOne().HasForeignKey("BasketNumber").HasPrincipalKey(static b => b.Number).IsRequired();
            basket.HasMany(static b => b.Cards).WithOne().IsRequired();
            basket.HasMany(static b => b.Entries).WithOne();
            basket.HasMany(static b => b.Seals).WithOne().HasForeignKey("BasketTenantId", "BasketNumber");
            basket.OwnsMany(static b => b.Boxes, static box =>
            {
                box.ToTable("BasketBox");
                box.HasKey("BasketTenantId", "BasketNumber", nameof(BasketBox.Code));
                box.Property(static b => b.Code).ValueGeneratedNever();
            });
            basket.OwnsMany(static b => b.Crates, static crate =>
            {
                crate.ToTable("BasketCrate");
                crate.HasKey("BasketTenantId", "BasketNumber", nameof(BasketBox.Code));
                crate.Property(static c => c.Code).ValueGeneratedNever();
            });
            basket.ComplexCollection(static b => b.Stickers, static sticker => sticker.ToJson());
            basket.OwnsMany(static b => b.Marks, static mark => mark.ToJson());
        });
        model.Entity<BasketLine>(static line =>
        {
            line.HasKey(static l => new { l.TenantId, l.BasketNumber, l.Number });
            line.OwnsMany(static l => l.Options, static option =>
            {
                option.WithOwner().HasForeignKey("TenantId", "BasketNumber", "LineNumber");
                option.HasKey("TenantId", "BasketNumber", "LineNumber", nameof(LineOption.Code));
            });
        });
        model.Entity<BasketSeal>().HasKey("BasketTenantId", "BasketNumber", nameof(BasketSeal.Code));
        model.Entity<BasketGift>().HasIndex("TenantId", "BasketNumber", "Sku").IsUnique();
        model.Entity<BasketCard>().Property(static card => card.Id).ValueGeneratedNever();
    }
}
