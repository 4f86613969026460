namespace Layers.PatchGen.Host.Engagement;

/// <summary>The names of v2 are fenced here as well, because clients may send them here.</summary>
[Patch<ReplyToComments>]
[Fence("tone", "maxPerPostPerHour", "ignoreCommentsMatching", "escalateNegativeSentiment", Until = "v2")]
public sealed partial record ReplyToCommentsPatch
{
    /// <summary>Replaces the platforms; an empty list turns replies off.</summary>
    [Distinct]
    public partial Platform[] Targets { get; init; }

    [IsoDuration("PT30S", "PT1H")]
    public partial TimeSpan AutoReplyDelay { get; init; }
}
