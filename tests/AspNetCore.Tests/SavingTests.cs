using System.Text.Json;
using Layers.PatchGen.Storage;
using Layers.PatchGen.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary><c>OnSaving</c>: documents that are inserted in the transaction of a change, with and without <c>CheckAsync</c>.</summary>
public sealed class SavingTests
{
    private static readonly (string, string) Claims = ("X-Claims", "org=acme;name=Ava");

    public static TheoryData<string> Paths => ["/invoices/1", "/checked-invoices/1"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task An_entry_is_saved_with_each_change(string path)
    {
        await using MiniApp app = await StartAsync();
        ApiResponse first = await app.SendAsync("PATCH", path, """{"amount":5}""", Claims);
        ApiResponse second = await app.SendAsync("PATCH", path, """{"amount":7}""", Claims);
        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Equal(200, (await app.SendAsync("PATCH", path, """{"amount":7}""", Claims)).Status);
        Assert.Equal(412, (await app.SendAsync("PATCH", path, """{"amount":9}""", Claims, ("If-Match", first.ETag))).Status);
        Assert.Equal(422, (await app.SendAsync("PATCH", path, """{"amount":"9"}""", Claims)).Status);
        InvoiceChanged[] trail = await TrailAsync(app);
        Assert.Equal(2, trail.Length);
        Assert.Contains(new InvoiceChanged(0, 5, first.ETag.Trim('"'), "Ava"), trail);
        Assert.Contains(new InvoiceChanged(5, 7, second.ETag.Trim('"'), "Ava"), trail);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task All_hooks_see_the_document_as_it_was_with_a_class_in_a_record(string path)
    {
        InvoiceTrail trail;
        await using (MiniApp app = await StartAsync())
        {
            trail = Trail(app);
            Assert.Equal(200, (await app.SendAsync("PATCH", path, """{"payer":{"name":"Ava"}}""", Claims)).Status);
            Assert.Equal(200, (await app.SendAsync("PATCH", path, """{"payer":{"name":"Ben"}}""", Claims)).Status);
            Assert.Equal([null, "Ava"], (await TrailAsync(app)).Select(entry => entry.PayerBefore).Order());
        }

        Assert.Equal([null, "Ava"], trail.Before.Select(invoice => invoice.Payer?.Name));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task An_entry_that_cannot_be_inserted_is_500_and_changes_nothing(string path)
    {
        await using MiniApp app = await StartAsync();
        Trail(app).IdFor = _ => "same";
        Assert.Equal(200, (await app.SendAsync("PATCH", path, """{"amount":5}""", Claims)).Status);
        ProblemAssert.Matches(await app.SendAsync("PATCH", path, """{"amount":7}""", Claims), 500, "internal");
        Assert.Equal(5, (await InvoiceAsync(app)).Amount);
        Assert.Single(await TrailAsync(app));
        await app.AssertLoggedAsync(LogLevel.Error, entry => entry.Text.Contains("Its key is in use.", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task It_can_reject_the_patch(string path)
    {
        await using MiniApp app = await StartAsync();
        Trail(app).IdFor = _ => throw new PatchRejectedException(new PatchError(409, "closed", "The trail is closed."));
        ProblemAssert.Matches(await app.SendAsync("PATCH", path, """{"amount":5}""", Claims), 409, "closed");
        Assert.Equal(0, (await InvoiceAsync(app)).Amount);
        Assert.Empty(await TrailAsync(app));
    }

    [Fact]
    public void A_source_that_would_not_insert_them_is_reported_at_start()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => MiniApp.Build(
            new InMemoryDocumentStore(), services => services.AddScoped<IDocumentSource<Invoice>, NoSource>()));
        Assert.Contains("InvoicePatchHandler overrides OnSaving", error.Message, StringComparison.Ordinal);
    }

    private static async Task<MiniApp> StartAsync()
    {
        MiniApp app = await MiniApp.StartAsync();
        await app.Store.InsertAsync(new DocumentKey("acme", "invoice", "1"), new Invoice { InvoiceId = "1" }, InvoiceJson.Default.Invoice);
        return app;
    }

    private static InvoiceTrail Trail(MiniApp app) => app.Services.GetRequiredService<InvoiceTrail>();

    private static async Task<Invoice> InvoiceAsync(MiniApp app) => JsonSerializer.Deserialize(
        (await app.Store.LoadAsync(new DocumentKey("acme", "invoice", "1")))!.Json.Span, InvoiceJson.Default.Invoice)!;

    private static async Task<InvoiceChanged[]> TrailAsync(MiniApp app) =>
    [
        .. (await app.Store.FindAsync(new DocumentSelection("acme", InvoiceTrail.Collection, null, []), 100))
            .Select(entry => JsonSerializer.Deserialize(entry.Json.Span, InvoiceJson.Default.InvoiceChanged)!),
    ];

    private sealed class NoSource : IDocumentSource<Invoice>
    {
        public ValueTask<SourceResult<Invoice>> FindAsync(DocumentRequest<Invoice> request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<SourceResult<Invoice>> PatchAsync(
            DocumentRequest<Invoice> request, DocumentChange<Invoice> change, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
