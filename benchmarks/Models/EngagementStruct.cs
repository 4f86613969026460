using System.ComponentModel.DataAnnotations;
using Layers.PatchGen.Host.Engagement;

namespace Layers.PatchGen.Benchmarks.Models;

/// <summary>The members of <see cref="EngagementPatch"/>, as a structure.</summary>
[Patch<EngagementLayer>]
[Fence("replies.tone", "replies.maxPerPostPerHour", "replies.ignoreCommentsMatching", "replies.escalateNegativeSentiment", Until = "v2")]
public readonly partial record struct EngagementStruct
{
    [Selector]
    public partial string ProjectLayerId { get; init; }

    public partial bool Enabled { get; init; }

    public partial FirstCommentStruct FirstComment { get; init; }

    public partial ReplyToCommentsStruct ReplyToComments { get; init; }
}

/// <summary>The members of <see cref="FirstCommentPatch"/>, as a structure.</summary>
[Patch<FirstComment>]
[Fence("strategy", Until = "v2")]
public readonly partial record struct FirstCommentStruct
{
    [Distinct]
    public partial Platform[] Targets { get; init; }

    [StringLength(500, MinimumLength = 1)]
    public partial string CommentTemplate { get; init; }
}

/// <summary>The members of <see cref="ReplyToCommentsPatch"/>, as a structure.</summary>
[Patch<ReplyToComments>]
[Fence("tone", "maxPerPostPerHour", "ignoreCommentsMatching", "escalateNegativeSentiment", Until = "v2")]
public readonly partial record struct ReplyToCommentsStruct
{
    [Distinct]
    public partial Platform[] Targets { get; init; }

    [IsoDuration("PT30S", "PT1H")]
    public partial TimeSpan AutoReplyDelay { get; init; }
}
