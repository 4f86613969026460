using System.Text.Json;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Influencers;

/// <summary>PATCH /v1/influencers/{influencerId}: accepted requests and their results.</summary>
public sealed class InfluencerTests(HostFixture host) : HostTest(host)
{
    [Fact]
    public async Task R1_R25_The_documented_request_has_the_documented_response()
    {
        string path = await Host.AddInfluencerAsync(change: person => person with
        {
            Name = "Ava Chen",
            Vibe = "calm",
            Personality = new() { Traits = ["curious", "warm", "direct"], Humor = "dry" },
        });

        ApiResponse response = await AcceptedAsync(
            path, """{ "vibe": "precise and energetic", "personality": { "humor": "observational" } }""");

        Assert.Equal("precise and energetic", response.Json.GetProperty("vibe").GetString());
        Assert.Equal(
            """{"traits":["curious","warm","direct"],"humor":"observational"}""", response.Json.GetProperty("personality").GetRawText());
        Assert.Equal("Ava Chen", response.Json.GetProperty("name").GetString());
    }

    [Fact]
    public async Task R1_The_demo_has_the_documented_influencer()
    {
        ApiResponse response = await GetAsync("/v1/influencers/" + DemoData.Ava);
        Assert.Equal(
            """{"influencerId":"inf_01HXZ9Q4E7M2K5T8V3W6Y9B1C4","projectId":"prj_01HX9Y7K8M2P4RSTUV56789AB","name":"Ava """
            + """Chen","gender":"female","ageRange":"25-34","ethnicity":null,"bodyType":null,"hairColor":null,"hairStyle":"""
            + """null,"style":null,"vibe":"precise and energetic","voiceDescription":null,"personality":{"traits":"""
            + """["curious","warm","direct"],"humor":"observational"},"referenceImages":[],"status":"ready","createdAt":"2026"""
            + """-04-01T14:22:10Z","updatedAt":"2026-04-18T09:18:44Z"}""",
            response.Text);
    }

    [Fact]
    public async Task R2_R6_R8_Only_sent_members_change_and_the_response_equals_that_of_GET()
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse before = await GetAsync(path);

        ApiResponse after = await AcceptedAsync(path, """{"hairColor":"black"}""");

