using System.Text;
using System.Text.Json;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Host.Tests.Framework;

/// <summary>Members are left out of an answer by copying the rest.</summary>
public sealed class AnswerJsonTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2,"c":3}""", "a", """{"b":2,"c":3}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "b", """{"a":1,"c":3}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "c", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "a,b", """{"c":3}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "a,c", """{"b":2}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "c,b", """{"a":1}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "a,b,c", "{}")]
    [InlineData("""{"a":1,"a":2,"b":3,"a":4}""", "a", """{"b":3}""")]
    [InlineData("{}", "a", "{}")]
    [InlineData("""{"a":1}""", "A", """{"a":1}""")]
    [InlineData("""{"a":{"b":1},"b":{"a":[1,{"b":2}]}}""", "b", """{"a":{"b":1}}""")]
    [InlineData("""{"\u0061":"},{\"b\":1","b":"é\ud83d\ude00"}""", "a", """{"b":"é\ud83d\ude00"}""")]
    [InlineData(""" { "a" : 1 , "b" : [ 2 ] , "c" : 3 } """, "a", """{"b" : [ 2 ] , "c" : 3}""")]
    [InlineData("""{"naïve":1,"💩":2}""", "naïve", """{"💩":2}""")]
    public void Members_at_the_top_are_left_out(string json, string members, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(AnswerJson.Without(Encoding.UTF8.GetBytes(json), members.Split(',')).Span));

    [Fact]
    public void Without_anything_to_leave_out_nothing_is_copied()
    {
        ReadOnlyMemory<byte> json = """{"a":1}"""u8.ToArray();
        Assert.True(AnswerJson.Without(json, []).Equals(json));
        Assert.True(AnswerJson.Without(json, ["b"]).Equals(json));
    }

    [Fact]
    public void Whatever_is_left_out_the_rest_is_the_same_JSON()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int round = 0; round < 500; round++)
        {
            Dictionary<string, object> all = Enumerable.Range(0, random.Next(8)).ToDictionary(
                i => $"m{i}", object (i) => random.Next(3) switch { 0 => i, 1 => "},\"m0\":{", _ => new Dictionary<string, int[]> { ["m1"] = [1, 2] } });
            string[] left = [.. Enumerable.Range(0, 8).Where(_ => random.Next(3) == 0).Select(i => $"m{i}")];
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(all, random.Next(2) == 0 ? JsonSerializerOptions.Default : Indented);
            ReadOnlyMemory<byte> answer = AnswerJson.Without(json, left);
            JsonElement expected = JsonSerializer.SerializeToElement(all.Where(member => !left.Contains(member.Key)).ToDictionary());
            Assert.True(JsonElement.DeepEquals(expected, JsonDocument.Parse(answer).RootElement), $"Seed {seed}, round {round}: {Encoding.UTF8.GetString(json)}");
        }
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
}
