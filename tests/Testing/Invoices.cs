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
}

[Patch<Invoice>]
[PatchEndpoint("/invoices/{invoiceId}", Context = typeof(InvoiceJson))]
public sealed partial record InvoicePatch
{
    public partial int Amount { get; init; }
}

/// <summary>Its handler has a rule that waits as well.</summary>
[Patch<Invoice>]
[PatchEndpoint("/checked-invoices/{invoiceId}", Context = typeof(InvoiceJson))]
public sealed partial record CheckedInvoicePatch
{
    public partial int Amount { get; init; }
}

public sealed record InvoiceChanged(int Before, int After, string Version, string? User);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Invoice))]
[JsonSerializable(typeof(InvoiceChanged))]
public sealed partial class InvoiceJson : JsonSerializerContext;

/// <summary>The id of the entry for a change.</summary>
public sealed class InvoiceTrail
{
    public const string Collection = "invoice-trail";

    public Func<string, string> IdFor { get; set; } = version => version;

    internal void Save<TPatch>(PatchSaving<TPatch, Invoice> saving) => saving.Insert(
        Collection,
        IdFor(saving.Version),
        new InvoiceChanged(saving.Before.Amount, saving.After.Amount, saving.Version, saving.User.FindFirst("name")?.Value),
        InvoiceJson.Default.InvoiceChanged);
}

public sealed partial class InvoicePatchHandler(InvoiceTrail trail)
{
    protected override void OnSaving(PatchSaving<InvoicePatch, Invoice> saving) => trail.Save(saving);
}

public sealed partial class CheckedInvoicePatchHandler(InvoiceTrail trail)
{
    protected override async Task CheckAsync(PatchCheckContext<CheckedInvoicePatch, Invoice> context) => await Task.Yield();

    protected override void OnSaving(PatchSaving<CheckedInvoicePatch, Invoice> saving) => trail.Save(saving);
}
