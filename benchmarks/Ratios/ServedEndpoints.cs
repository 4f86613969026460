using System.IO.Pipelines;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Benchmarks.Models;
using Layers.PatchGen.Benchmarks.Peers;
using Layers.PatchGen.Host;
using Layers.PatchGen.Host.Influencers;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>
/// The endpoints that are compared, over one in-memory store: <c>/floor/{id}</c> responds with constant bytes, <c>/patch/{id}</c> is a
/// generated handler, <c>/stj/{id}</c> and <c>/json-patch/{id}</c> are written by hand.
/// </summary>
internal static class ServedEndpoints
{
    /// <summary>The influencer of <see cref="Documents.Influencer"/>.</summary>
    public const string Small = "inf_1";

    /// <summary>The influencer of <see cref="Documents.LargeInfluencer"/>.</summary>
    public const string Large = "inf_large";

    // The types of a JSON Patch are found by reflection, as in most applications: the target of its operations has init-only properties.
    private static readonly JsonSerializerOptions Reflection = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Starts the endpoints on a free port of the loopback interface, or on the transport that a service replaces it by.</summary>
    /// <param name="configure">Adds services.</param>
    public static async Task<WebApplication> StartAsync(Action<IServiceCollection>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddInMemoryDocumentStore();
        builder.Services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PeerJson.Default));
        builder.Services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(1, HostJson.Default));
        builder.Services.AddPatchGen(static options => options.Formats = PatchFormats.MergePatch | PatchFormats.JsonPatch);
        configure?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        Map(app);
        var store = app.Services.GetRequiredService<IDocumentStore>();
        await store.InsertAsync(Key(Small), Documents.Influencer(), HostJson.Default.Influencer);
        await store.InsertAsync(Key(Large), Documents.LargeInfluencer(), HostJson.Default.Influencer);
        await app.StartAsync();
        return app;
    }

    private static void Map(WebApplication app)
    {
        app.MapPatchHandler(new ServedPatchHandler());
        var documents = new Dictionary<string, byte[]>
        {
            [Small] = JsonSerializer.SerializeToUtf8Bytes(Documents.Influencer(), HostJson.Default.Influencer),
            [Large] = JsonSerializer.SerializeToUtf8Bytes(Documents.LargeInfluencer(), HostJson.Default.Influencer),
        };
        app.MapMethods("/floor/{id}", ["PATCH"], context => RespondAsync(context, documents[(string)context.GetRouteValue("id")!]));
        app.MapMethods("/drain/{id}", ["PATCH"], static context => DrainAsync(context));
        app.MapMethods("/stj/{id}", ["PATCH"], PatchWithJsonAsync);
        app.MapMethods("/json-patch/{id}", ["PATCH"], PatchWithOperationsAsync);
    }

    private static DocumentKey Key(string id) => new("", Influencer.Collection, id);

    /// <summary>The least that an endpoint with the same request and response can do.</summary>
    private static async Task RespondAsync(HttpContext context, byte[] document)
    {
        await ReadToEndAsync(context);
        HttpResponse response = context.Response;
        response.Headers["X-Request-Id"] = "req_01HXZ9Q4E7M2K5T8V3W6Y9B1C4";
        response.Headers.ETag = "\"1f2e3d4c5b6a7988-3e8\"";
        response.Headers.CacheControl = "no-store";
        response.Headers["Accept-Patch"] = "application/json";
        response.ContentType = "application/json";
        response.ContentLength = document.Length;
        await response.BodyWriter.WriteAsync(document);
    }

    private static async Task DrainAsync(HttpContext context)
    {
        await ReadToEndAsync(context);
        context.Response.ContentLength = 11;
        await context.Response.BodyWriter.WriteAsync("""{"ok":true}"""u8.ToArray());
    }

    private static async ValueTask ReadToEndAsync(HttpContext context)
    {
        PipeReader body = context.Request.BodyReader;
        while (true)
        {
            ReadResult read = await body.ReadAsync();
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    // The same document and store, but without preconditions, ETag and limits, and with one error at a time.
    private static async Task<IResult> PatchWithJsonAsync(string id, InfluencerOptional body, IDocumentStore store)
    {
        TransformResult result = await store.TransformAsync(DocumentSelection.Of(Key(id)), null, body, static (sent, stored) =>
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
        return Respond(result);
    }

    // Any member of the document may be changed by the client, and nothing is checked.
    private static async Task<IResult> PatchWithOperationsAsync(HttpContext context, string id, IDocumentStore store)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonPatchDocument<Influencer>>(context.Request.Body, Reflection);
        TransformResult result = await store.TransformAsync(DocumentSelection.Of(Key(id)), null, body!, static (operations, stored) =>
        {
            Influencer document = JsonSerializer.Deserialize(stored.Json.Span, HostJson.Default.Influencer)!;
            operations.ApplyTo(document);
            return JsonSerializer.SerializeToUtf8Bytes(document with { UpdatedAt = DateTime.UtcNow }, HostJson.Default.Influencer);
        });
        return Respond(result);
    }

    private static IResult Respond(TransformResult result) => result.Status is TransformStatus.NotFound
        ? Results.NotFound()
        : Results.Bytes(result.Document.Json, "application/json");
}
