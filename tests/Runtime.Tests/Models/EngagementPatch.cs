using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Runtime.Tests.Models;

public enum Platform
{
    [JsonStringEnumMemberName("tiktok")]
    TikTok,

    Instagram,
}

/// <summary>Every kind of fence, and nested patches: a class, a structure, and the patch itself.</summary>
[Patch]
[Fence("replies.tone", "replies.maxPerPostPerHour", Until = "v2")]
[Fence("replies.limits.per/hour", Until = "v3")]
[Fence("tone")]
internal sealed partial record EngagementPatch
{
    public partial string ProjectLayerId { get; init; }

    public partial bool Enabled { get; init; }

    public partial FirstCommentPatch FirstComment { get; init; }

    public partial ReplyPatch ReplyToComments { get; init; }

    [FencedUntil("beta")]
    public partial bool Beta { get; init; }
}

[Patch]
[Fence("strategy", Until = "v2")]
internal sealed partial record FirstCommentPatch
{
    [Distinct]
    public partial Platform[] Targets { get; init; }

    [StringLength(500, MinimumLength = 1)]
    public partial string CommentTemplate { get; init; }

    [JsonPropertyName("extra/~names")]
    public partial string[][] Extra { get; init; }
}

[Patch]
internal readonly partial record struct ReplyPatch
{
    [IsoDuration("PT30S", "PT1H")]
    public partial TimeSpan AutoReplyDelay { get; init; }

    [Range(1, int.MaxValue)]
    public partial int? Maximum { get; init; }

    public partial EngagementPatch? Inner { get; init; }
}
