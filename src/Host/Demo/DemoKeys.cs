using Layers.PatchGen.Host.Keys;

namespace Layers.PatchGen.Host.Demo;

/// <summary>The keys of the demo. They are public, so they are valid only while the demo is on.</summary>
public static class DemoKeys
{
    public const string Full = "lp_live_demo_full";
    public const string Influencers = "lp_live_demo_influencers";
    public const string Engagement = "lp_live_demo_engagement";
    public const string ReadOnly = "lp_live_demo_read";
    public const string Other = "lp_live_demo_other";

    private const string InfluencerScopes = "influencers:read influencers:write";
    private const string EngagementScopes = "engagement:read engagement:write";

    public static IReadOnlyList<ApiKey> All { get; } =
    [
        ApiKey.OfPlain(Full, DemoData.Tenant, $"{InfluencerScopes} {EngagementScopes}"),
        ApiKey.OfPlain(Influencers, DemoData.Tenant, InfluencerScopes),
        ApiKey.OfPlain(Engagement, DemoData.Tenant, EngagementScopes),
        ApiKey.OfPlain(ReadOnly, DemoData.Tenant, "influencers:read engagement:read"),
        ApiKey.OfPlain(Other, DemoData.OtherTenant, $"{InfluencerScopes} {EngagementScopes}"),
    ];
}
