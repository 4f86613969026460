using System.Text.Json.Serialization;

namespace Layers.PatchGen.Host.Engagement;

/// <summary>The comment that is posted first.</summary>
public sealed record FirstComment
{
    /// <summary>The platforms; none turns the first comment off.</summary>
    public Platform[] Targets { get; set; } = [];

    /// <summary>The text; absent until one is set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CommentTemplate { get; init; }
}
