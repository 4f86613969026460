using System.ComponentModel.DataAnnotations;

namespace Layers.PatchGen.Host.Influencers;

/// <summary>An influencer.</summary>
public sealed record Influencer
{
    /// <summary>The collection of influencers in the store.</summary>
    public const string Collection = "influencers";

    [Key]
    public required string InfluencerId { get; init; }

    public required string ProjectId { get; init; }

    public required string Name { get; init; }

    public Gender? Gender { get; init; }

    public string? AgeRange { get; init; }

    public string? Ethnicity { get; init; }

    public string? BodyType { get; init; }

    public string? HairColor { get; init; }

    public string? HairStyle { get; init; }

    public string? Style { get; init; }

    public string? Vibe { get; init; }

    public string? VoiceDescription { get; init; }

    public Personality Personality { get; set; } = new();

    public string[] ReferenceImages { get; set; } = [];

    public string Status { get; set; } = "ready";

    public required DateTime CreatedAt { get; init; }

    [ChangedAt]
    public required DateTime UpdatedAt { get; init; }
}
