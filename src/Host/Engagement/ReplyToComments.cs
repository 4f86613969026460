namespace Layers.PatchGen.Host.Engagement;

/// <summary>How comments are replied to.</summary>
public sealed record ReplyToComments
{
    public Platform[] Targets { get; set; } = [];

    /// <summary>How long to wait before replying; three minutes unless set.</summary>
    public TimeSpan AutoReplyDelay { get; set; } = TimeSpan.FromMinutes(3);
}
