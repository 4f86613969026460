using System.Text.Json;
using FluentValidation;
using Layers.PatchGen.Storage;
using Layers.PatchGen.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.Guides.Tests.Validation;

/// <summary>The class of the guide, with the package.</summary>
public sealed class FluentRulesTests
{
    [Theory]
    [InlineData("""{"to":"2026-01-05"}""")]
    [InlineData("""{"to":"2026-01-01"}""", "/to not_after_from")]
    [InlineData("""{"from":"2026-02-01"}""", "/to not_after_from")]
    [InlineData("""{"guests":["Ada",""]}""", "/guests/1 empty")]
    public async Task Rules_see_the_document_as_it_would_be_saved(string body, params string[] problems)
    {
        var store = new InMemoryDocumentStore();
        var booking = new Booking { BookingId = "b1", From = new(2026, 1, 1), To = new(2026, 1, 3) };
        await store.InsertAsync(new DocumentKey("acme", "booking", "b1"), booking, BookingJson.Default.Booking);
        await using GuideApp app = await GuideApp.StartAsync(static _ => new BookingPatchHandler(), services =>
        {
            services.AddSingleton<IDocumentStore>(store);
            services.AddSingleton<IValidator<Booking>, BookingValidator>();
        });
        ApiResponse response = await app.SendAsync("PATCH", "/bookings/b1", body, ("X-Tenant", "acme"));
        Assert.Equal(problems.Length == 0 ? 200 : 422, response.Status);
        string[] actual = response.Status == 200
            ? []
            : [.. response.Json.GetProperty("errors").EnumerateArray().Select(static e => $"{Text(e, "pointer")} {Text(e, "code")}")];
        Assert.Equal(problems, actual);

        static string? Text(JsonElement error, string name) => error.GetProperty(name).GetString();
    }
}
