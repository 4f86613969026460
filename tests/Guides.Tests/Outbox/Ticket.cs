using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Guides.Tests.Outbox;

public sealed record Ticket
{
    [Key]
    public required string TicketId { get; init; }

    public required string State { get; init; }

    public string? Assignee { get; init; }
}

[Patch<Ticket>(RequireAny = true)]
[PatchEndpoint("/tickets/{ticketId}", Context = typeof(TicketJson))]
public sealed partial record TicketPatch
{
    [StringLength(20, MinimumLength = 1)]
    public partial string State { get; init; }

    public partial string? Assignee { get; init; }
}

/// <summary>What other systems receive about each change.</summary>
public sealed record TicketChanged(string TicketId, string State, string? Assignee, string Version);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Ticket))]
[JsonSerializable(typeof(TicketChanged))]
public sealed partial class TicketJson : JsonSerializerContext;
