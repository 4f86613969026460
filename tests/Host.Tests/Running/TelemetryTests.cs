using System.Collections.Concurrent;
using System.Text;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.Host.Tests.Running;

/// <summary>Export by OTLP, to a collector that keeps what it receives.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Metrics_and_traces_are_exported_where_an_endpoint_is_set()
    {
        ConcurrentQueue<(string Path, string Body)> received = [];
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        await using WebApplication collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body, Encoding.Latin1);
            received.Enqueue((request.Path, await reader.ReadToEndAsync()));
        });
        await collector.StartAsync();

        using var folder = new TemporaryFolder();
        await using (WebApplication host = HostApp.Build(TestHost.Arguments(
            folder.Path,
            "--OTEL_EXPORTER_OTLP_ENDPOINT",
            collector.Urls.Single(),
            "--OTEL_EXPORTER_OTLP_PROTOCOL",
            "http/protobuf")))
        {
            await host.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/influencers/{DemoData.Ava}")
            {
                Content = new StringContent("""{"vibe":"secretvibe"}""", Encoding.UTF8, "application/json"),
                Headers = { { "X-Api-Key", DemoKeys.Full } },
            };
            using HttpResponseMessage response = await client.SendAsync(request);
            Assert.Equal(200, (int)response.StatusCode);
            await host.StopAsync();
        }

        string metrics = string.Concat(received.Where(static one => one.Path == "/v1/metrics").Select(static one => one.Body));
        foreach (string name in (string[])["patchgen.patches", "patchgen.changed_members", "patchgen.store.duration",
            "patchgen.store.queued_writes", "http.server.request.duration", "patchgen-host", "/v1/influencers/{influencerId}"])
        {
            Assert.Contains(name, metrics, StringComparison.Ordinal);
        }

        string traces = string.Concat(received.Where(static one => one.Path == "/v1/traces").Select(static one => one.Body));
        Assert.Contains("transform influencers", traces, StringComparison.Ordinal);
        Assert.Contains("patchgen.outcome", traces, StringComparison.Ordinal);
        Assert.DoesNotContain(DemoData.Ava, metrics, StringComparison.Ordinal);
        Assert.All(received, static one => Assert.DoesNotContain("secretvibe", one.Body, StringComparison.Ordinal));
        Assert.All(received, static one => Assert.DoesNotContain(DemoKeys.Full, one.Body, StringComparison.Ordinal));
    }
}
