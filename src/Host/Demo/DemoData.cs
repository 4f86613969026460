using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Influencers;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.Host.Demo;

/// <summary>
/// Inserts the demo documents into an empty store. Ava is inserted last: an interrupted start is completed by the next, and after that
/// nothing is inserted.
/// </summary>
public sealed class DemoData(IDocumentStore store) : IHostedService
{
    public const string Tenant = "org_demo";
    public const string OtherTenant = "org_other";

    public const string Ava = "inf_01HXZ9Q4E7M2K5T8V3W6Y9B1C4";
    public const string OneLayer = "prj_01HX9Y7K8M2P4RSTUV56789AB";

    private const string Deleted = "inf_01HXZ9R6G9P4M7V0X5Y8A1D3E6";
    private const string OtherInfluencer = "inf_01HXZ9S8J1R6P9X2Z7A0C3F5G8";

    private const string TwoLayers = "prj_01HX9Y8N0P4R6STUVW789ABCD";
    private const string NeverConfigured = "prj_01HX9YBU6V0X2YZ0123DEFGHJK";
    private const string OtherProject = "prj_01HX9YAS4T8V0WXYZ01BCDEFGH";

    /// <summary>The influencer of the API page.</summary>
    public static Influencer Influencer => CreateInfluencer(Ava, OneLayer, "Ava Chen");

    /// <summary>The engagement config of the API page.</summary>
    public static EngagementLayer Layer => CreateLayer(
        OneLayer,
        "pl_01HXZT9P2K4N5M6Q7RSTUV8WXY",
        "Brewing tip: use filtered water — makes a bigger difference than you'd expect.");

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync(new DocumentKey(Tenant, Influencer.Collection, Ava), cancellationToken) is not null)
        {
            return;
        }

        await AddAsync(Tenant, CreateInfluencer(Deleted, OneLayer, "Noah Reyes"));
        await store.DeleteAsync(new DocumentKey(Tenant, Influencer.Collection, Deleted), cancellationToken);
        await AddAsync(OtherTenant, CreateInfluencer(OtherInfluencer, OtherProject, "Mia Sørensen"));
        await AddAsync(OtherTenant, CreateLayer(OtherProject, "pl_01HXZTCT6P8R9Q0V1WXYZ2A3B4", "Welcome!"));
        await AddAsync(Tenant, Layer);
        await AddAsync(Tenant, CreateLayer(TwoLayers, "pl_01HXZTAR4M6P7N8S9TUVW0XYZ1", "Which roast are you on today?"));
        await AddAsync(Tenant, CreateLayer(TwoLayers, "pl_01HXZTBS5N7Q8P9T0VWXY1Z2A3", "Save this one for the weekend."));
        await AddAsync(Tenant, new EngagementLayer { ProjectId = NeverConfigured, ProjectLayerId = "pl_01HXZTDV7Q9S0R1W2XYZA3B4C5" });
        await AddAsync(Tenant, Influencer);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static Influencer CreateInfluencer(string id, string project, string name) => new()
    {
        InfluencerId = id,
        ProjectId = project,
        Name = name,
        Gender = Gender.Female,
        AgeRange = "25-34",
        Vibe = "precise and energetic",
        Personality = new Personality { Traits = ["curious", "warm", "direct"], Humor = "observational" },
        CreatedAt = new DateTime(2026, 4, 1, 14, 22, 10, DateTimeKind.Utc),
        UpdatedAt = new DateTime(2026, 4, 18, 9, 18, 44, DateTimeKind.Utc),
    };

    private static EngagementLayer CreateLayer(string project, string layer, string comment) => new()
    {
        ProjectId = project,
        ProjectLayerId = layer,
        Enabled = true,
        FirstComment = new FirstComment { Targets = [Platform.TikTok, Platform.Instagram], CommentTemplate = comment },
        ReplyToComments = new ReplyToComments { Targets = [Platform.TikTok, Platform.Instagram] },
    };

    private ValueTask<StoredDocument?> AddAsync(string tenant, Influencer influencer) =>
        store.InsertAsync(new DocumentKey(tenant, Influencer.Collection, influencer.InfluencerId), influencer, HostJson.Default.Influencer);

    private ValueTask<StoredDocument?> AddAsync(string tenant, EngagementLayer layer) =>
        store.InsertAsync(
            new DocumentKey(tenant, EngagementLayer.Collection, layer.ProjectLayerId), layer, HostJson.Default.EngagementLayer);
}
