using System.Text;
using System.Text.Json;
using Layers.PatchGen.Benchmarks.Peers;
using Layers.PatchGen.Host;
using Layers.PatchGen.Host.Influencers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.Benchmarks.Ratios.Pipes;

/// <summary>
/// Whole requests over Kestrel, without the kernel's share: all work is done on one thread. The first row is what the server, routing and a
/// response with the same headers and as many bytes cost.
/// </summary>
internal static class PipeGroups
{
    private const string Floor = "the same headers and bytes, constant";
    private const string Handler = "generated handler";
    private const string MergePatch = "generated handler, merge-patch";
    private const string JsonPatch = "generated handler, JSON Patch";
    private const string Minimal = "minimal API with STJ";
    private const string Operations = "minimal API with JsonPatch.SystemTextJson";

    /// <summary>Starts the server and creates the groups. It serves until the process ends.</summary>
    public static Group[] Start() => StartAsync().GetAwaiter().GetResult();

    private static async Task<Group[]> StartAsync()
    {
        var transport = new PipeTransport();
        WebApplication app = await ServedEndpoints.StartAsync(services =>
            services.AddSingleton<IConnectionListenerFactory>(transport));
        var client = new PipeClient(transport);
        Group[] groups =
        [
            Valid(client, ServedEndpoints.Small, Documents.Influencer(), new(1.6, 1.9), new(2.0), new(2.0, 1.2)),
            Valid(client, ServedEndpoints.Large, Documents.LargeInfluencer(), new(1.5, 2.4), new(3.0), new(2.0, 1.9)),
            new(
                "End to end over pipes: an invalid body",
                [
                    client.Patches(Floor, $"/floor/{ServedEndpoints.Small}", 200, Bodies.D),
                    client.Patches(Handler, $"/patch/{ServedEndpoints.Small}", 422, Bodies.D),
                    client.Patches(Minimal, $"/stj/{ServedEndpoints.Small}", 400, Bodies.D),
                ],
                [Goal.Least(Minimal, Handler, 3.0)]),
        ];

        // A request runs far more code than a read, and all of it must be optimized.
        Interleaved.WarmUp([.. groups.SelectMany(static group => group.Candidates)], calls: 500, passes: 8);
        return groups;
    }

    private static Group Valid(PipeClient client, string id, Influencer document, Bar ofHandler, Bar ofMinimal, Bar ofJsonPatch)
    {
        // Two bodies in turn, so that each request changes the document.
        byte[][] bodies = [Bodies.A, Bodies.OtherA];
        byte[][] operations = [.. bodies.Select(static body => Encoding.UTF8.GetBytes(Peer.Operations(body)))];
        int bytes = JsonSerializer.SerializeToUtf8Bytes(document, HostJson.Default.Influencer).Length;
        return new(
            $"End to end over pipes: a document of {bytes:N0} B",
            [
                client.Patches(Floor, $"/floor/{id}", 200, bodies),
                client.Patches(Handler, $"/patch/{id}", 200, bodies),
                client.Patches(MergePatch, $"/patch/{id}", 200, "application/merge-patch+json", bodies),
                client.Patches(Minimal, $"/stj/{id}", 200, bodies),
                client.Patches(JsonPatch, $"/patch/{id}", 200, "application/json-patch+json", operations),
                client.Patches(Operations, $"/json-patch/{id}", 200, "application/json-patch+json", operations),
            ],
            [
                Goal.Most(Handler, Floor, ofHandler.Limit) with { Reached = ofHandler.Reached },
                Goal.Least(Minimal, Handler, ofMinimal.Limit) with { Reached = ofMinimal.Reached },
                Goal.Most(MergePatch, Handler, 1.1),
                Goal.Least(Operations, JsonPatch, ofJsonPatch.Limit) with { Reached = ofJsonPatch.Reached },
            ]);
    }
}
