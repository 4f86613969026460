using System.Text.Json.Serialization;

namespace Layers.PatchGen.Host.Engagement;

public enum Platform
{
    [JsonStringEnumMemberName("tiktok")]
    TikTok,

    [JsonStringEnumMemberName("instagram")]
    Instagram,
}
