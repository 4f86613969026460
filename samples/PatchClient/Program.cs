using System.Net.Http.Headers;
using System.Net.Http.Json;

// Patches an influencer of the host in this repository: start that first, by dotnet run --project src/Host
const string Ava = "/v1/influencers/inf_01HXZ9Q4E7M2K5T8V3W6Y9B1C4";
using var client = new HttpClient { BaseAddress = new Uri(args.FirstOrDefault() ?? "http://localhost:5080") };
client.DefaultRequestHeaders.Add("X-Api-Key", "lp_live_demo_full");
client.DefaultRequestHeaders.Accept.ParseAdd("application/json, application/problem+json");

try
{
    // Only what is set is sent: null clears, and what is not mentioned stays.
    // {"vibe":"unhurried","hairColor":null,"personality":{"humor":"dry"}}
    var patch = new InfluencerPatch { Vibe = "unhurried", HairColor = null, Personality = new() { Humor = "dry" } };
    EntityTagHeaderValue? version = await SendAsync(patch, null);

    // A patch for one version of the record: whoever came in between is not overwritten.
    version = await SendAsync(patch with { Vibe = "calm" }, version);
    await SendAsync(patch with { Vibe = "too late" }, new EntityTagHeaderValue("\"another version\""));

    // The host says everything that is wrong with a body, at once.
    await SendAsync(new InfluencerPatch { Name = "", Personality = null! }, version);
    return 0;
}
catch (HttpRequestException e)
{
    Console.Error.WriteLine($"{client.BaseAddress} does not answer: {e.Message}");
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

    using HttpResponseMessage answer = await client.SendAsync(request);
    Console.WriteLine($"{patch}\n  {(int)answer.StatusCode} {answer.Headers.ETag}\n  {await answer.Content.ReadAsStringAsync()}\n");
    return answer.Headers.ETag;
}
