using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Layers.PatchGen.Benchmarks.Models;
using Layers.PatchGen.Benchmarks.Peers;
using Layers.PatchGen.Host;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>Applying a patch to a document, and writing the document.</summary>
internal static class MergeGroups
{
    private const string Write = "STJ, writing the document alone";

    /// <summary>The groups, with the goals of each.</summary>
    public static IEnumerable<Group> All()
    {
        Influencer document = Documents.Influencer();
        byte[] stored = JsonSerializer.SerializeToUtf8Bytes(document, HostJson.Default.Influencer);
        string operations = Peer.Operations(Bodies.A);
        if (
            !InfluencerStruct.TryRead(Bodies.A, out InfluencerStruct small, out _)
                || !InfluencerPatch.TryRead(Bodies.A, out InfluencerPatch? patch, out _))
        {
            throw new InvalidOperationException("Body A was rejected.");
        }

        yield return new Group(
            $"ApplyTo with patch A, and writing the document ({stored.Length:N0} B)",
            [
                Writing(Write, () => document),
                Writing("record struct: ApplyTo and write", () => small.ApplyTo(document, out _)),
                Writing("record: ApplyTo and write", () => patch.ApplyTo(document, out _)),
            ],
            [Goal.Most("record struct: ApplyTo and write", Write, 2), Goal.Most("record: ApplyTo and write", Write, 2)]);
        yield return new Group(
            "Body A and the stored document to the document's new bytes",
            [
                Writing("record struct: read both, ApplyTo, write", () =>
                {
                    InfluencerStruct.TryRead(Bodies.A, out InfluencerStruct read, out _);
                    return read.ApplyTo(JsonSerializer.Deserialize(stored, HostJson.Default.Influencer)!, out _);
                }),
                new("JsonNode, merge and write", count =>
                {
                    for (int i = 0; i < count; i++)
                    {
                        JsonSerializer.SerializeToUtf8Bytes(Peer.Merge(Bodies.A, JsonNode.Parse(stored)), JsonNodeJson.Default.JsonNode!);
                    }
                }),
                Writing("AspNetCore.JsonPatch, read both, apply, write", () =>
                {
                    Influencer target = JsonSerializer.Deserialize(stored, HostJson.Default.Influencer)!;
                    var sent = Peer.ReadOperations<InfluencerTarget>(operations)!;
                    var applied = new InfluencerTarget
                    {
                        Vibe = target.Vibe,
                        Personality = new PersonalityTarget { Humor = target.Personality.Humor },
                    };
                    sent.ApplyTo(applied);
                    return target with { Vibe = applied.Vibe, Personality = target.Personality with { Humor = applied.Personality.Humor } };
                }),
            ],
            []);
    }

    private static Candidate Writing(string name, Func<Influencer> make)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        var writer = new Utf8JsonWriter(buffer);
        return new Candidate(name, count =>
        {
            for (int i = 0; i < count; i++)
            {
                buffer.ResetWrittenCount();
                writer.Reset(buffer);
                JsonSerializer.Serialize(writer, make(), HostJson.Default.Influencer);
            }
        });
    }
}
