using System.Net.Http.Headers;
using System.Net.Http.Json;

// Patches an influencer of the host in this repository: start that first, by dotnet run --project src/Host
const string Ava = "/v1/influencers/inf_01HXZ9Q4E7M2K5T8V3W6Y9B1C4";
using var client = new HttpClient { BaseAddress = new Uri(args.FirstOrDefault() ?? "http://localhost:5080") };
client.DefaultRequestHeaders.Add("X-Api-Key", "lp_live_demo_full");
client.DefaultRequestHeaders.Accept.ParseAdd("application/json, application/problem+json");

try
{
    // Only members that are set are sent; null clears.
    // {"vibe":"unhurried","hairColor":null,"personality":{"humor":"dry"}}
    var patch = new InfluencerPatch { Vibe = "unhurried", HairColor = null, Personality = new() { Humor = "dry" } };
    EntityTagHeaderValue? version = await SendAsync(patch, null);

    // With If-Match, the patch applies to one version only: concurrent changes are not overwritten.
    version = await SendAsync(patch with { Vibe = "calm" }, version);
    await SendAsync(patch with { Vibe = "too late" }, new EntityTagHeaderValue("\"another version\""));

    // The response lists all problems of the body.
    await SendAsync(new InfluencerPatch { Name = "", Personality = null! }, version);
    return 0;
}
catch (HttpRequestException e)
{
    Console.Error.WriteLine($"{client.BaseAddress} does not respond: {e.Message}");
    return 1;
}

async Task<EntityTagHeaderValue?> SendAsync(InfluencerPatch patch, EntityTagHeaderValue? version)
{
    using var request = new HttpRequestMessage(HttpMethod.Patch, Ava)
    {
        Content = JsonContent.Create(patch, ClientJson.Default.InfluencerPatch),
    };
    if (version is not null)
    {
        request.Headers.IfMatch.Add(version);
    }

    using HttpResponseMessage response = await client.SendAsync(request);
    Console.WriteLine($"{patch}\n  {(int)response.StatusCode} {response.Headers.ETag}\n  {await response.Content.ReadAsStringAsync()}\n");
    return response.Headers.ETag;
}
