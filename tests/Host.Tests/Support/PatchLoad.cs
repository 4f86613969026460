using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>
/// Clients that patch documents over HTTP, even while hosts or the store fail, and a record of the responses. Each patch writes a new count
/// into the member of its client. Afterwards, <see cref="CheckAsync"/> compares the documents with the record.
/// </summary>
/// <param name="paths">The documents.</param>
/// <param name="padding">The number of extra characters in each patch, to fill a disk.</param>
/// <param name="key">The API key of the tenant that owns the documents.</param>
internal sealed class PatchLoad(IReadOnlyList<string> paths, int padding = 0, string key = DemoKeys.Full)
{
    private readonly ConcurrentBag<Patch> _acknowledged = [];
    private readonly ConcurrentBag<Patch> _rejected = [];
    private readonly ConcurrentBag<Patch> _noResponse = [];
    private readonly ConcurrentBag<Patch> _unknown = [];
    private int _next;

    public IReadOnlyList<string> Paths => paths;

    public int Acknowledged => _acknowledged.Count;

    /// <summary>The number of patches with 503 or 507 that were not applied.</summary>
    public int Rejected => _rejected.Count;

    /// <summary>The number of patches without a response. They may have been applied.</summary>
    public int NoResponse => _noResponse.Count;

    /// <summary>The number of patches with a 503 that says they may have been applied.</summary>
    public int Unknown => _unknown.Count;

    private IEnumerable<Patch> Uncertain => _noResponse.Concat(_unknown);

    /// <summary>Sends patches until <paramref name="stop"/> returns true or the host is gone.</summary>
    public Task RunAsync(IReadOnlyList<HttpClient> hosts, int clients, Func<bool> stop) => Task
        .WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
    {
        while (!stop() && await PatchAsync(hosts[client % hosts.Count], client) != 0)
        {
        }
    })));

    /// <summary>Sends one patch.</summary>
    /// <returns>The status; 0 if there was no response.</returns>
    public async Task<int> PatchAsync(HttpClient host, int client)
    {
        int count = Interlocked.Increment(ref _next);
        var patch = new Patch(count % paths.Count, $"w{client}", count, 0);
        string pad = padding == 0 ? "" : $"\"p{client}\":\"{new string((char)('a' + (count % 26)), padding)}\",";
        using var request = new HttpRequestMessage(HttpMethod.Patch, paths[patch.Document])
        {
            Content = new StringContent(
                $$$"""{"personality":{{{{pad}}}"{{{patch.Member}}}":{{{count}}}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        ApiResponse response;
        try
        {
            using HttpResponseMessage message = await host.SendAsync(request);
            response = await ApiResponse.ReadAsync(message);
        }
        catch (HttpRequestException)
        {
            _noResponse.Add(patch);
            return 0;
        }

        if (response.Status == 200)
        {
            Assert.Equal(count, response.Json.GetProperty("personality").GetProperty(patch.Member).GetInt32());
            _acknowledged.Add(patch with { Version = VersionOf(response) });
        }
        else
        {
            Assert.True(response.Status is 503 or 507, $"{response.Status}: {response.Text}");
            Assert.Equal(response.Status == 503 ? "1" : null, response.Header("Retry-After"));
            (response.Text.Contains("may have been made", StringComparison.Ordinal) ? _unknown : _rejected).Add(patch);
            await Task.Delay(20);
        }

        return response.Status;
    }

    /// <summary>Waits until more patches have been acknowledged.</summary>
    public async Task ProgressAsync(int more)
    {
        int before = Acknowledged;
        for (int waited = 0; Acknowledged < before + more; waited += 20)
        {
            Assert.True(waited < 60_000, $"No patch was acknowledged for a minute. {this}");
            await Task.Delay(20);
        }
    }

    /// <summary>
    /// Checks that every acknowledged patch is applied once, in a chain of versions without a gap, and no rejected patch. Patches without a
    /// response, and those that may have been applied, may be missing.
    /// </summary>
    public async Task CheckAsync(HttpClient host, string when)
    {
        for (int i = 0; i < paths.Count; i++)
        {
            ApiResponse response = await GetAvailableAsync(host, paths[i], key);
            Assert.True(response.Status == 200, $"{when}: {response.Status} {response.Text}");
            Patch[] chain = [.. _acknowledged.Where(patch => patch.Document == i).OrderBy(patch => patch.Version)];
            int uncertain = Uncertain.Count(patch => patch.Document == i);
            long version = VersionOf(response);
            Assert.True(
                chain.Select(patch => patch.Version).Distinct().Count() == chain.Length, $"{when}: two patches have the same version.");
            Assert.True(
                chain.All(patch => patch.Version > 1 && patch.Version <= version) && version - 1 - chain.Length is var gaps && gaps >= 0
                    && gaps <= uncertain,
                $"{when}: {paths[i]} is at version {version}; acknowledged {chain.Length}, uncertain {uncertain}.");

            var acknowledged = new Dictionary<string, int>();
            foreach (Patch patch in chain)
            {
                Assert.True(
                    acknowledged.GetValueOrDefault(patch.Member) < patch.Count,
                    $"{when}: {paths[i]}, version {patch.Version} has an older count of {patch.Member} than an earlier version.");
                acknowledged[patch.Member] = patch.Count;
            }

            JsonElement personality = response.Json.GetProperty("personality");
            foreach (JsonProperty member in personality.EnumerateObject().Where(member => member.Name[0] == 'w'))
            {
                int stored = member.Value.GetInt32();
                int last = acknowledged.GetValueOrDefault(member.Name);
                Assert.True(
                    stored == last || Uncertain.Any(patch =>
                        patch.Document == i
                        && patch.Member == member.Name
                        && patch.Count == stored
                        && stored > last),
                    $"{when}: {paths[i]} has {member.Name} = {stored}; the last acknowledged count is {last}.");
                acknowledged.Remove(member.Name);
            }

            Assert.True(acknowledged.Count == 0, $"{when}: {paths[i]} is missing {string.Join(", ", acknowledged)}.");
        }
    }

    // A cluster under load may still replace its primary: what counts is what is there afterwards.
    private static async Task<ApiResponse> GetAvailableAsync(HttpClient host, string path, string key)
    {
        ApiResponse response = await GetAsync(host, path, key);
        for (int waited = 0; response.Status == 503 && waited < 60_000; waited += 200)
        {
            await Task.Delay(200);
            response = await GetAsync(host, path, key);
        }

        return response;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"Acknowledged {Acknowledged}, rejected {Rejected}, no response {NoResponse}, unknown {Unknown}.");

    public static async Task<ApiResponse> GetAsync(HttpClient host, string path, string key = DemoKeys.Full)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using HttpResponseMessage response = await host.SendAsync(request);
        return await ApiResponse.ReadAsync(response);
    }

    private static long VersionOf(ApiResponse response) =>
        long.Parse(response.ETag.Trim('"').Split('-')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly record struct Patch(int Document, string Member, int Count, long Version);
}
