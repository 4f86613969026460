using System.Diagnostics;
using System.Net;
using Layers.PatchGen.Benchmarks.Models;
using Layers.PatchGen.Benchmarks.Ratios;
using Layers.PatchGen.Host;
using Layers.PatchGen.Host.Influencers;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.Benchmarks.Stores;

/// <summary>
/// Patches through a generated handler, over Kestrel on loopback, with clients in the same process. Each client changes its own document
/// with every request.
/// </summary>
internal static class OverHttp
{
    public static async Task<double> PatchesPerSecondAsync(IDocumentStore store, int clients, TimeSpan time)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(store);
        builder.Services.AddPatchGen();
        await using WebApplication app = builder.Build();
        app.MapPatchHandler(new ServedPatchHandler());
        await app.StartAsync();

        LoadClient[] load = new LoadClient[clients];
        for (int i = 0; i < clients; i++)
        {
            string id = $"inf_{clients}_{i}";
            Influencer influencer = Documents.Influencer() with { InfluencerId = id };
            await store.InsertAsync(new DocumentKey("", Influencer.Collection, id), influencer, HostJson.Default.Influencer);
            byte[] first = """{"vibe":"calm and curious"}"""u8.ToArray(), second = """{"vibe":"warm"}"""u8.ToArray();
            load[i] = new LoadClient(new Uri(app.Urls.Single()).Port, $"/patch/{id}", 200, first, second);
        }

        await Task.WhenAll(load.Select(client => client.RunAsync(time / 10)));
        long start = Stopwatch.GetTimestamp();
        long patches = (await Task.WhenAll(load.Select(client => client.RunAsync(time)))).Sum();
        double rate = patches / Stopwatch.GetElapsedTime(start).TotalSeconds;
        await app.StopAsync();
        return rate;
    }
}
