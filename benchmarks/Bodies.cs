namespace Layers.PatchGen.Benchmarks;

/// <summary>The bodies that are read.</summary>
internal static class Bodies
{
    /// <summary>Two of the eleven members of an influencer.</summary>
    public static readonly byte[] Influencer = """{"vibe":"precise and energetic","personality":{"humor":"observational"}}"""u8.ToArray();

    /// <summary>All of an engagement config: arrays of enums, a string beyond ASCII, a duration.</summary>
    public static readonly byte[] Engagement = """
        {"enabled":true,"firstComment":{"targets":["tiktok","instagram"],"commentTemplate":"Brewing tip: use filtered water — makes a bigger difference than you'd expect."},"replyToComments":{"targets":["tiktok","instagram"],"autoReplyDelay":"PT3M"}}
        """u8.ToArray();

    /// <summary>A member that is not known, and an enum that is not.</summary>
    public static readonly byte[] Invalid = """{"vibes":"precise and energetic","gender":"robot","name":"Ava Chen"}"""u8.ToArray();
}
