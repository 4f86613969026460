using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Flow;

/// <summary>API keys and their scopes.</summary>
public sealed class KeyTests(HostFixture host) : HostTest(host)
{
    private static readonly byte[] Body = """{"vibe":"new"}"""u8.ToArray();

    [Theory]
    [InlineData("X-Api-Key", DemoKeys.Full)]
    [InlineData("x-api-key", DemoKeys.Influencers)]
    [InlineData("Authorization", "Bearer " + DemoKeys.Full)]
    [InlineData("Authorization", "bearer " + DemoKeys.Full)]
    [InlineData("Authorization", "BEARER   " + DemoKeys.Influencers)]
    public async Task R3_R4_R39_R40_Either_header_is_accepted(string name, string value)
    {
        ApiResponse response = await PatchAsync(await Host.AddInfluencerAsync(), Body, key: null, headers: (name, value));
        Assert.Equal(200, response.Status);
    }

    [Theory]
    [InlineData(DemoKeys.Full, 200)]
    [InlineData(DemoKeys.Engagement, 200)]
    [InlineData(DemoKeys.Influencers, 403)]
    [InlineData(DemoKeys.ReadOnly, 403)]
    [InlineData(DemoKeys.Other, 404)]
    public async Task R39_R40_R41_Engagement_requires_its_own_scope(string key, int status)
    {
        string path = (await Host.AddProjectAsync()).Path;
        Assert.Equal(status, (await PatchAsync(path, """{"enabled":false}""", key)).Status);
        Assert.Equal(status, (await PatchAsync(path, "{}"u8.ToArray(), key: null, headers: ("X-Api-Key", key))).Status);
    }

    public static TheoryData<string, (string, string)[]> Unknown { get; } = new()
    {
        { "none", [] },
        { "empty", [("X-Api-Key", "")] },
        { "unknown", [("X-Api-Key", "lp_live_demo_fulll")] },
        { "cut short", [("X-Api-Key", "lp_live_demo_ful")] },
        { "other case", [("X-Api-Key", "LP_LIVE_DEMO_FULL")] },
        { "its hash", [("X-Api-Key", Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("lp_live_demo_full"u8)))] },
        { "unknown bearer", [("Authorization", "Bearer nobody")] },
        { "empty bearer", [("Authorization", "Bearer ")] },
        { "no scheme", [("Authorization", DemoKeys.Full)] },
        { "basic", [("Authorization", "Basic " + DemoKeys.Full)] },
        { "no space", [("Authorization", "Bearer" + DemoKeys.Full)] },
        { "two bearers", [("Authorization", "Bearer " + DemoKeys.Full), ("Authorization", "Bearer " + DemoKeys.Full)] },
        { "two keys", [("X-Api-Key", DemoKeys.Full), ("X-Api-Key", DemoKeys.Full)] },
        { "A1: a bad X-Api-Key beside a good bearer", [("X-Api-Key", "nobody"), ("Authorization", "Bearer " + DemoKeys.Full)] },
        { "A1: an empty X-Api-Key beside a good bearer", [("X-Api-Key", ""), ("Authorization", "Bearer " + DemoKeys.Full)] },
    };

    [Theory]
    [MemberData(nameof(Unknown))]
    public async Task R42_A1_Without_a_known_key_401(string what, (string, string)[] headers)
    {
        foreach (string path in (string[])[await Host.AddInfluencerAsync(), (await Host.AddProjectAsync()).Path])
        {
            ApiResponse response = await RejectedAsync(
                path, 401, "UNAUTHENTICATED", () => PatchAsync(path, "{}"u8.ToArray(), key: null, headers: headers));
            Assert.StartsWith("Bearer", response.Header("WWW-Authenticate"), StringComparison.Ordinal);
            Assert.True(!response.Text.Contains("demo", StringComparison.OrdinalIgnoreCase), what);
            Assert.Equal(401, (await SendAsync(HttpMethod.Get, path, key: null, headers: headers)).Status);
        }
    }

    [Fact]
    public async Task A1_X_Api_Key_takes_precedence_over_a_bearer_token()
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse response = await PatchAsync(path, Body, key: "nobody", headers: ("X-Api-Key", DemoKeys.Full));
        Assert.Equal(200, response.Status);
        ApiResponse other = await PatchAsync(path, Body, key: DemoKeys.Full, headers: ("X-Api-Key", DemoKeys.Other));
        Assert.Equal(404, other.Status);
    }

    [Theory]
    [InlineData(DemoKeys.ReadOnly)]
    [InlineData(DemoKeys.Engagement)]
    public async Task R5_A11_Without_the_scope_403_and_nothing_changes(string key)
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse response = await RejectedAsync(path, 403, "FORBIDDEN_SCOPE", () => PatchAsync(path, Body, key: key));
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"influencers:write\"", response.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task A36_Reading_requires_the_read_scope()
    {
        string influencer = await Host.AddInfluencerAsync();
        string project = (await Host.AddProjectAsync()).Path;
        Assert.Equal(200, (await GetAsync(influencer, DemoKeys.ReadOnly)).Status);
        Assert.Equal(200, (await GetAsync(project, DemoKeys.ReadOnly)).Status);
        ApiResponse response = await GetAsync(influencer, DemoKeys.Engagement);
        Assert.Equal((403, "FORBIDDEN_SCOPE"), (response.Status, response.Code));
        Assert.Equal(403, (await GetAsync(project, DemoKeys.Influencers)).Status);
    }

    [Fact]
    public async Task A1_No_response_contains_a_key()
    {
        string path = await Host.AddInfluencerAsync();
        foreach (ApiResponse response in (ApiResponse[])
        [
            await PatchAsync(path, Body, key: "lp_live_secret_of_mine"),
            await PatchAsync(path, Body, key: DemoKeys.ReadOnly),
            await PatchAsync(path, "{"u8.ToArray()),
        ])
        {
            Assert.DoesNotContain("lp_live", response.Text, StringComparison.Ordinal);
        }
    }
}
