using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Testing;

/// <summary>A document whose changes insert entries of an audit trail.</summary>
public sealed record Invoice
{
    [Key]
    public required string InvoiceId { get; init; }

    public int Amount { get; init; }

    public Payer? Payer { get; init; }
}

/// <summary>A class in a record: it is changed in place, although the record is copied.</summary>
public sealed class Payer
{
    public string Name { get; set; } = "";
}

[Patch<Payer>]
public sealed partial record PayerPatch
{
    public partial string Name { get; init; }
}

[Patch<Invoice>]
[PatchEndpoint("/invoices/{invoiceId}", Context = typeof(InvoiceJson))]
public sealed partial record InvoicePatch
{
    public partial int Amount { get; init; }

    public partial PayerPatch? Payer { get; init; }
}

/// <summary>Its handler has a rule that waits as well.</summary>
[Patch<Invoice>]
[PatchEndpoint("/checked-invoices/{invoiceId}", Context = typeof(InvoiceJson))]
public sealed partial record CheckedInvoicePatch
{
    public partial int Amount { get; init; }

    public partial PayerPatch? Payer { get; init; }
}

public sealed record InvoiceChanged(int Before, int After, string Version, string? User)
{
    public string? PayerBefore { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Invoice))]
[JsonSerializable(typeof(InvoiceChanged))]
public sealed partial class InvoiceJson : JsonSerializerContext;

/// <summary>The id of the entry for a change.</summary>
public sealed class InvoiceTrail
{
    public const string Collection = "invoice-trail";

    public Func<string, string> IdFor { get; set; } = version => version;

    /// <summary>The documents before a change that <c>CheckAsync</c> and <c>OnSavedAsync</c> have seen.</summary>
    public ConcurrentQueue<Invoice> Before { get; } = [];

    internal void Save<TPatch>(PatchSaving<TPatch, Invoice> saving) => saving.Insert(
        Collection,
        IdFor(saving.Version),
        new InvoiceChanged(saving.Before.Amount, saving.After.Amount, saving.Version, saving.User.FindFirst("name")?.Value)
        {
            PayerBefore = saving.Before.Payer?.Name,
        },
        InvoiceJson.Default.InvoiceChanged);
}

public sealed partial class InvoicePatchHandler(InvoiceTrail trail)
{
    protected override void OnSaving(PatchSaving<InvoicePatch, Invoice> saving) => trail.Save(saving);

    protected override Task OnSavedAsync(PatchSaved<InvoicePatch, Invoice> saved)
    {
        trail.Before.Enqueue(saved.Before);
        return Task.CompletedTask;
    }
}

public sealed partial class CheckedInvoicePatchHandler(InvoiceTrail trail)
{
    protected override async Task CheckAsync(PatchCheckContext<CheckedInvoicePatch, Invoice> context)
    {
        await Task.Yield();
        trail.Before.Enqueue(context.Before);
    }

    protected override void OnSaving(PatchSaving<CheckedInvoicePatch, Invoice> saving) => trail.Save(saving);
}