        Assert.Equal(["hairColor", "updatedAt"], Differences(before.Json, after.Json));
        Assert.Equal(
            before.Json.EnumerateObject().Select(member => member.Name), after.Json.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("name", "\"Zoë\"")]
    [InlineData("gender", "\"male\"")]
    [InlineData("gender", "\"female\"")]
    [InlineData("gender", "\"unspecified\"")]
    [InlineData("ageRange", "\"18-24\"")]
    [InlineData("ethnicity", "\"any text\"")]
    [InlineData("bodyType", "\"any text\"")]
    [InlineData("hairColor", "\"any text\"")]
    [InlineData("hairStyle", "\"any text\"")]
    [InlineData("style", "\"any text\"")]
    [InlineData("vibe", "\"any text\"")]
    [InlineData("voiceDescription", "\"any text\"")]
    public async Task R10_R16_R19_R20_Each_field_can_be_sent_alone(string field, string value)
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse before = await GetAsync(path);
        ApiResponse after = await AcceptedAsync(path, $$"""{"{{field}}":{{value}}}""");
        Assert.Equal([field, "updatedAt"], Differences(before.Json, after.Json));
        Assert.Equal(JsonElement.Parse(value).GetString(), after.Json.GetProperty(field).GetString());
    }

    [Theory]
    [InlineData("gender")]
    [InlineData("ageRange")]
    [InlineData("ethnicity")]
    [InlineData("bodyType")]
    [InlineData("hairColor")]
    [InlineData("hairStyle")]
    [InlineData("style")]
    [InlineData("vibe")]
    [InlineData("voiceDescription")]
    public async Task R17_R19_R20_A15_Null_clears_and_the_field_stays_in_the_record(string field)
    {
        string path = await Host.AddInfluencerAsync(change: person => person with
        {
            Ethnicity = "x", BodyType = "x", HairColor = "x", HairStyle = "x", Style = "x", VoiceDescription = "x",
        });
        ApiResponse before = await GetAsync(path);
        ApiResponse after = await AcceptedAsync(path, $$"""{"{{field}}":null}""");
        Assert.Equal([field, "updatedAt"], Differences(before.Json, after.Json));
        Assert.Equal(JsonValueKind.Null, after.Json.GetProperty(field).ValueKind);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("  not trimmed  ")]
    [InlineData("\\u0000 and \\u0001 and \\n")]
    [InlineData("\\uFFFF \\uFDD0")]
    [InlineData("\\ud83d\\ude00 e\\u0301 \\u00e9")]
    [InlineData("</script>&'\\\"\\\\")]
    public async Task A18_A21_Text_is_stored_as_sent(string escaped)
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse response = await AcceptedAsync(path, $$"""{"vibe":"{{escaped}}"}""");
        Assert.Equal(JsonElement.Parse($"\"{escaped}\"").GetString(), response.Json.GetProperty("vibe").GetString());
    }

    [Fact]
    public async Task R12_A20_A_name_has_1_to_128_code_points()
    {
        string path = await Host.AddInfluencerAsync();
        foreach (string name in (string[])["x", new string('x', 128), string.Concat(Enumerable.Repeat("💩", 128)), "   "])
        {
            ApiResponse response = await AcceptedAsync(path, JsonSerializer.Serialize(new Dictionary<string, string> { ["name"] = name }));
            Assert.Equal(name, response.Json.GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task A19_Other_texts_are_limited_only_by_the_size_of_the_body()
    {
        string path = await Host.AddInfluencerAsync();
        string text = new('é', 30_000);
        ApiResponse response = await AcceptedAsync(path, $$"""{"voiceDescription":"{{text}}"}""");
        Assert.Equal(text, response.Json.GetProperty("voiceDescription").GetString());
    }

    [Fact]
    public async Task R27_The_record_has_the_documented_types()
    {
        ApiResponse response = await AcceptedAsync(await Host.AddInfluencerAsync(), """{"vibe":"new"}""");
        foreach (string time in (string[])["createdAt", "updatedAt"])
        {
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", response.Json.GetProperty(time).GetString());
        }

        Assert.Equal(JsonValueKind.Object, response.Json.GetProperty("personality").ValueKind);
        Assert.Equal(JsonValueKind.Array, response.Json.GetProperty("referenceImages").ValueKind);
        Assert.All(
            (string[])["influencerId", "projectId", "name", "status"],
            name => Assert.Equal(JsonValueKind.String, response.Json.GetProperty(name).ValueKind));
        Assert.Equal("application/json", response.Header("Content-Type"));
    }

    [Fact]
    public async Task R28_A_change_updates_updatedAt_and_not_createdAt()
    {
        string path = await Host.AddInfluencerAsync();
        DateTime start = DateTime.UtcNow;
        ApiResponse first = await AcceptedAsync(path, """{"vibe":"1"}""");
        ApiResponse second = await AcceptedAsync(path, """{"vibe":"2"}""");
        Assert.InRange(
            first.Json.GetProperty("updatedAt").GetDateTime(), start, second.Json.GetProperty("updatedAt").GetDateTime().AddTicks(-1));
        Assert.Equal("2026-04-01T14:22:10Z", second.Json.GetProperty("createdAt").GetString());
    }

    [Theory]
    [InlineData("""{"vibe":"calm"}""")]
    [InlineData("""{"gender":"nonbinary","ageRange":"25-34","ethnicity":null}""")]
    [InlineData("""{"personality":{}}""")]
    [InlineData("""{"personality":{"humor":"dry"}}""")]
    [InlineData("""{"personality":{"traits":["curious","warm"]}}""")]
    [InlineData("""{"personality":{"tone":{"accent":2,"base":1}}}""")]
    [InlineData("""{"personality":{"tone":{"accent":2.0,"base":1e0}}}""")]
    [InlineData("""{"personality":{"no such key":null}}""")]
    public async Task A32_A_patch_that_changes_no_value_keeps_version_and_time(string json)
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse before = await GetAsync(path);
        ApiResponse after = await AcceptedAsync(path, json);
        Assert.Equal(before.Text, after.Text);
        Assert.Equal(before.ETag, after.ETag);
    }

    [Fact]
    public async Task A43_The_same_patch_sent_twice_changes_once()
    {
        string path = await Host.AddInfluencerAsync();
        const string json = """{"vibe":"new","personality":{"humor":null,"values":["a"]}}""";
        ApiResponse first = await AcceptedAsync(path, json);
        ApiResponse second = await AcceptedAsync(path, json);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.ETag, second.ETag);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON;charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    public async Task R26_A33_Json_in_UTF8_is_accepted_in_every_spelling(string contentType)
    {
        ApiResponse response = await PatchAsync(await Host.AddInfluencerAsync(), """{"vibe":"new"}"""u8.ToArray(), contentType);
        Assert.Equal(200, response.Status);
    }

    [Fact]
    public async Task A35_One_byte_order_mark_is_skipped()
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse one = await PatchAsync(path, [0xEF, 0xBB, 0xBF, .. """{"vibe":"new"}"""u8]);
        Assert.Equal(200, one.Status);
        await RejectedAsync(
            path, 400, "MALFORMED_BODY", () => PatchAsync(path, [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. """{"vibe":"newer"}"""u8]));
    }

    private static string[] Differences(JsonElement before, JsonElement after) =>
        [.. before.EnumerateObject().Where(
            member => !JsonElement.DeepEquals(member.Value, after.GetProperty(member.Name))).Select(member => member.Name)];
}
