using System.ComponentModel.DataAnnotations;

namespace Layers.PatchGen.Host.Engagement;

[Patch<FirstComment>]
[Fence("strategy", Until = "v2")]
public sealed partial record FirstCommentPatch
{
    /// <summary>Replaces the platforms; an empty list turns the first comment off.</summary>
    [Distinct]
    public partial Platform[] Targets { get; init; }

    /// <summary>The text of the comment.</summary>
    [StringLength(500, MinimumLength = 1)]
    public partial string CommentTemplate { get; init; }
}
