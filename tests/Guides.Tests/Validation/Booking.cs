using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FluentValidation;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Guides.Tests.Validation;

public sealed record Booking
{
    [Key]
    public required string BookingId { get; init; }

    public DateOnly From { get; init; }

    public DateOnly To { get; init; }

    public List<string> Guests { get; init; } = [];
}

public sealed class BookingValidator : AbstractValidator<Booking>
{
    public BookingValidator()
    {
        RuleFor(static booking => booking.To).GreaterThan(static booking => booking.From).WithErrorCode("not_after_from");
        RuleForEach(static booking => booking.Guests).NotEmpty().WithErrorCode("empty");
    }
}

[Patch<Booking>]
[PatchEndpoint("/bookings/{bookingId}", Context = typeof(BookingJson), Scope = "orders:write")]
public sealed partial record BookingPatch
{
    public partial DateOnly From { get; init; }

    public partial DateOnly To { get; init; }

    public partial List<string> Guests { get; init; }
}

public sealed partial class BookingPatchHandler
{
    protected override Task CheckAsync(PatchCheckContext<BookingPatch, Booking> context) => context.ValidateAsync();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Booking))]
public sealed partial class BookingJson : JsonSerializerContext;
