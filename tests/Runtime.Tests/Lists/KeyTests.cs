using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.Runtime.Tests.Lists;

/// <summary>Keys of lists: how they are spelled in JSON.</summary>
public sealed class KeyTests
{
    [Theory]
    [InlineData("sBytes", "0 1 -1 127 -128", "128 -129 00 -0")]
    [InlineData("bytes", "0 255", "256 -1 +1 007")]
    [InlineData("shorts", "-32768 32767", "32768")]
    [InlineData("uShorts", "0 65535", "65536 -1")]
    [InlineData("ints", "7 -7 2147483647 -2147483648", "07 +7 -07 7.0 7e0 0x7 2147483648 \u0667 1,000 7\\u0000 \\u00207 7\\u0020 −7 a")]
    [InlineData("uInts", "4294967295", "4294967296 -0")]
    [InlineData("longs", "9223372036854775807 -9223372036854775808", "9223372036854775808")]
    [InlineData("uLongs", "18446744073709551615", "18446744073709551616 -1")]
    [InlineData(
        "guids",
        "0f8fad5b-d9cb-469f-a165-70867728950e 00000000-0000-0000-0000-000000000000",
        "0F8FAD5B-D9CB-469F-A165-70867728950E {0f8fad5b-d9cb-469f-a165-70867728950e} 0f8fad5bd9cb469fa16570867728950e "
        + "(0f8fad5b-d9cb-469f-a165-70867728950e) 0f8fad5b-d9cb-469f-a165-70867728950 7")]
    [InlineData("texts", "07 +7 a __proto__ constructor \\u0000 😀", "")]
    public void A_key_has_one_spelling(string member, string keys, string others)
    {
        foreach (string key in keys.Split(' '))
        {
            string body = BodyOf(member, key, "1");
            string written = Read.Written(Read.Ok<KeysPatch>(body));
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(written)), written);
        }

        foreach (string key in others.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string name = JsonSerializer.Deserialize<string>($"\"{key}\"")!;
            Assert.Equal($"Invalid /{member}/{name} bad_format", Read.Errors<KeysPatch>(BodyOf(member, key, "1")));
            Assert.Equal(
                $"Invalid /{member}/{name} bad_format, /{member}/{name}/weight wrong_type",
                Read.Errors<KeysPatch>(BodyOf(member, key, "true")));
        }
    }

    private static string BodyOf(string member, string key, string weight) =>
        "{\"" + member + "\":{\"" + key + "\":{\"weight\":" + weight + "}}}";

    [Fact]
    public void A_message_says_how_a_key_is_spelled()
    {
        Assert.Equal(
            "The key must be a whole number from 0 to 255, without leading zeros or a plus sign.",
            Read.Message<KeysPatch>("""{"bytes":{"07":{}}}"""));
        Assert.Equal(
            "The key must be a UUID in lower case, with hyphens and without braces.", Read.Message<KeysPatch>("""{"guids":{"x":null}}"""));
        Assert.Equal(
            "format=whole number from -128 to 127, without leading zeros or a plus sign",
            Read.Arguments<KeysPatch>("""{"sBytes":{"07":{}}}"""));
    }

    [Fact]
    public void Keys_are_spelled_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("sv-SE") { NumberFormat = { NegativeSign = "−" } };
            Assert.Equal("""{"ints":{"-7":null}}""", Read.Written(Read.Ok<KeysPatch>("""{"ints":{"-7":null}}""")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_schema_has_the_pattern_of_the_keys()
    {
        JsonNode properties = Schema<KeysPatch>()["properties"]!;
        JsonNode ints = properties["ints"]!["propertyNames"]!, guids = properties["guids"]!["propertyNames"]!;
        Assert.Equal("^(?:0|-?[1-9][0-9]*)$", (string?)ints["pattern"]);
        Assert.Equal("^(?:0|[1-9][0-9]*)$", (string?)properties["bytes"]!["propertyNames"]!["pattern"]);
        Assert.Equal("^(?:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$", (string?)guids["pattern"]);
        Assert.Null(properties["texts"]!["propertyNames"]!["pattern"]);
        Assert.Equal(3, (int?)Schema<BoxPatch>()["properties"]!["tags"]!["maxProperties"]);
    }

    private static JsonNode Schema<TPatch>()
        where TPatch : IPatch<TPatch>
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            TPatch.WriteJsonSchema(writer, PatchReadOptions.Default);
        }

        return JsonNode.Parse(stream.ToArray())!;
    }
}
