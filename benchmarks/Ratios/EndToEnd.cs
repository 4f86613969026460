using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using System.Text.Json;
using Layers.PatchGen.Benchmarks.Models;
using Layers.PatchGen.Benchmarks.Peers;
using Layers.PatchGen.Host;
using Layers.PatchGen.Host.Influencers;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>Requests over Kestrel on loopback, with clients in the same process; the endpoints take turns.</summary>
internal static class EndToEnd
{
    private const int Rounds = 12;
    private const int Connections = 8;
    private const string Drain = "drain the body, write a constant";
    private const string Handler = "generated handler, body A";
    private const string InvalidHandler = "generated handler, body D";
    private const string Minimal = "minimal API with STJ, body A";
    private const string InvalidMinimal = "minimal API with STJ, body D";
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(300);

    /// <summary>The table and its goals. Times are medians of the elapsed time divided by the number of requests.</summary>
    public static Group Group { get; } = new(
        "End to end over Kestrel, in-memory store (medians)",
        [],
        [
            Goal.Most(Handler, Drain, 1 / 0.90) with { Reached = 1.8 },
            Goal.Least(Minimal, Handler, 1.25) with { Reached = 1.0 },
            Goal.Least(InvalidMinimal, InvalidHandler, 2.3) with { Reached = 2.0 },
        ]);

    /// <summary>Runs the measurement.</summary>
    public static Measured[] Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<Measured[]> RunAsync()
    {
        await using WebApplication app = await StartAsync();
        int port = new Uri(app.Urls.Single()).Port;
        (string Name, LoadClient Client)[] candidates =
        [
            (Drain, new LoadClient(port, "/drain/inf_1", 200, Bodies.A)),
            (Handler, new LoadClient(port, "/patch/inf_1", 200, Bodies.A, Bodies.OtherA)),
            (Minimal, new LoadClient(port, "/stj/inf_1", 200, Bodies.A, Bodies.OtherA)),
            (InvalidHandler, new LoadClient(port, "/patch/inf_1", 422, Bodies.D)),
            (InvalidMinimal, new LoadClient(port, "/stj/inf_1", 400, Bodies.D)),
        ];
        var times = candidates.Select(static _ => new List<double>()).ToArray();
        for (int round = -3; round < Rounds; round++)
        {
            for (int i = 0; i < candidates.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                long requests =
                    (await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => candidates[i].Client.RunAsync(Slot)))).Sum();
                if (round >= 0)
                {
                    times[i].Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / requests);
                }
            }
        }

        await app.StopAsync();
        return [.. candidates.Select((candidate, i) => Median(candidate.Name, times[i]))];
    }

    /// <summary>
    /// Starts the endpoints <c>/drain</c>, <c>/patch</c> and <c>/stj</c> on a free port, with an in-memory store that contains the
    /// influencer <c>inf_1</c>.
    /// </summary>
    public static async Task<WebApplication> StartAsync()
    {
        WebApplication app = Build();
        var store = app.Services.GetRequiredService<IDocumentStore>();
        await store.InsertAsync(new DocumentKey("", Influencer.Collection, "inf_1"), Documents.Influencer(), HostJson.Default.Influencer);
        await app.StartAsync();
        return app;
    }

    private static Measured Median(string name, List<double> times)
    {
        double median = times.Order().ElementAt(times.Count / 2);
        return new Measured(name, median, median, 0);
    }

    private static WebApplication Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddInMemoryDocumentStore();
        builder.Services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PeerJson.Default));
        builder.Services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(1, HostJson.Default));
        builder.Services.AddPatchGen();
        WebApplication app = builder.Build();
        app.MapPatchHandler(new ServedPatchHandler());
        byte[] constant = """{"ok":true}"""u8.ToArray();
        app.MapMethods("/drain/{id}", ["PATCH"], (RequestDelegate)(context => DrainAsync(context, constant)));

        app.MapMethods("/stj/{id}", ["PATCH"], PatchWithJsonAsync);
        return app;
    }

    // A handwritten endpoint: the same document and store, but without preconditions, ETag and limits, and with one error at a time.
    private static async Task<IResult> PatchWithJsonAsync(string id, InfluencerOptional body, IDocumentStore store)
    {
        var selection = DocumentSelection.Of(new DocumentKey("", Influencer.Collection, id));
        TransformResult result = await store.TransformAsync(selection, null, body, static (sent, stored) =>
        {
            Influencer before = JsonSerializer.Deserialize(stored.Json.Span, HostJson.Default.Influencer)!;
            return JsonSerializer.SerializeToUtf8Bytes(
                before with
                {
                    Vibe = sent.Vibe.HasValue ? sent.Vibe.Value : before.Vibe,
                    Personality = sent.Personality is { HasValue: true, Value: { } personality }
                        ? before.Personality with
                        {
                            Humor = personality.Humor.HasValue ? personality.Humor.Value : before.Personality.Humor,
                        }
                        : before.Personality,
                    UpdatedAt = DateTime.UtcNow,
                },
                HostJson.Default.Influencer);
        });
        return result.Status is TransformStatus.NotFound ? Results.NotFound() : Results.Bytes(result.Document.Json, "application/json");
    }

    private static async Task DrainAsync(HttpContext context, byte[] constant)
    {
        while (true)
        {
            ReadResult read = await context.Request.BodyReader.ReadAsync();
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        context.Response.ContentLength = constant.Length;
        await context.Response.BodyWriter.WriteAsync(constant);
    }
}
