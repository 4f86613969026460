using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Benchmarks;

/// <summary>
/// Reading a body into a patch, with all checks, compared with <see cref="Utf8JsonReader"/> reading all tokens of the same bytes.
/// </summary>
[MemoryDiagnoser]
public class ReadBenchmarks
{
    [Benchmark(Baseline = true)]
    public int TokeniseInfluencer() => Tokenise(Bodies.A);

    [Benchmark]
    public InfluencerPatch? ReadInfluencer() =>
        InfluencerPatch.TryRead(Bodies.A, out InfluencerPatch? patch, out _) ? patch : throw new InvalidOperationException();

    [Benchmark]
    public int TokeniseEngagement() => Tokenise(Bodies.B);

    [Benchmark]
    public EngagementPatch? ReadEngagement() =>
        EngagementPatch.TryRead(Bodies.B, out EngagementPatch? patch, out _) ? patch : throw new InvalidOperationException();

    [Benchmark]
    public PatchProblems ReadInvalid() =>
        InfluencerPatch.TryRead(Bodies.D, out _, out PatchProblems problems) ? throw new InvalidOperationException() : problems;

    private static int Tokenise(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        int tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }
}
