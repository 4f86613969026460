using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests;

public class PatchMergeTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"b":3,"c":4}""", """{"a":1,"b":3,"c":4}""", true)]
    [InlineData("""{"a":1,"b":2,"c":3}""", """{"b":null}""", """{"a":1,"c":3}""", true)]
    [InlineData("""{"a":1}""", """{"b":null}""", """{"a":1}""", false)]
    [InlineData("""{"a":1}""", """{"a":1.0}""", """{"a":1}""", false)]
    [InlineData("""{"a":{"x":1}}""", """{"a":{"y":2}}""", """{"a":{"y":2}}""", true)]
    [InlineData("""{"a":1}""", "{}", """{"a":1}""", false)]
    [InlineData(null, """{"a":null,"b":1}""", """{"b":1}""", true)]
    [InlineData("""{"c":1,"b":2,"a":3}""", """{"d":0,"b":null,"a":4}""", """{"c":1,"a":4,"d":0}""", true)]
    public void An_open_object_is_merged_one_level_deep_and_keeps_its_order(string? members, string sent, string expected, bool changed)
    {
        Assert.Equal(changed, PatchMerge.TryMergeOpen(Members(members), Members(sent), out Dictionary<string, JsonElement> merged));
        Assert.Equal(expected, "{" + string.Join(",", merged.Select(static m => $"\"{m.Key}\":{m.Value.GetRawText()}")) + "}");
    }

    private static Dictionary<string, JsonElement>? Members(string? json) =>
        json is null ? null : JsonElement.Parse(json).EnumerateObject().ToDictionary(static m => m.Name, static m => m.Value);
}
