using System.Text.Json;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Influencers;

/// <summary>The open object inside an influencer: merged one level deep, null clears a key.</summary>
public sealed class PersonalityTests(HostFixture host) : HostTest(host)
{
    // The initial value in each test.
    private const string Start = """{"traits":["curious","warm"],"humor":"dry","formality":"low","tone":{"base":1,"accent":2}}""";

    [Theory]
    [InlineData(
        "R21: keys not sent survive",
        """{"humor":"loud"}""",
        """{"traits":["curious","warm"],"humor":"loud","formality":"low","tone":{"base":1,"accent":2}}""")]
    [InlineData(
        "R22: an array is replaced whole",
        """{"traits":["direct"]}""",
        """{"traits":["direct"],"humor":"dry","formality":"low","tone":{"base":1,"accent":2}}""")]
    [InlineData(
        "R34: an object below is replaced whole",
        """{"tone":{"accent":3}}""",
        """{"traits":["curious","warm"],"humor":"dry","formality":"low","tone":{"accent":3}}""")]
    [InlineData(
        "R35: null clears a known key",
        """{"humor":null}""",
        """{"traits":["curious","warm"],"formality":"low","tone":{"base":1,"accent":2}}""")]
    [InlineData(
        "R35: null clears a known array", """{"traits":null}""", """{"humor":"dry","formality":"low","tone":{"base":1,"accent":2}}""")]
    [InlineData(
        "R35: null clears another key",
        """{"formality":null}""",
        """{"traits":["curious","warm"],"humor":"dry","tone":{"base":1,"accent":2}}""")]
    [InlineData(
        "A3: another key is kept",
        """{"values":["honesty",1,true,null]}""",
        """{"traits":["curious","warm"],"humor":"dry","formality":"low","tone":{"base":1,"accent":2},"values":["honesty",1,true,null]}""")]
    [InlineData(
        "A16: null further down is kept",
        """{"tone":{"base":null}}""",
        """{"traits":["curious","warm"],"humor":"dry","formality":"low","tone":{"base":null}}""")]
    [InlineData(
        "A17: no traits at all", """{"traits":[]}""", """{"traits":[],"humor":"dry","formality":"low","tone":{"base":1,"accent":2}}""")]
    public async Task R21_R22_R34_R35_A3_A16_Merge(string what, string sent, string expected)
    {
        string path = await Host.AddInfluencerAsync();
        Assert.Equal(Start, (await GetAsync(path)).Json.GetProperty("personality").GetRawText());
        ApiResponse response = await AcceptedAsync(path, $$"""{"personality":{{sent}}}""");
        JsonElement personality = response.Json.GetProperty("personality");
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), personality), $"{what}: {personality}");
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-0")]
    [InlineData("123456789012345678901234567890.123")]
    [InlineData("\"\\u0000\"")]
    [InlineData("[[],{},\"\",{\"\":1}]")]
    public async Task A17_Any_value_of_another_key_is_stored_as_sent(string value)
    {
        ApiResponse response = await AcceptedAsync(await Host.AddInfluencerAsync(), $$$"""{"personality":{"other":{{{value}}}}}""");
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(value), response.Json.GetProperty("personality").GetProperty("other")));
    }

    [Theory]
    [InlineData("constructor")]
    [InlineData("__proto__")]
    [InlineData("Humor")]
    [InlineData("name")]
    [InlineData("0")]
    [InlineData("a/b~c.d")]
    [InlineData("ключ")]
    [InlineData("💩")]
    public async Task A3_Any_name_that_is_not_empty_is_accepted(string name)
    {
        string path = await Host.AddInfluencerAsync();
        string sent = JsonSerializer.Serialize(new { personality = new Dictionary<string, int> { [name] = 1 } });
        ApiResponse response = await AcceptedAsync(path, sent);
        Assert.Equal(1, response.Json.GetProperty("personality").GetProperty(name).GetInt32());
        Assert.Equal("dry", response.Json.GetProperty("personality").GetProperty("humor").GetString());
    }

    [Fact]
    public async Task A17_64_keys_of_64_code_points_are_accepted()
    {
        string path = await Host.AddInfluencerAsync(change: influencer => influencer with { Personality = new() });
        Dictionary<string, int> keys = Enumerable.Range(0, 64).ToDictionary(
            i => $"{i:00}" + string.Concat(Enumerable.Repeat("💩", 62)), i => i);
        ApiResponse response = await AcceptedAsync(path, JsonSerializer.Serialize(new { personality = keys }));
        Assert.All(keys, key => Assert.Equal(key.Value, response.Json.GetProperty("personality").GetProperty(key.Key).GetInt32()));
    }

    [Fact]
    public async Task A17_More_than_64_keys_or_64_code_points_are_rejected()
    {
        string path = await Host.AddInfluencerAsync();
        await RejectedAsync(
            path,
            JsonSerializer.Serialize(new { personality = Enumerable.Range(0, 65).ToDictionary(i => $"k{i}", i => i) }),
            422,
            "VALIDATION");
        await RejectedAsync(
            path,
            JsonSerializer.Serialize(new { personality = new Dictionary<string, int> { [new string('x', 65)] = 1 } }),
            422,
            "VALIDATION");
        await RejectedAsync(path, """{"personality":{"":1}}""", 422, "VALIDATION");
    }

    [Theory]
    [InlineData("null", "null_not_allowed")]
    [InlineData("[]", "wrong_type")]
    [InlineData("\"warm\"", "wrong_type")]
    [InlineData("1", "wrong_type")]
    [InlineData("true", "wrong_type")]
    public async Task R23_Personality_must_be_an_object(string value, string code)
    {
        ApiResponse response = await RejectedAsync(await Host.AddInfluencerAsync(), $$"""{"personality":{{value}}}""", 422, "VALIDATION");
        Assert.Equal(["personality"], response.Fields);
        Assert.Equal([$"/personality {code}"], response.Issues);
    }

    [Theory]
    [InlineData("""{"traits":"warm"}""", "personality.traits", "/personality/traits wrong_type")]
    [InlineData("""{"traits":[1]}""", "personality.traits", "/personality/traits/0 wrong_type")]
    [InlineData("""{"traits":["warm",null]}""", "personality.traits", "/personality/traits/1 null_not_allowed")]
    [InlineData("""{"humor":1}""", "personality.humor", "/personality/humor wrong_type")]
    [InlineData("""{"humor":["dry"]}""", "personality.humor", "/personality/humor wrong_type")]
    public async Task A17_Known_traits_are_typed(string personality, string field, string issue)
    {
        ApiResponse response = await RejectedAsync(
            await Host.AddInfluencerAsync(), $$"""{"personality":{{personality}}}""", 422, "VALIDATION");
        Assert.Equal([field], response.Fields);
        Assert.Equal([issue], response.Issues);
    }
}
