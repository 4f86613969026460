using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Layers.PatchGen.Storage;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>Stored documents that are patched as bytes: which are, what is kept, and what hooks see.</summary>
public sealed class DocumentBytesTests
{
    [Theory]
    [InlineData("Patches of /invoices/{invoiceId} are applied to the stored bytes.")]
    [InlineData("Patches of /checked-invoices/{invoiceId} are applied to objects: the handler overrides CheckAsync.")]
    [InlineData("Patches of /counters/{counterId} are applied to objects: the handler overrides Apply.")]
    [InlineData("Patches of /shelves/{shelfId} are applied to the stored bytes.")]
    [InlineData(
        "A patch of /shelves/{shelfId} is applied to the object if it changes a member that cannot be patched as bytes: "
        + "Shelf.prices is a dictionary, which is merged by key.")]
    public void The_log_says_once_which_way_an_endpoint_takes(string expected)
    {
        using var log = new DebugLog();
        _ = MiniApp.Build(new InMemoryDocumentStore(), services => services.AddLogging(
            logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log)));
        Assert.Single(log.Entries, expected);
    }

    [Fact]
    public async Task What_a_patch_does_not_change_is_kept_byte_for_byte()
    {
        const string Stored = """{"invoiceId":"1","amount":0,"payer":{"name":"Caf\u00e9"}}""";
        await using MiniApp app = await MiniApp.StartAsync();
        var key = new DocumentKey("", "invoice", "1");
        await app.Store.InsertAsync(key, Encoding.UTF8.GetBytes(Stored));
        ApiResponse response = await app.SendAsync("PATCH", "/invoices/1", """{"amount":5,"payer":{"name":"Café"}}""");
        Assert.Equal(Stored.Replace(":0,", ":5,", StringComparison.Ordinal), response.Text);
        Assert.Equal(response.ETag, (await app.SendAsync("PATCH", "/invoices/1", """{"payer":{"name":"Café"}}""")).ETag);
    }

    [Fact]
    public async Task A_document_that_is_written_otherwise_is_patched_as_an_object_and_then_written_by_its_contract()
    {
        await using MiniApp app = await MiniApp.StartAsync();
        await app.Store.InsertAsync(
            new DocumentKey("", "invoice", "1"), """{ "payer": null, "amount": 1, "old": true, "invoiceId": "1" }"""u8.ToArray());
        ApiResponse response = await app.SendAsync("PATCH", "/invoices/1", """{"amount":5}""");
        Assert.Equal("""{"invoiceId":"1","amount":5,"payer":null}""", response.Text);
    }

    [Fact]
    public void Documents_are_read_when_a_hook_asks_for_them()
    {
        // Not JSON, so that reading it throws.
        HookDocument<Invoice> before = new("-"u8.ToArray(), InvoiceJson.Default.Invoice), after =
            new("""{"invoiceId":"1","amount":2}"""u8.ToArray(), InvoiceJson.Default.Invoice);
        var stored = new StoredDocument(new DocumentKey("", "invoice", "1"), default, default);
        var context = new DefaultHttpContext();
        var saved = new PatchSaved<InvoicePatch, Invoice>(new InvoicePatch(), before, after, "v", context);
        var saving = new PatchSaving<InvoicePatch, Invoice>(new InvoicePatch(), before, after, stored, context);
        Assert.Equal(2, saved.After.Amount);
        Assert.Same(saved.After, saving.After);
        Assert.Throws<JsonException>(() => saved.Before);
        Assert.Throws<JsonException>(() => saving.Before);
        Assert.DoesNotContain("Amount", saved.ToString(), StringComparison.Ordinal); // in a log it does not show what responses hide
    }

    [Fact]
    public void A_saved_change_can_be_created_in_a_unit_test()
    {
        Invoice before = new() { InvoiceId = "1", Amount = 3 }, after = new() { InvoiceId = "1", Amount = 4 };
        var saved = new PatchSaved<InvoicePatch, Invoice>(new InvoicePatch(), before, after, "v", new DefaultHttpContext());
        Assert.Equal((before, after, "v"), (saved.Before, saved.After, saved.Version));
        Assert.Same(ChangedMembers.None, saved.Changes);
    }

    private sealed class DebugLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Entries { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Debug)
            {
                Entries.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
