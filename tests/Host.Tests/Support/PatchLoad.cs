using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>
/// Clients that patch documents over HTTP, whatever becomes of the hosts and their store meanwhile, and a record of what they were told.
/// Each client counts up in a member of its own, so that no count is used twice. Afterwards the documents must agree with the record:
/// <see cref="CheckAsync"/>.
/// </summary>
/// <param name="paths">The documents.</param>
/// <param name="padding">The characters that each patch writes besides, so that a disk fills.</param>
/// <param name="key">The key of the tenant whose documents they are.</param>
internal sealed class PatchLoad(IReadOnlyList<string> paths, int padding = 0, string key = DemoKeys.Full)
{
    private readonly ConcurrentBag<Patch> _acknowledged = [];
    private readonly ConcurrentBag<Patch> _rejected = [];
    private readonly ConcurrentBag<Patch> _unanswered = [];
    private readonly ConcurrentBag<Patch> _unknown = [];
    private int _next;

    public IReadOnlyList<string> Paths => paths;

    public int Acknowledged => _acknowledged.Count;

    /// <summary>How many were answered by 503 or 507, and not made.</summary>
    public int Rejected => _rejected.Count;

    /// <summary>How many had no answer, since the host was gone: they may have been made or not.</summary>
    public int Unanswered => _unanswered.Count;

    /// <summary>How many were answered by 503 that they may have been made.</summary>
    public int Unknown => _unknown.Count;

    private IEnumerable<Patch> Open => _unanswered.Concat(_unknown);

    /// <summary>Patches until told to stop, or until the host is gone.</summary>
    public Task RunAsync(IReadOnlyList<HttpClient> hosts, int clients, Func<bool> stop) => Task
        .WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
    {
        while (!stop() && await PatchAsync(hosts[client % hosts.Count], client) != 0)
        {
        }
    })));

    /// <summary>Sends one patch.</summary>
    /// <returns>The status; 0 when there was no answer.</returns>
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
        ApiResponse answer;
        try
        {
            using HttpResponseMessage response = await host.SendAsync(request);
            answer = await ApiResponse.ReadAsync(response);
        }
        catch (HttpRequestException)
        {
            _unanswered.Add(patch);
            return 0;
        }

        if (answer.Status == 200)
        {
            Assert.Equal(count, answer.Json.GetProperty("personality").GetProperty(patch.Member).GetInt32());
            _acknowledged.Add(patch with { Version = VersionOf(answer) });
        }
        else
        {
            Assert.True(answer.Status is 503 or 507, $"{answer.Status}: {answer.Text}");
            Assert.Equal(answer.Status == 503 ? "1" : null, answer.Header("Retry-After"));
            (answer.Text.Contains("may have been made", StringComparison.Ordinal) ? _unknown : _rejected).Add(patch);
            await Task.Delay(20);
        }

        return answer.Status;
    }

    /// <summary>Waits until more patches have been acknowledged.</summary>
    public async Task ProgressAsync(int more)
    {
        int before = Acknowledged;
        for (int waited = 0; Acknowledged < before + more; waited += 20)
        {
            Assert.True(waited < 60_000, $"Nothing is acknowledged any more. {this}");
            await Task.Delay(20);
        }
    }

    /// <summary>
    /// Looks whether everything that was acknowledged is there, once, in one chain of versions without a gap, and nothing that was
    /// rejected. What had no answer, or that it may have been made, may be there or not.
    /// </summary>
    public async Task CheckAsync(HttpClient host, string when)
    {
        for (int i = 0; i < paths.Count; i++)
        {
            ApiResponse answer = await GetAsync(host, paths[i], key);
            Assert.True(answer.Status == 200, $"{when}: {answer.Status} {answer.Text}");
            Patch[] chain = [.. _acknowledged.Where(patch => patch.Document == i).OrderBy(patch => patch.Version)];
            int open = Open.Count(patch => patch.Document == i);
            long last = VersionOf(answer);
            Assert.True(
                chain.Select(patch => patch.Version).Distinct().Count() == chain.Length, $"{when}: one version was told of two patches.");
            Assert.True(
                chain.All(patch => patch.Version > 1 && patch.Version <= last) && last - 1 - chain.Length is var gaps && gaps >= 0
                    && gaps <= open,
                $"{when}: {paths[i]} is at version {last}; acknowledged {chain.Length}, open {open}.");

            var told = new Dictionary<string, int>();
            foreach (Patch patch in chain)
            {
                Assert.True(
                    told.GetValueOrDefault(patch.Member) < patch.Count,
                    $"{when}: {paths[i]}, version {patch.Version} has an older count of {patch.Member} than a version before.");
                told[patch.Member] = patch.Count;
            }

            JsonElement personality = answer.Json.GetProperty("personality");
            foreach (JsonProperty member in personality.EnumerateObject().Where(member => member.Name[0] == 'w'))
            {
                int stored = member.Value.GetInt32();
                Assert.True(
                    stored == told.GetValueOrDefault(member.Name) || Open.Any(patch =>
                        patch.Document == i
                        && patch.Member == member.Name
                        && patch.Count == stored
                        && stored > told.GetValueOrDefault(member.Name)),
                    $"{when}: {paths[i]} has {stored} as {member.Name}, and {told.GetValueOrDefault(member.Name)} was acknowledged last.");
                told.Remove(member.Name);
            }

            Assert.True(told.Count == 0, $"{when}: {paths[i]} lacks {string.Join(", ", told)}.");
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"Acknowledged {Acknowledged}, rejected {Rejected}, unanswered {Unanswered}, unknown {Unknown}.");

    public static async Task<ApiResponse> GetAsync(HttpClient host, string path, string key = DemoKeys.Full)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using HttpResponseMessage response = await host.SendAsync(request);
        return await ApiResponse.ReadAsync(response);
    }

    private static long VersionOf(ApiResponse answer) =>
        long.Parse(answer.ETag.Trim('"').Split('-')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly record struct Patch(int Document, string Member, int Count, long Version);
}
