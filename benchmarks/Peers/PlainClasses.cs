using System.Text.Json;
using System.Text.Json.Serialization;
using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Benchmarks.Peers;

/// <summary>An influencer's patch for System.Text.Json, without presence: absent and null are the same.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class InfluencerClass
{
    public string? Name { get; set; }

    public Gender? Gender { get; set; }

    public string? AgeRange { get; set; }

    public string? Ethnicity { get; set; }

    public string? BodyType { get; set; }

    public string? HairColor { get; set; }

    public string? HairStyle { get; set; }

    public string? Style { get; set; }

    public string? Vibe { get; set; }

    public string? VoiceDescription { get; set; }

    public PersonalityClass? Personality { get; set; }
}

/// <summary>A nested patch with open members.</summary>
internal sealed class PersonalityClass
{
    public string[]? Traits { get; set; }

    public string? Humor { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>An engagement patch for System.Text.Json.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class EngagementClass
{
    public string? ProjectLayerId { get; set; }

    public bool? Enabled { get; set; }

    public FirstCommentClass? FirstComment { get; set; }

    public ReplyToCommentsClass? ReplyToComments { get; set; }
}

/// <summary>A nested patch.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class FirstCommentClass
{
    public Platform[]? Targets { get; set; }

    public string? CommentTemplate { get; set; }
}

/// <summary>A nested patch.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class ReplyToCommentsClass
{
    public Platform[]? Targets { get; set; }

    public TimeSpan? AutoReplyDelay { get; set; }
}
