using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>The JSON Schema of a patch describes what its reader accepts.</summary>
public sealed partial class SchemaTests
{
    [Fact]
    public void Members_have_their_types_limits_and_null_where_it_is_allowed() => AssertSame("""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "id": { "type": "string" },
            "title": { "type": "string", "minLength": 1, "maxLength": 80, "pattern": "^(?:[a-z]+)$" },
            "colour": { "type": ["string", "null"], "enum": ["male", "female", "nonbinary", "unspecified", null] },
            "count": { "type": "integer", "minimum": 1, "maximum": 5 },
            "size": { "type": ["integer", "null"], "minimum": 0, "maximum": 255 },
            "delay": { "type": "string", "format": "duration", "description": "An ISO-8601 duration from PT30S to PT1H." },
            "tags": { "type": ["array", "null"], "items": { "type": "string" }, "maxItems": 3 },
            "set": { "type": "array", "items": { "type": "integer", "minimum": -32768, "maximum": 32767 }, "uniqueItems": true },
            "level": { "type": ["string", "null"], "enum": ["low", "high", null] },
            "any": { "not": { "type": "null" } },
            "ages": {
              "type": ["object", "null"],
              "additionalProperties": { "type": ["integer", "null"], "minimum": 0, "maximum": 255 },
              "propertyNames": { "minLength": 1, "maxLength": 64 },
              "maxProperties": 64
            },
            "boards": {
              "type": "object",
              "additionalProperties": {
                "type": "object",
                "properties": { "label": { "type": ["string", "null"] } },
                "propertyNames": { "minLength": 1, "maxLength": 64 },
                "additionalProperties": true,
                "not": { "type": "object", "anyOf": [ { "required": ["maker"] } ] },
                "x-fenced": [ { "path": "maker" } ]
              },
              "propertyNames": { "minLength": 1, "maxLength": 64 },
              "maxProperties": 64
            }
          },
          "additionalProperties": false,
          "x-fenced": [
            { "path": "later", "until": "v3" },
            { "path": "owner", "until": "v2" },
            { "path": "history.author", "until": "v2" }
          ]
        }
        """, Schema<BoardPatch>());

    [Fact]
    public void A_lifted_fence_opens_its_member()
    {
        JsonNode schema = Schema<BoardPatch>(new PatchReadOptions { LiftedFences = ["v3"] });
        Assert.Equal("""{"type":"boolean"}""", schema["properties"]!["later"]!.ToJsonString());
        Assert.DoesNotContain("later", schema["x-fenced"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_object_is_rejected_if_a_member_is_required() =>
        Assert.Equal(1, (int)Schema<InfluencerPatch>()["minProperties"]!);

    [Fact]
    public void An_open_object_accepts_other_members_except_fenced_ones()
    {
        JsonNode part = Schema<OpenBoardPatch>();
        Assert.True((bool)part["additionalProperties"]!);
        Assert.Equal("""{"minLength":1,"maxLength":64}""", part["propertyNames"]!.ToJsonString());
        Assert.Equal("""{"type":"object","anyOf":[{"required":["maker"]}]}""", part["not"]!.ToJsonString());
    }

    [Fact]
    public void A_recursive_patch_is_described_once()
    {
        JsonNode inner = Schema<EngagementPatch>()["properties"]!["replyToComments"]!["properties"]!["inner"]!;
        Assert.Equal("""{"type":["object","null"],"description":"The same object as further up."}""", inner.ToJsonString());
    }

    private static JsonNode Schema<T>(PatchReadOptions? options = null)
        where T : IPatch<T>
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            T.WriteJsonSchema(writer, options ?? PatchReadOptions.Default);
        }

        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!;
    }

    private static void AssertSame(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToString());

    [Patch]
    [Fence("owner", "history.author", Until = "v2")]
    internal sealed partial record BoardPatch
    {
        public partial string Id { get; init; }

        [StringLength(80, MinimumLength = 1), RegularExpression("[a-z]+")]
        public partial string Title { get; init; }

        public partial Gender? Colour { get; init; }

        [Range(1, 5)]
        public partial int Count { get; init; }

        public partial byte? Size { get; init; }

        [IsoDuration("PT30S", "PT1H")]
        public partial TimeSpan Delay { get; init; }

        [MaxLength(3)]
        public partial string[]? Tags { get; init; }

        public partial HashSet<short> Set { get; init; }

        [AllowedValues("low", "high")]
        public partial string? Level { get; init; }

        public partial JsonElement Any { get; init; }

        public partial Dictionary<string, byte?>? Ages { get; init; }

        public partial IReadOnlyDictionary<string, OpenBoardPatch> Boards { get; init; }

        [FencedUntil("v3")]
        public partial bool Later { get; init; }
    }

    [Patch]
    [Fence("maker")]
    internal sealed partial record OpenBoardPatch
    {
        public partial string? Label { get; init; }

        [JsonExtensionData]
        public partial IDictionary<string, JsonElement> Other { get; init; }
    }
}
