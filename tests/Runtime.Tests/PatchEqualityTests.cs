using System.Text.Json;
using System.Text.Json.Nodes;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests;

public class PatchEqualityTests
{
    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("1e2", "100", true)]
    [InlineData("1", "2", false)]
    [InlineData("1e99999999999", "1e99999999999", true)]
    [InlineData("1e99999999999", "2e99999999999", false)]
    [InlineData("[1e99999999999]", "[1]", false)]
    [InlineData("\"\\u0061\"", "\"a\"", true)]
    [InlineData("\"a\"", "\"A\"", false)]
    [InlineData("""{"a":1,"b":[true]}""", """{"b":[true],"a":1.0}""", true)]
    [InlineData("""{"p\u00e4ron":1e99999999999}""", """{"päron":1e99999999999}""", true)]
    [InlineData("""{"a":1}""", """{"a":1,"b":1}""", false)]
    [InlineData("""{"a":1,"b":1}""", """{"a":1}""", false)]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("[1]", "[1,1]", false)]
    [InlineData("null", "false", false)]
    [InlineData("true", "true", true)]
    public void Json_is_compared_by_value(string left, string right, bool same)
    {
        Assert.Equal(same, PatchEquality.Same(JsonElement.Parse(left), JsonElement.Parse(right)));
        Assert.Equal(same, PatchEquality.Same(JsonElement.Parse(right), JsonElement.Parse(left)));
    }

    [Fact]
    public void An_undefined_JsonElement_equals_only_itself()
    {
        Assert.True(PatchEquality.Same(default(JsonElement), default));
        Assert.False(PatchEquality.Same(default, JsonElement.Parse("null")));
        Assert.True(PatchEquality.Same(PatchValues.JsonElement, (JsonElement?)null, null));
        Assert.False(PatchEquality.Same(PatchValues.JsonElement, (JsonElement?)null, default(JsonElement)));
    }

    [Fact]
    public void Nodes_with_very_large_exponents_can_be_compared()
    {
        JsonNode left = JsonNode.Parse("[1e99999999999]")!;
        Assert.True(PatchEquality.Same(left, JsonNode.Parse("[1e99999999999]")));
        Assert.False(PatchEquality.Same(left, JsonNode.Parse("[2e99999999999]")));
        Assert.False(PatchEquality.Same(left, (JsonNode?)null));
    }

    [Fact]
    public void Uris_with_different_fragments_are_different() =>
        Assert.False(PatchEquality.Same(PatchValues.Uri, new Uri("http://a/#b"), new Uri("http://a/#c")));

    [Fact]
    public void Collections_are_compared_item_by_item_in_order()
    {
        ArrayValue<int, IntegerValue<int>> codec = new(PatchValues.Int32);
        Assert.True(PatchEquality.SameItems(codec, [1, 2], new List<int> { 1, 2 }));
        Assert.True(PatchEquality.SameItems(codec, [1, 2], [1, 2]));
        Assert.False(PatchEquality.SameItems(codec, [1, 2], new List<int> { 1 }));
        Assert.False(PatchEquality.SameItems(codec, [1], new List<int> { 1, 2 }));
        Assert.False(PatchEquality.SameItems(codec, [1, 2], new List<int> { 2, 1 }));
        Assert.False(PatchEquality.SameItems<int, ArrayValue<int, IntegerValue<int>>>(codec, [], null));
        Assert.True(PatchEquality.SameItems<int, ArrayValue<int, IntegerValue<int>>>(codec, null, null));
    }

    [Fact]
    public void Nested_collections_are_compared_by_their_items()
    {
        ArrayValue<byte[], TextValue<byte[], BytesText>> codec = new(PatchValues.Bytes);
        Assert.True(PatchEquality.SameItems(codec, [[1, 2]], new List<byte[]> { new byte[] { 1, 2 } }));
        Assert.Equal(codec.Hash([[1, 2]]), codec.Hash([[1, 2]]));
    }
}
