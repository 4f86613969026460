namespace Layers.PatchGen.Host.Engagement;

/// <summary>The names of v2 are fenced here as well: this is where a client would put them.</summary>
[Patch<ReplyToComments>]
[Fence("tone", "maxPerPostPerHour", "ignoreCommentsMatching", "escalateNegativeSentiment", Until = "v2")]
public sealed partial record ReplyToCommentsPatch
{
    /// <summary>Replaces the platforms; none turns replies off.</summary>
    [Distinct]
    public partial Platform[] Targets { get; init; }

    [IsoDuration("PT30S", "PT1H")]
    public partial TimeSpan AutoReplyDelay { get; init; }
}
