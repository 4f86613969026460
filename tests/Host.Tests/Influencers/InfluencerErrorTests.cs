using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Influencers;

/// <summary>PATCH /v1/influencers/{influencerId}: rejected requests, their errors, and that nothing changes.</summary>
public sealed class InfluencerErrorTests(HostFixture host) : HostTest(host)
{
    [Theory]
    [InlineData("R13 empty", """{"name":""}""", "name", "/name too_short")]
    [InlineData("R14 null", """{"name":null}""", "name", "/name null_not_allowed")]
    [InlineData("R15 number", """{"name":1}""", "name", "/name wrong_type")]
    [InlineData("R15 object", """{"name":{"first":"Ava"}}""", "name", "/name wrong_type")]
    [InlineData("R15 array", """{"name":["Ava"]}""", "name", "/name wrong_type")]
    [InlineData("R15 bool", """{"name":true}""", "name", "/name wrong_type")]
    [InlineData("R18 enum", """{"gender":"robot"}""", "gender", "/gender not_allowed_value")]
    [InlineData("R18 empty", """{"gender":""}""", "gender", "/gender not_allowed_value")]
    [InlineData("A27 case", """{"gender":"MALE"}""", "gender", "/gender not_allowed_value")]
    [InlineData("A27 space", """{"gender":" male"}""", "gender", "/gender not_allowed_value")]
    [InlineData("A27 flags", """{"gender":"male, female"}""", "gender", "/gender not_allowed_value")]
    [InlineData("A39 number", """{"gender":1}""", "gender", "/gender wrong_type")]
    [InlineData("R18 array", """{"gender":["male"]}""", "gender", "/gender wrong_type")]
    [InlineData("R19 number", """{"ageRange":25}""", "ageRange", "/ageRange wrong_type")]
    [InlineData("R20", """{"ethnicity":1}""", "ethnicity", "/ethnicity wrong_type")]
    [InlineData("R20", """{"bodyType":{}}""", "bodyType", "/bodyType wrong_type")]
    [InlineData("R20", """{"hairColor":[]}""", "hairColor", "/hairColor wrong_type")]
    [InlineData("R20", """{"hairStyle":false}""", "hairStyle", "/hairStyle wrong_type")]
    [InlineData("R20", """{"style":0.5}""", "style", "/style wrong_type")]
    [InlineData("R20", """{"vibe":true}""", "vibe", "/vibe wrong_type")]
    [InlineData("R20", """{"voiceDescription":[null]}""", "voiceDescription", "/voiceDescription wrong_type")]
    [InlineData("R7 unknown", """{"mood":"x"}""", "mood", "/mood unknown_member")]
    [InlineData("R7 known elsewhere", """{"humor":"x"}""", "humor", "/humor unknown_member")]
    [InlineData("R7 unknown, null", """{"mood":null}""", "mood", "/mood unknown_member")]
    [InlineData("R7 no name", """{"":1}""", "", "/ unknown_member")]
    [InlineData("A40 case", """{"Vibe":"x"}""", "Vibe", "/Vibe unknown_member")]
    [InlineData("R7 pointer", """{"a/b~c":1}""", "a/b~c", "/a~1b~0c unknown_member")]
    [InlineData("R24", """{"referenceImages":[]}""", "referenceImages", "/referenceImages unknown_member")]
    [InlineData("R24", """{"influencerId":"inf_1"}""", "influencerId", "/influencerId unknown_member")]
    [InlineData("R24", """{"id":"inf_1"}""", "id", "/id unknown_member")]
    [InlineData("R24", """{"projectId":"prj_1"}""", "projectId", "/projectId unknown_member")]
    [InlineData("A38 even with its own value", """{"projectId":"prj_test"}""", "projectId", "/projectId unknown_member")]
    [InlineData("R24", """{"status":"ready"}""", "status", "/status unknown_member")]
    [InlineData("R24", """{"createdAt":"2026-04-01T14:22:10Z"}""", "createdAt", "/createdAt unknown_member")]
    [InlineData("R24", """{"updatedAt":"2026-04-18T09:18:44Z"}""", "updatedAt", "/updatedAt unknown_member")]
    [InlineData("A13 twice", """{"vibe":"a","vibe":"b"}""", "vibe", "/vibe duplicate_member")]
    [InlineData("A13 twice, the same", """{"vibe":"a","vibe":"a"}""", "vibe", "/vibe duplicate_member")]
    [InlineData("A13 twice, escaped", """{"vibe":"a","\u0076ibe":"b"}""", "vibe", "/vibe duplicate_member")]
    [InlineData(
        "A13 nested", """{"personality":{"humor":"a","h\u0075mor":"b"}}""", "personality.humor", "/personality/humor duplicate_member")]
    [InlineData("A13 other key", """{"personality":{"x":1,"\u0078":2}}""", "personality.x", "/personality/x duplicate_member")]
    [InlineData("A13 below another key", """{"personality":{"x":{"y":1,"y":2}}}""", "personality.x.y", "/personality/x/y duplicate_member")]
    [InlineData("A13 below an array", """{"personality":{"x":[{"y":1,"y":2}]}}""", "personality.x", "/personality/x/0/y duplicate_member")]
    public async Task R7_R13_to_R20_R24_A13_Rejected_at_its_field(string what, string json, string field, string issue)
    {
        ApiResponse response = await RejectedAsync(await Host.AddInfluencerAsync(), json, 422, "VALIDATION");
        Assert.Equal("Invalid body.", response.Message);
        Assert.Equal([field], response.Fields);
        Assert.True(response.Issues is [string only] && only == issue, $"{what}: {string.Join("; ", response.Issues)}");
        Assert.All(
            response.Details.GetProperty("fieldErrors").EnumerateObject().Single().Value.EnumerateArray(),
            message => Assert.NotEmpty(message.GetString()!));
    }

