namespace Layers.PatchGen.Host.Engagement;

/// <summary>The patch of the replies.</summary>
/// <remarks>The names of v2 are fenced here as well, because clients may send them here.</remarks>
[Patch<ReplyToComments>]
[Fence("tone", "maxPerPostPerHour", "ignoreCommentsMatching", "escalateNegativeSentiment", Until = "v2")]
public sealed partial record ReplyToCommentsPatch
{
    /// <summary>Replaces the platforms; an empty list turns replies off.</summary>
    [Distinct]
    public partial Platform[] Targets { get; init; }

    /// <summary>The delay before a reply.</summary>
    [IsoDuration("PT30S", "PT1H")]
    public partial TimeSpan AutoReplyDelay { get; init; }
}
