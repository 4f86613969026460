using System.ComponentModel.DataAnnotations;

namespace Layers.PatchGen.Host.Engagement;

/// <summary>The engagement config of one layer of a project. A project may have several layers, or none.</summary>
public sealed record EngagementLayer
{
    /// <summary>The collection of engagement layers in the store.</summary>
    public const string Collection = "engagement-layers";

    /// <summary>The project, by which the layer is found. Responses do not repeat it.</summary>
    [NotInResponse]
    public required string ProjectId { get; init; }

    [Key]
    public required string ProjectLayerId { get; init; }

    /// <summary>The master switch; false pauses engagement and keeps the config.</summary>
    public bool Enabled { get; init; }

    public FirstComment FirstComment { get; set; } = new();

    public ReplyToComments ReplyToComments { get; set; } = new();
}
