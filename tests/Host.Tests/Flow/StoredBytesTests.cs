using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Influencers;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Host.Tests.Flow;

/// <summary>Both endpoints patch the stored bytes, whatever a patch changes.</summary>
public sealed class StoredBytesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Influencers_are_patched_as_bytes() => Assert.Equal(
        """{"influencerId":"i","projectId":"p","name":"Mia","gender":"male","ageRange":null,"ethnicity":null,"bodyType":null"""
        + ""","hairColor":null,"hairStyle":null,"style":"é","vibe":null,"voiceDescription":null"""
        + ""","personality":{"traits":["dry"],"tone":1.50,"new":{}},"referenceImages":["a"]"""
        + ""","status":"ready","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-11-27T09:00:00Z"}""",
        Apply<InfluencerPatch>(
            HostJson.Default.Influencer,
            """{"influencerId":"i","projectId":"p","name":"Ava","gender":"female","ageRange":null,"ethnicity":null,"bodyType":null"""
            + ""","hairColor":null,"hairStyle":null,"style":null,"vibe":null,"voiceDescription":null"""
            + ""","personality":{"humor":"dry","tone":1.50,"old":1},"referenceImages":["a"]"""
            + ""","status":"ready","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}""",
            """
            {"name":"Mia","gender":"male","style":"é","vibe":null,
             "personality":{"traits":["dry"],"humor":null,"tone":1.5,"old":null,"new":{}}}
            """));

    [Fact]
    public void Engagement_is_patched_as_bytes() => Assert.Equal(
        """{"projectId":"p","projectLayerId":"l","enabled":true,"firstComment":{"targets":["tiktok"],"commentTemplate":"Hi"}"""
        + ""","replyToComments":{"targets":[],"autoReplyDelay":"PT3M"}}""",
        Apply<EngagementPatch>(
            HostJson.Default.EngagementLayer,
            """{"projectId":"p","projectLayerId":"l","enabled":false,"firstComment":{"targets":[]}"""
            + ""","replyToComments":{"targets":["instagram"],"autoReplyDelay":"PT2M"}}""",
            """
            {"projectLayerId":"l","enabled":true,"firstComment":{"targets":["tiktok","tiktok"],"commentTemplate":"Hi"},
             "replyToComments":{"targets":[],"autoReplyDelay":"PT180S"}}
            """));

    private static string Apply<TPatch>(JsonTypeInfo contract, string document, string body)
        where TPatch : IPatch<TPatch>
    {
        var writing = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        Assert.True(DocumentPatcher.TryCreate(contract, writing, out DocumentPatcher<TPatch>? patcher, out string? reason), reason);
        Assert.Empty(patcher!.Exceptions);
        TPatch patch = PatchReader.Read<TPatch>(System.Text.Encoding.UTF8.GetBytes(body));
        Assert.True(patcher.TryApply(System.Text.Encoding.UTF8.GetBytes(document), in patch, Now, 64, out byte[]? after, out _));
        return System.Text.Encoding.UTF8.GetString(after!);
    }
}
