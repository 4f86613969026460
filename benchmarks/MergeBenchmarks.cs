using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Layers.PatchGen.Host;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Benchmarks;

/// <summary>The steps from a body and a stored document to the document's new bytes.</summary>
/// <remarks>Not sealed: BenchmarkDotNet derives from it.</remarks>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls CleanUp.")]
public class MergeBenchmarks
{
    private readonly Influencer _document = Documents.Influencer();
    private readonly byte[] _stored = JsonSerializer.SerializeToUtf8Bytes(Documents.Influencer(), HostJson.Default.Influencer);
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _writer = new(Stream.Null);
    private readonly InfluencerPatch _patch = InfluencerPatch.TryRead(Bodies.A, out InfluencerPatch? patch, out _)
        ? patch
        : throw new InvalidOperationException();

    [Benchmark(Baseline = true)]
    public int WriteDocument() => Write(_document);

    [Benchmark]
    public Influencer ApplyTo() => _patch.ApplyTo(_document, out _);

    [Benchmark]
    public int ApplyToAndWrite() => Write(_patch.ApplyTo(_document, out _));

    [Benchmark]
    public int WritePatch()
    {
        Reset();
        _patch.WriteTo(_writer);
        _writer.Flush();
        return _buffer.WrittenCount;
    }

    [Benchmark]
    public int ReadMergeAndWrite()
    {
        InfluencerPatch.TryRead(Bodies.A, out InfluencerPatch? patch, out _);
        return Write(patch!.ApplyTo(JsonSerializer.Deserialize(_stored, HostJson.Default.Influencer)!, out _));
    }

    [GlobalCleanup]
    public void CleanUp() => _writer.Dispose();

    private int Write(Influencer document)
    {
        Reset();
        JsonSerializer.Serialize(_writer, document, HostJson.Default.Influencer);
        return _buffer.WrittenCount;
    }

    private void Reset()
    {
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
    }
}
