using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using BenchmarkDotNet.Attributes;
using Layers.PatchGen.Benchmarks.Ratios;
using Microsoft.AspNetCore.Builder;

namespace Layers.PatchGen.Benchmarks;

/// <summary>
/// One request at a time over Kestrel on loopback with the in-memory store. Times and bytes include the client.
/// </summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls StopAsync.")]
public class EndToEndBenchmarks
{
    private readonly HttpClient _client = new();
    private WebApplication? _app;
    private int _count;

    /// <summary>Starts the server.</summary>
    [GlobalSetup]
    public async Task StartAsync()
    {
        _app = await ServedEndpoints.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.Single());
    }

    /// <summary>Stops the server.</summary>
    [GlobalCleanup]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _app!.DisposeAsync();
    }

    /// <summary>An endpoint that reads the body and returns a constant.</summary>
    [Benchmark(Baseline = true)]
    public Task<int> Drain() => SendAsync("/drain/inf_1", Bodies.A);

    /// <summary>The generated handler; each request changes the document.</summary>
    [Benchmark]
    public Task<int> Handler() => SendAsync("/patch/inf_1", _count++ % 2 == 0 ? Bodies.A : Bodies.OtherA);

    /// <summary>A minimal API with System.Text.Json and the same store.</summary>
    [Benchmark]
    public Task<int> MinimalApi() => SendAsync("/stj/inf_1", _count++ % 2 == 0 ? Bodies.A : Bodies.OtherA);

    /// <summary>The generated handler; the body is rejected with two problems.</summary>
    [Benchmark]
    public Task<int> HandlerRejects() => SendAsync("/patch/inf_1", Bodies.D);

    private async Task<int> SendAsync(string path, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        using HttpResponseMessage response = await _client.SendAsync(request);
        return (await response.Content.ReadAsByteArrayAsync()).Length;
    }
}
