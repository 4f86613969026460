using System.Text.Json;
using Layers.PatchGen.Host;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Benchmarks;

/// <summary>The documents that the patches are applied to.</summary>
internal static class Documents
{
    /// <summary>An influencer with all of its members.</summary>
    public static Influencer Influencer() => new()
    {
        InfluencerId = "inf_1",
        ProjectId = "prj_1",
        Name = "Ava Chen",
        Gender = Gender.Female,
        AgeRange = "25-34",
        Ethnicity = "East Asian",
        BodyType = "athletic",
        HairColor = "black",
        HairStyle = "long and straight",
        Style = "minimalist streetwear",
        Vibe = "warm",
        VoiceDescription = "warm, quick, slightly husky",
        Personality = new Personality { Traits = ["curious", "patient", "dry"], Humor = "dry" },
        CreatedAt = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        UpdatedAt = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
    };

    /// <summary>The same influencer with 7 KB of traits that have no property.</summary>
    public static Influencer LargeInfluencer()
    {
        Influencer influencer = Influencer();
        return influencer with
        {
            InfluencerId = "inf_large",
            Personality = influencer.Personality with
            {
                Other = Enumerable.Range(0, 32).ToDictionary(
                    static i => $"note {i}",
                    static i => JsonSerializer.SerializeToElement($"{i}: {new string('x', 185)}", HostJson.Default.String)),
            },
        };
    }
}
