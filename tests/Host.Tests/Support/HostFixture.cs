using System.Text.Json;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Influencers;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>The host on Kestrel with its default store, a free port and a temporary folder.</summary>
public sealed class HostFixture : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication? _app;

    public Uri Address => new(_app!.Urls.Single());

    public HttpClient Client { get; private set; } = null!;

    public IDocumentStore Store => _app!.Services.GetRequiredService<IDocumentStore>();

    public async Task InitializeAsync()
    {
        _app = HostApp.Build(TestHost.Arguments(_folder.Path));
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        Client?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Inserts an influencer with a new id.</summary>
    /// <returns>Its path.</returns>
    public Task<string> AddInfluencerAsync(string tenant = DemoData.Tenant, Func<Influencer, Influencer>? change = null) =>
        AddInfluencerAsync(Store, tenant, change);

    /// <summary>Inserts an influencer with a new id into a store.</summary>
    /// <returns>Its path.</returns>
    public static async Task<string> AddInfluencerAsync(
        IDocumentStore store, string tenant = DemoData.Tenant, Func<Influencer, Influencer>? change = null)
    {
        var influencer = new Influencer
        {
            InfluencerId = NewId("inf_"),
            ProjectId = "prj_test",
            Name = "Test Person",
            Gender = Gender.Nonbinary,
            AgeRange = "25-34",
            Vibe = "calm",
            Personality = new Personality
            {
                Traits = ["curious", "warm"],
                Humor = "dry",
                Other = new Dictionary<string, JsonElement> { ["formality"] = JsonElement.Parse("\"low\""), ["tone"] = JsonElement.Parse(
                    """{"base":1,"accent":2}""") },
            },
            CreatedAt = new DateTime(2026, 4, 1, 14, 22, 10, DateTimeKind.Utc),
            UpdatedAt = new DateTime(2026, 4, 18, 9, 18, 44, DateTimeKind.Utc),
        };
        influencer = change?.Invoke(influencer) ?? influencer;
        await store.InsertAsync(
            new DocumentKey(tenant, Influencer.Collection, influencer.InfluencerId), influencer, HostJson.Default.Influencer);
        return $"/v1/influencers/{influencer.InfluencerId}";
    }

    /// <summary>Inserts a project with engagement layers, all with new ids.</summary>
    /// <returns>Its path.</returns>
    public async Task<TestProject> AddProjectAsync(
        int layers = 1, string tenant = DemoData.Tenant, Func<EngagementLayer, EngagementLayer>? change = null)
    {
        string project = NewId("prj_");
        var ids = new List<string>();
        for (int i = 0; i < layers; i++)
        {
            var layer = new EngagementLayer
            {
                ProjectId = project,
                ProjectLayerId = NewId("pl_"),
                Enabled = true,
                FirstComment = new FirstComment { Targets = [Platform.TikTok], CommentTemplate = "Hello" },
                ReplyToComments = new ReplyToComments { Targets = [Platform.Instagram], AutoReplyDelay = TimeSpan.FromMinutes(5) },
            };
            layer = change?.Invoke(layer) ?? layer;
            await Store.InsertAsync(
                new DocumentKey(tenant, EngagementLayer.Collection, layer.ProjectLayerId), layer, HostJson.Default.EngagementLayer);
            ids.Add(layer.ProjectLayerId);
        }

        ids.Sort(StringComparer.Ordinal);
        return new TestProject($"/v1/projects/{project}/engagement", ids);
    }

    private static string NewId(string prefix) => prefix + Guid.NewGuid().ToString("N").ToUpperInvariant();
}

/// <summary>A project, the path of its engagement config, and its layers in the order of their ids.</summary>
public sealed record TestProject(string Path, IReadOnlyList<string> Layers);

/// <summary>The tests that share a running host. They run one after another, each on its own documents.</summary>
[CollectionDefinition(Name)]
public sealed class RunningHost : ICollectionFixture<HostFixture>
{
    public const string Name = "host";
}
