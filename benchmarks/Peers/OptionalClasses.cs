using System.Text.Json;
using System.Text.Json.Serialization;
using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Benchmarks.Peers;

/// <summary>An influencer's patch for System.Text.Json, with presence.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class InfluencerOptional
{
    public Optional<string> Name { get; set; }

    public Optional<Gender?> Gender { get; set; }

    public Optional<string?> AgeRange { get; set; }

    public Optional<string?> Ethnicity { get; set; }

    public Optional<string?> BodyType { get; set; }

    public Optional<string?> HairColor { get; set; }

    public Optional<string?> HairStyle { get; set; }

    public Optional<string?> Style { get; set; }

    public Optional<string?> Vibe { get; set; }

    public Optional<string?> VoiceDescription { get; set; }

    public Optional<PersonalityOptional> Personality { get; set; }
}

/// <summary>A nested patch with open members.</summary>
internal sealed class PersonalityOptional
{
    public Optional<string[]?> Traits { get; set; }

    public Optional<string?> Humor { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>An engagement patch for System.Text.Json.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class EngagementOptional
{
    public Optional<string> ProjectLayerId { get; set; }

    public Optional<bool> Enabled { get; set; }

    public Optional<FirstCommentOptional> FirstComment { get; set; }

    public Optional<ReplyToCommentsOptional> ReplyToComments { get; set; }
}

/// <summary>A nested patch.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class FirstCommentOptional
{
    public Optional<Platform[]> Targets { get; set; }

    public Optional<string> CommentTemplate { get; set; }
}

/// <summary>A nested patch.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class ReplyToCommentsOptional
{
    public Optional<Platform[]> Targets { get; set; }

    public Optional<TimeSpan> AutoReplyDelay { get; set; }
}
