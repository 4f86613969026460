namespace Layers.PatchGen.Host.Engagement;

/// <summary>The configuration of replies.</summary>
public sealed record ReplyToComments
{
    /// <summary>The platforms; none turns replies off.</summary>
    public Platform[] Targets { get; set; } = [];

    /// <summary>The delay before a reply; three minutes by default.</summary>
    public TimeSpan AutoReplyDelay { get; set; } = TimeSpan.FromMinutes(3);
}
