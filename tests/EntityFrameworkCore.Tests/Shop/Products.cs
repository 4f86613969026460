using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.EntityFrameworkCore.Tests.Shop;

/// <summary>A strongly typed id, without operators.</summary>
[JsonConverter(typeof(ProductIdJson))]
public readonly struct ProductId(Guid value)
{
    public Guid Value { get; } = value;
}

public sealed class ProductIdJson : JsonConverter<ProductId>
{
    public override ProductId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, ProductId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>A Guid as the version, which needs no name. JSON does not hold all of it.</summary>
public class Product
{
    [Key]
    public ProductId ProductId { get; set; }

    [MaxLength(40)]
    public string Name { get; set; } = "";

    public string? Text { get; set; }

    [JsonIgnore]
    public string Secret { get; set; } = "";

    public int Counter { get; private set; }

    [JsonIgnore]
    [ConcurrencyCheck]
    public Guid Version { get; set; }

    public void Count() => Counter++;
}

[Patch<Product>(RequireAny = true)]
[PatchEndpoint("/products/{productId}", Context = typeof(ShopJson), Scope = "shop", ReadScope = "shop", SingleTenant = true)]
public sealed partial record ProductPatch
{
    [StringLength(40, MinimumLength = 1)]
    public partial string Name { get; init; }

    public partial string? Text { get; init; }
}

/// <summary>Hooks, and a rule that asks another table.</summary>
public sealed partial class ProductPatchHandler
{
    public static List<PatchSaved<ProductPatch, Product>> Saved { get; } = [];

    protected override Product Apply(ProductPatch patch, Product document, out bool changed)
    {
        base.Apply(patch, document, out changed);
        if (changed)
        {
            document.Count();
        }

        return document;
    }

    protected override async Task CheckAsync(PatchCheckContext<ProductPatch, Product> context)
    {
        ShopDb db = context.Services.GetRequiredService<ShopDb>();
        if (context.Patch.HasText && context.Patch.Text == "save")
        {
            await db.SaveChangesAsync(context.CancellationToken);
        }

        if (context.Patch.HasName && await db.Memos.AnyAsync(memo => memo.Text == context.After.Name, context.CancellationToken))
        {
            context.Validation.Add("/name", "reserved", $"Reserved; it was {context.Before.Name} of {context.Before.Secret}.");
        }
    }

    protected override Task OnSavedAsync(PatchSaved<ProductPatch, Product> saved)
    {
        lock (Saved)
        {
            Saved.Add(saved);
        }

        return Task.CompletedTask;
    }
}

/// <summary>A version that the database makes: xmin, or a trigger on SQLite. A shadow property.</summary>
public class Stock
{
    [Key]
    public int Id { get; set; }

    public int Counter { get; set; }

    public string? Note { get; set; }

    public List<StockEntry> Entries { get; set; } = [];

    public Customer? Supplier { get; set; }
}

public class StockEntry
{
    public int Id { get; set; }

    public int Amount { get; set; }
}

[Patch<Stock>]
[PatchEndpoint("/stocks/{id}", Context = typeof(ShopJson), Scope = "shop", ReadScope = "shop", SingleTenant = true)]
public sealed partial record StockPatch
{
    public partial string? Note { get; init; }
}

public sealed partial class StockPatchHandler
{
    public const string RenameSupplier = "rename the supplier";

    protected override Stock Apply(StockPatch patch, Stock document, out bool changed)
    {
        base.Apply(patch, document, out changed);
        if (patch.HasNote && patch.Note == OrderPatchHandler.AddAmount)
        {
            document.Note = null;
            document.Entries.ForEach(static entry => entry.Amount++);
            changed = true;
        }
        else if (patch.HasNote && patch.Note == RenameSupplier)
        {
            document.Supplier!.Name = "renamed";
        }
        else
        {
            document.Counter += changed ? 1 : 0;
        }

        return document;
    }
}

/// <summary>No version: the last write wins.</summary>
public class Memo
{
    [Key]
    public int Id { get; set; }

    public string Text { get; set; } = "";

    public string? Author { get; set; }
}

[Patch<Memo>]
[PatchEndpoint("/memos/{id}", Context = typeof(ShopJson), Scope = "shop", ReadScope = "shop", SingleTenant = true)]
public sealed partial record MemoPatch
{
    public partial string Text { get; init; }

    public partial string? Author { get; init; }
}
