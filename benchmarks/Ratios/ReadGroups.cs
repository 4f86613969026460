using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Benchmarks.Models;
using Layers.PatchGen.Benchmarks.Peers;
using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>Reading a body into a patch, with all checks.</summary>
internal static class ReadGroups
{
    private const string Tokens = "Utf8JsonReader to the end";
    private const string Struct = "record struct";
    private const string Record = "record";
    private const string Optional = "STJ, Optional<T>";

    private static readonly PatchReadOptions Large = new() { MaxBytes = 64 << 20 };

    /// <summary>The groups, with the goals of each.</summary>
    public static IEnumerable<Group> All()
    {
        PeerJson json = PeerJson.Default;
        yield return Of<InfluencerStruct, InfluencerPatch, InfluencerClass, InfluencerOptional>(
            "Read A: two members of an influencer", Bodies.A, json.InfluencerClass, json.InfluencerOptional,
            new(0.50, 0.60), new(0.85), new(5));
        yield return Of<EngagementStruct, EngagementPatch, EngagementClass, EngagementOptional>(
            "Read B: an engagement config", Bodies.B, json.EngagementClass, json.EngagementOptional,
            new(0.52, 0.70), new(0.75), new(7, 5.8));
        yield return Of<InfluencerStruct, InfluencerPatch, InfluencerClass, InfluencerOptional>(
            "Read C: all members of an influencer", Bodies.C, json.InfluencerClass, json.InfluencerOptional,
            new(0.58, 0.76), new(0.92), new(3.6));
        yield return Of<InfluencerStruct, InfluencerPatch, InfluencerClass, InfluencerOptional>(
            "Read D: an unknown member and a bad enum", Bodies.D, json.InfluencerClass, json.InfluencerOptional,
            new(0.72, 1.05), null, new(40, 34), bytes: 300);
        yield return Of<HundredStruct, HundredRecord, HundredClass, HundredOptional>(
            "Read E: a hundred scalar members as declared", Bodies.E, json.HundredClass, json.HundredOptional,
            new(0.70, 0.86), null, null);
        yield return Of<HundredStruct, HundredRecord, HundredClass, HundredOptional>(
            "Read E: a hundred scalar members, shuffled", Bodies.EShuffled, json.HundredClass, json.HundredOptional,
            new(0.70, 0.86), null, null);
        yield return Of<TagsStruct, TagsRecord, TagsClass, TagsOptional>(
            "Read S: 1 MB of short strings", Bodies.S, json.TagsClass, json.TagsOptional, new(1.6, 1.9), null, null);
        yield return Of<InfluencerStruct, InfluencerPatch, InfluencerClass, InfluencerOptional>(
            "Read P: body A, indented", Bodies.P, json.InfluencerClass, json.InfluencerOptional, new(0.70), null, null);
        yield return Of<InfluencerStruct, InfluencerPatch, InfluencerClass, InfluencerOptional>(
            "Read O: 30 KB of mixed JSON in an open object", Bodies.O, json.InfluencerClass, json.InfluencerOptional,
            new(1.7), null, null);
        yield return Truncated();
    }

    /// <summary>A loop over <see cref="PatchReader"/>.</summary>
    public static Action<int> Read<T>(byte[] body)
        where T : IPatch<T> => count =>
        {
            for (int i = 0; i < count; i++)
            {
                PatchReader.TryRead<T>(body, Large, out _, out _);
            }
        };

    private static Group Of<TStruct, TRecord, TClass, TOptional>(
        string title, byte[] body, JsonTypeInfo<TClass> plain, JsonTypeInfo<TOptional> optional,
        Bar? ofStruct, Bar? ofRecord, Bar? ofOptional, double bytes = -1)
        where TStruct : struct, IPatch<TStruct>
        where TRecord : class, IPatch<TRecord>
        where TClass : class
        where TOptional : class
    {
        string operations = Peer.Operations(body);
        JsonNode document = new JsonObject();
        List<Candidate> candidates =
        [
            new(Tokens, count =>
            {
                for (int i = 0; i < count; i++)
                {
                    Peer.Tokenise(body);
                }
            }),
            new(Struct, Read<TStruct>(body)),
            new(Record, Read<TRecord>(body)),
            new("STJ, class", count =>
            {
                for (int i = 0; i < count; i++)
                {
                    Peer.Deserialize(body, plain);
                }
            }),
            new(Optional, count =>
            {
                for (int i = 0; i < count; i++)
                {
                    Peer.Deserialize(body, optional);
                }
            }),
            new("JsonNode, parse and merge", count =>
            {
                for (int i = 0; i < count; i++)
                {
                    Peer.Merge(body, document);
                }
            }),
            new("AspNetCore.JsonPatch", count =>
            {
                for (int i = 0; i < count; i++)
                {
                    Peer.ReadOperations<TClass>(operations);
                }
            }),
        ];

        List<Goal> goals = [];
        if (ofStruct is { } most)
        {
            goals.Add(Goal.Most(Struct, Tokens, most.Limit, bytes) with { Reached = most.Reached });
        }

        if (ofRecord is { } mostOfRecord)
        {
            goals.Add(Goal.Most(Record, Tokens, mostOfRecord.Limit) with { Reached = mostOfRecord.Reached });
        }

        if (ofOptional is { } least)
        {
            goals.Add(Goal.Least(Optional, Struct, least.Limit) with { Reached = least.Reached });
        }

        return new Group($"{title} ({body.Length:N0} B)", candidates, goals);
    }

    private static Group Truncated()
    {
        byte[] body = Bodies.T;
        return new Group(
            $"Read T: body A without its end ({body.Length:N0} B)",
            [
                new(Tokens, count =>
                {
                    for (int i = 0; i < count; i++)
                    {
                        Peer.TokeniseUntilThrown(body);
                    }
                }),
                new(Struct, Read<InfluencerStruct>(body)),
                new(Record, Read<InfluencerPatch>(body)),
                new(Optional, count =>
                {
                    for (int i = 0; i < count; i++)
                    {
                        Peer.Deserialize(body, PeerJson.Default.InfluencerOptional);
                    }
                }),
                new("JsonNode, parse and merge", count =>
                {
                    for (int i = 0; i < count; i++)
                    {
                        Peer.Merge(body, null);
                    }
                }),
            ],
            [Goal.Most(Struct, Tokens, 1 / 25d) with { Reached = 0.042 }]);
    }
}
