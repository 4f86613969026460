using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Layers.PatchGen.Benchmarks.Models;
using Layers.PatchGen.Benchmarks.Peers;
using Layers.PatchGen.Host;
using Layers.PatchGen.Host.Influencers;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>Applying a patch to a document, and writing the document.</summary>
internal static class MergeGroups
{
    private static readonly DocumentPatcher<InfluencerStruct> Patcher = CreatePatcher();
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, 123, TimeSpan.Zero);

    private const string Write = "STJ, writing the document alone";
    private const string Tokens = "Utf8JsonReader to the end of both";
    private const string AsBytes = "record struct: read A, apply to the stored bytes";

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
        byte[] expected = Patched(stored);
        yield return new Group(
            $"Body A and the stored document to the document's new bytes ({expected.Length:N0} B)",
            [
                new(Tokens, count =>
                {
                    for (int i = 0; i < count; i++)
                    {
                        Peer.Tokenise(Bodies.A);
                        Peer.Tokenise(stored);
                    }
                }),
                new(AsBytes, count =>
                {
                    for (int i = 0; i < count; i++)
                    {
                        Patched(stored);
                    }
                }),
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
            [
                Goal.Most(AsBytes, Tokens, 0.6, SizeOf(expected) + SizeOf(small.Vibe!) + SizeOf(small.Personality.Humor!)) with
                {
                    Reached = 0.85,
                },
            ]);
    }

    private static byte[] Patched(byte[] stored) =>
        InfluencerStruct.TryRead(Bodies.A, out InfluencerStruct read, out _)
        && Patcher.TryApply(stored, in read, Now, PatchReadOptions.Default.MaxOpenMembers, out byte[]? after, out _)
            ? after!
            : throw new InvalidOperationException("The stored document is not as its contract writes it.");

    private static DocumentPatcher<InfluencerStruct> CreatePatcher() =>
        DocumentPatcher.TryCreate(
            HostJson.Default.Influencer,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping },
            out DocumentPatcher<InfluencerStruct>? patcher,
            out string? reason)
            ? patcher
            : throw new InvalidOperationException(reason);

    // The length and the object header, in units of eight bytes.
    private static int SizeOf(byte[] array) => (array.Length + 24 + 7) & ~7;

    private static int SizeOf(string text) => ((2 * text.Length) + 22 + 7) & ~7;

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