    [Fact]
    public async Task R13_A20_A_name_of_129_code_points_is_too_long()
    {
        string path = await Host.AddInfluencerAsync();
        foreach (string name in (string[])[new string('x', 129), string.Concat(Enumerable.Repeat("💩", 129))])
        {
            ApiResponse response = await RejectedAsync(path, $$"""{"name":"{{name}}"}""", 422, "VALIDATION");
            Assert.Equal(["/name too_long"], response.Issues);
        }
    }

    [Fact]
    public async Task R11_A5_An_empty_body_object_is_rejected_as_a_whole()
    {
        ApiResponse response = await RejectedAsync(await Host.AddInfluencerAsync(), "{}", 422, "VALIDATION");
        Assert.Equal([" empty_patch"], response.Issues);
        Assert.NotEmpty(response.Details.GetProperty("formErrors").EnumerateArray());
        Assert.Empty(response.Fields);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"name\"")]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("""[{"vibe":"x"}]""")]
    public async Task A12_A_body_that_is_not_an_object_is_rejected_as_a_whole(string json)
    {
        ApiResponse response = await RejectedAsync(await Host.AddInfluencerAsync(), json, 422, "VALIDATION");
        Assert.NotEmpty(response.Details.GetProperty("formErrors").EnumerateArray());
    }

    [Fact]
    public async Task R30_A22_All_problems_are_in_one_response()
    {
        ApiResponse response = await RejectedAsync(
            await Host.AddInfluencerAsync(),
            """{"name":"","gender":"robot","vibe":1,"mood":2,"personality":{"humor":3,"traits":[4,"x",5]},"hairColor":"fine"}""",
            422,
            "VALIDATION");
        Assert.Equal(
            [
                "/name too_short", "/gender not_allowed_value", "/vibe wrong_type", "/mood unknown_member",
                "/personality/humor wrong_type", "/personality/traits/0 wrong_type", "/personality/traits/2 wrong_type",
            ],
            response.Issues);
        Assert.Equal(["name", "gender", "vibe", "mood", "personality.humor", "personality.traits"], response.Fields);
        Assert.Equal(2, response.Details.GetProperty("fieldErrors").GetProperty("personality.traits").GetArrayLength());
    }

    /// <summary>A name of digits is not the index of an item.</summary>
    [Theory]
    [InlineData("""{"personality":{"7":1,"7":2}}""", "personality.7")]
    [InlineData("""{"personality":{"007":1,"007":2,"traits":[1]}}""", "personality.007", "personality.traits")]
    [InlineData("""{"42":1}""", "42")]
    public async Task A22_A_field_with_a_name_of_digits_keeps_its_name(string json, params string[] fields)
    {
        ApiResponse response = await RejectedAsync(await Host.AddInfluencerAsync(), json, 422, "VALIDATION");
        Assert.Equal(fields, response.Fields);
    }

    [Fact]
    public async Task A22_At_most_64_problems_are_listed_and_the_rest_counted()
    {
        string json = "{" + string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"unknown{i}\":1")) + "}";
        ApiResponse response = await RejectedAsync(await Host.AddInfluencerAsync(), json, 422, "VALIDATION");
        Assert.Equal(64, response.Issues.Length);
        Assert.Equal(36, response.Details.GetProperty("truncated").GetInt32());
    }

    [Theory]
    [InlineData("""{"vibe":"new","gender":"robot"}""")]
    [InlineData("""{"gender":"robot","vibe":"new"}""")]
    [InlineData("""{"personality":{"humor":"new"},"mood":1}""")]
    [InlineData("""{"mood":1,"personality":{"humor":"new"}}""")]
    [InlineData("""{"personality":{"humor":"new","traits":1}}""")]
    [InlineData("""{"personality":{"traits":1,"humor":"new"}}""")]
    public async Task R37_R36_A_rejected_patch_changes_nothing_in_either_order(string json)
    {
        string path = await Host.AddInfluencerAsync();
        await RejectedAsync(path, json, 422, "VALIDATION");
        Assert.DoesNotContain("new", (await GetAsync(path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R9_R31_R32_R33_A2_A10_Unknown_deleted_and_inaccessible_influencers_have_the_same_response()
    {
        string mine = await Host.AddInfluencerAsync();
        string theirs = await Host.AddInfluencerAsync(DemoData.OtherTenant);
        string[] absent =
        [
            theirs,
            "/v1/influencers/inf_01HXZ9S8J1R6P9X2Z7A0C3F5G8", // the demo's, of the other tenant
            "/v1/influencers/inf_01HXZ9R6G9P4M7V0X5Y8A1D3E6", // the demo's, deleted
            "/v1/influencers/inf_01HXZ9Q4E7M2K5T8V3W6Y9B1C5",
            "/v1/influencers/0198a2c5-0000-7000-8000-000000000000",
            "/v1/influencers/1",
            "/v1/influencers/" + mine[^10..],
            mine.ToLowerInvariant(),
            mine + "%20",
            mine + "%2F..",
            "/v1/influencers/%F0%9F%92%A9",
            "/v1/influencers/%ED%A0%80", // a lone surrogate in UTF-8
            "/v1/influencers/%FF",
            "/v1/influencers/a%27%22%3B--",
            "/v1/influencers/" + new string('x', 2000),
        ];
        ApiResponse expected = await PatchAsync(absent[3], """{"vibe":"stolen"}""");
        Assert.Equal(404, expected.Status);
        Assert.Equal("""{"error":{"code":"NOT_FOUND","message":"Influencer not found.","requestId":"req_"}}""", expected.WithoutRequestId);
        foreach (string path in absent)
        {
            foreach (ApiResponse response in (ApiResponse[])[await PatchAsync(path, """{"vibe":"stolen"}"""), await GetAsync(path)])
            {
                Assert.Equal(404, response.Status);
                Assert.Equal(expected.WithoutRequestId, response.WithoutRequestId);
                Assert.Equal(expected.HeaderNames, response.HeaderNames);
            }
        }

        Assert.Equal("calm", (await GetAsync(theirs, DemoKeys.Other)).Json.GetProperty("vibe").GetString());
    }
}
