using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Host.Engagement;

/// <summary>The patch of an engagement config. The members of v2 are reserved: a body with one of them is rejected as a whole.</summary>
[Patch<EngagementLayer>]
[PatchEndpoint(
    "/v1/projects/{projectId}/engagement",
    Context = typeof(HostJson),
    Collection = EngagementLayer.Collection,
    Scope = "engagement:write",
    ReadScope = "engagement:read")]
[Fence("replies.tone", "replies.maxPerPostPerHour", "replies.ignoreCommentsMatching", "replies.escalateNegativeSentiment", Until = "v2")]
public sealed partial record EngagementPatch
{
    /// <summary>Selects the layer; required only if the project has several.</summary>
    [Selector]
    public partial string ProjectLayerId { get; init; }

    /// <summary>The master switch; false pauses engagement and keeps the config.</summary>
    public partial bool Enabled { get; init; }

    /// <summary>The first comment. Members that are not sent keep their values.</summary>
    public partial FirstCommentPatch FirstComment { get; init; }

    /// <summary>The replies. Members that are not sent keep their values.</summary>
    public partial ReplyToCommentsPatch ReplyToComments { get; init; }
}
