namespace Layers.PatchGen.Host.Engagement;

/// <summary>How comments are replied to.</summary>
public sealed record ReplyToComments
{
    public Platform[] Targets { get; init; } = [];

    /// <summary>How long to wait before replying; three minutes unless set.</summary>
    public TimeSpan AutoReplyDelay { get; init; } = TimeSpan.FromMinutes(3);
}
