using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Layers.PatchGen.Json;
using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

public class ValueTests
{
    private static readonly EnumValue<Gender> GenderValue = PatchValues.Enum(
        ("male", Gender.Male), ("female", Gender.Female), ("non\"binary", Gender.NonBinary), ("unbestimmt (é)", Gender.Unspecified));

    [Fact]
    public void Integers_are_read_within_the_range_of_their_type()
    {
        AssertLimits(PatchValues.SByte, sbyte.MinValue, sbyte.MaxValue, "-129", "128");
        AssertLimits(PatchValues.Byte, byte.MinValue, byte.MaxValue, "-1", "256");
        AssertLimits(PatchValues.Int16, short.MinValue, short.MaxValue, "-32769", "32768");
        AssertLimits(PatchValues.UInt16, ushort.MinValue, ushort.MaxValue, "-1", "65536");
        AssertLimits(PatchValues.Int32, int.MinValue, int.MaxValue, "-2147483649", "2147483648");
        AssertLimits(PatchValues.UInt32, uint.MinValue, uint.MaxValue, "-1", "4294967296");
        AssertLimits(PatchValues.Int64, long.MinValue, long.MaxValue, "-9223372036854775809", "9223372036854775808");
        AssertLimits(PatchValues.UInt64, ulong.MinValue, ulong.MaxValue, "-1", "18446744073709551616");
    }

    [Fact]
    public void Integers_of_every_length_are_read()
    {
        for (int digits = 1; digits <= 18; digits++)
        {
            string text = "123456789123456789"[..digits];
            Assert.Equal(
                long.Parse(text, CultureInfo.InvariantCulture),
                ValueOf.Ok<long, IntegerValue<long>>(PatchValues.Int64, text));
            Assert.Equal(
                -long.Parse(text, CultureInfo.InvariantCulture),
                ValueOf.Ok<long, IntegerValue<long>>(PatchValues.Int64, "-" + text));
        }

        Assert.Equal(0, ValueOf.Ok<int, IntegerValue<int>>(PatchValues.Int32, "-0"));
        Assert.Equal(0u, ValueOf.Ok<uint, IntegerValue<uint>>(PatchValues.UInt32, "-0"));
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e2")]
    [InlineData("1E0")]
    [InlineData("0.5")]
    [InlineData("-1.5e3")]
    [InlineData("\"1\"")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void Fractions_and_exponents_are_rejected_as_integers(string json) =>
        Assert.Equal("wrong_type: Must be a whole number.", ValueOf.Errors<int, IntegerValue<int>>(PatchValues.Int32, json));

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("-1E+300", -1e300)]
    [InlineData("0.1", 0.1)]
    [InlineData("1e-999999999999999", 0)]
    [InlineData("0e999999999999999", 0)]
    [InlineData("1.7976931348623157E+308", double.MaxValue)]
    public void Numbers_of_double_precision_are_read(string json, double value) =>
        Assert.Equal(value, ValueOf.Ok<double, FloatValue<double>>(PatchValues.Double, json));

    [Fact]
    public void Fractions_of_any_length_are_read() =>
        Assert.Equal(12345.0, ValueOf.Ok<double, FloatValue<double>>(PatchValues.Double, $"12345.{new string('0', 5000)}"));

    [Theory]
    [InlineData("0.25", 0.25f)]
    [InlineData("3.4028235E38", float.MaxValue)]
    public void Numbers_of_single_precision_are_read(string json, float value) =>
        Assert.Equal(value, ValueOf.Ok<float, FloatValue<float>>(PatchValues.Single, json));

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("1e2", "100")]
    [InlineData("0e99999999999", "0")]
    public void Decimal_numbers_are_read(string json, string value) => Assert.Equal(
        decimal.Parse(value, CultureInfo.InvariantCulture), ValueOf.Ok<decimal, DecimalValue>(PatchValues.Decimal, json));

    [Fact]
    public void Equal_numbers_have_equal_hashes()
    {
        Assert.Equal(PatchValues.Decimal.Hash(1.0m), PatchValues.Decimal.Hash(1.000m));
        Assert.Equal(PatchValues.Double.Hash(0.0), PatchValues.Double.Hash(-0.0));
    }

    [Theory]
    [InlineData("1e309")]
    [InlineData("-1e999999999999")]
    public void Numbers_that_are_too_large_are_out_of_range(string json)
    {
        Assert.StartsWith(
            "out_of_range: Must be between -1.7976931348623157E+308 and ",
            ValueOf.Errors<double, FloatValue<double>>(PatchValues.Double, json));
        Assert.StartsWith(
            "out_of_range: Must be between -3.4028235E+38 and ", ValueOf.Errors<float, FloatValue<float>>(PatchValues.Single, json));
        Assert.Equal(
            "out_of_range: Must be between -79228162514264337593543950335 and 79228162514264337593543950335.",
            ValueOf.Errors<decimal, DecimalValue>(PatchValues.Decimal, json));
        Assert.StartsWith("out_of_range", ValueOf.Errors<double, FloatValue<double>>(PatchValues.Double, new string('9', 5000)));
    }

    [Theory]
    [InlineData("\"1.5\"")]
    [InlineData("\"NaN\"")]
    [InlineData("false")]
    public void Other_values_are_rejected_as_numbers(string json)
    {
        Assert.Equal("wrong_type: Must be a number.", ValueOf.Errors<double, FloatValue<double>>(PatchValues.Double, json));
        Assert.Equal("wrong_type: Must be a number.", ValueOf.Errors<decimal, DecimalValue>(PatchValues.Decimal, json));
    }

    [Fact]
    public void Booleans_are_read()
    {
        Assert.True(ValueOf.Ok<bool, BooleanValue>(PatchValues.Boolean, "true"));
        Assert.False(ValueOf.Ok<bool, BooleanValue>(PatchValues.Boolean, "false"));
        foreach (string json in new[] { "\"true\"", "1", "0", "[]", "{}" })
        {
            Assert.Equal("wrong_type: Must be true or false.", ValueOf.Errors<bool, BooleanValue>(PatchValues.Boolean, json));
        }
    }

    [Theory]
    [InlineData("\"male\"", Gender.Male)]
    [InlineData("\"female\"", Gender.Female)]
    [InlineData("\"\\u0066emale\"", Gender.Female)]
    [InlineData("\"fema\\u006ce\"", Gender.Female)]
    [InlineData("\"non\\\"binary\"", Gender.NonBinary)]
    [InlineData("\"non\\u0022binary\"", Gender.NonBinary)]
    [InlineData("\"unbestimmt (é)\"", Gender.Unspecified)]
    [InlineData("\"unbestimmt (\\u00E9)\"", Gender.Unspecified)]
    public void Enums_are_read_by_their_names(string json, Gender value) =>
        Assert.Equal(value, ValueOf.Ok<Gender, EnumValue<Gender>>(GenderValue, json));

    [Theory]
    [InlineData("\"MALE\"")]
    [InlineData("\" male\"")]
    [InlineData("\"male \"")]
    [InlineData("\"male, female\"")]
    [InlineData("\"Male\"")]
    [InlineData("\"mal\"")]
    [InlineData("\"\"")]
    [InlineData("\"0\"")]
    [InlineData("\"unbestimmt (e\u0301)\"")]
    public void Other_strings_are_rejected_as_enums(string json) =>
        Assert.Equal(
            "not_allowed_value: Must be one of: male, female, non\"binary, unbestimmt (é).",
            ValueOf.Errors<Gender, EnumValue<Gender>>(GenderValue, json));

    [Fact]
    public void Enums_are_strings_with_declared_names()
    {
        Assert.Equal("wrong_type: Must be a string.", ValueOf.Errors<Gender, EnumValue<Gender>>(GenderValue, "0"));
        Assert.Throws<ArgumentOutOfRangeException>(() => ValueOf.Written(GenderValue, (Gender)17));
        Assert.Equal("allowed=tiktok, instagram", Read.Arguments<EngagementPatch>("""{"firstComment":{"targets":["x"]}}"""));
    }

    [Fact]
    public void Arrays_are_read()
    {
        ArrayValue<string, StringValue> strings = new(PatchValues.String);
        foreach (int count in new[] { 0, 1, 2, 7, 8, 9, 31, 32, 33, 64, 65, 1000 })
        {
            string[] items = [.. Enumerable.Range(0, count).Select(i => $"item {i}")];
            Assert.Equal(items, ValueOf.Ok<string[], ArrayValue<string, StringValue>>(strings, JsonSerializer.Serialize(items)));
        }

        Assert.Equal(["a", "b"], ValueOf.Ok<string[], ArrayValue<string, StringValue>>(strings, " [ \"a\" \n,\t\"b\" ] "));
        Assert.Equal("wrong_type: Must be an array.", ValueOf.Errors<string[], ArrayValue<string, StringValue>>(strings, "{}"));
        Assert.Equal("wrong_type: Must be an array.", ValueOf.Errors<string[], ArrayValue<string, StringValue>>(strings, "\"a\""));
        Assert.False(strings.AreEqual(["a"], ["a", "b"]));
        Assert.False(strings.AreEqual(["a", "c"], ["a", "b"]));
    }

    [Fact]
    public void Duplicate_items_of_a_distinct_array_are_removed()
    {
        DistinctArrayValue<int, IntegerValue<int>> numbers = new(PatchValues.Int32);
        Random random = new(3);
        foreach (int range in new[] { 1, 3, 15, 16, 17, 40, 1000 })
        {
            int[] items = [.. Enumerable.Range(0, 200).Select(_ => random.Next(range))];
            Assert.Equal(
                items.Distinct(), ValueOf.Ok<int[], DistinctArrayValue<int, IntegerValue<int>>>(numbers, JsonSerializer.Serialize(items)));
        }

        Assert.Equal(
            [Platform.TikTok, Platform.Instagram],
            Read.Ok<EngagementPatch>("""{"firstComment":{"targets":["tiktok","instagram","tiktok"]}}""").FirstComment!.Targets!);
        Assert.Empty(Read.Ok<EngagementPatch>("""{"firstComment":{"targets":[]}}""").FirstComment!.Targets!);
        Assert.Equal(
            "Invalid /firstComment/targets/1 null_not_allowed",
            Read.Errors<EngagementPatch>("""{"firstComment":{"targets":["tiktok",null,"tiktok"]}}"""));
    }

    [Fact]
    public void Distinct_JSON_is_compared_by_value_with_any_exponent()
    {
        DistinctArrayValue<JsonElement, JsonElementValue> any = new(PatchValues.JsonElement);
        JsonElement[] kept = ValueOf.Ok<JsonElement[], DistinctArrayValue<JsonElement, JsonElementValue>>(
            any, "[1e99999999999, 1e99999999999, 2e99999999999, 1, 1.0, {\"a\":1,\"b\":2}, {\"b\":2,\"a\":1}]");
        Assert.Equal(["1e99999999999", "2e99999999999", "1", "{\"a\":1,\"b\":2}"], kept.Select(static item => item.GetRawText()));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("\"a\\u00e9\"")]
    [InlineData("[1,[2,null],{\"a\":1.50,\"b\":\"x\"}]")]
    [InlineData("{\"a\":{\"a\":{}}}")]
    public void Any_json_is_kept(string json)
    {
        Assert.Equal(json, ValueOf.Ok<JsonElement, JsonElementValue>(PatchValues.JsonElement, json).GetRawText());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), ValueOf.Ok<JsonNode, JsonNodeValue>(PatchValues.JsonNode, json)));
    }

    [Fact]
    public void Any_JSON_is_validated()
    {
        One<JsonNode, JsonNodeValue>.Use(default);
        Assert.Equal("Invalid /v/0/a duplicate_member", Read.Errors<One<JsonNode, JsonNodeValue>>("""{"v":[{"a":1,"a":2}]}"""));
        Assert.Equal("Invalid /v null_not_allowed", Read.Errors<One<JsonElement, JsonElementValue>>("""{"v":null}"""));
        Assert.Equal("Malformed  malformed", Read.Errors<One<JsonNode, JsonNodeValue>>("""{"v":["\ud800"]}"""));
    }

    [Fact]
    public void JSON_is_compared_by_value()
    {
        static JsonElement Of(string json) => JsonElement.Parse(json);
        JsonElementValue value = PatchValues.JsonElement;
        (string Left, string Right)[] same =
            [("1", "1.0"), ("100", "1e2"), ("\"a\"", "\"\\u0061\""), ("{\"a\":1,\"b\":[2]}", "{ \"b\":[2.0], \"a\":1 }"), ("-0", "0")];
        foreach ((string left, string right) in same)
        {
            Assert.True(value.AreEqual(Of(left), Of(right)));
            Assert.Equal(value.Hash(Of(left)), value.Hash(Of(right)));
            Assert.Equal(PatchValues.JsonNode.Hash(JsonNode.Parse(left)!), PatchValues.JsonNode.Hash(JsonNode.Parse(right)!));
        }

        Assert.False(value.AreEqual(Of("[1,2]"), Of("[2,1]")));
        Assert.NotEqual(value.Hash(Of("[1,2]")), value.Hash(Of("[2,1]")));
        Assert.NotEqual(value.Hash(Of("{\"a\":1}")), value.Hash(Of("{\"b\":1}")));
    }

    private static void AssertLimits<T>(IntegerValue<T> value, T min, T max, string below, string above)
        where T : struct, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T>
    {
        string outOfRange =
            string.Create(CultureInfo.InvariantCulture, $"out_of_range: Must be between {min} and {max}.");
        Assert.Equal(min, ValueOf.Ok<T, IntegerValue<T>>(value, min.ToString(null, null)));
        Assert.Equal(max, ValueOf.Ok<T, IntegerValue<T>>(value, max.ToString(null, null)));
        Assert.Equal(outOfRange, ValueOf.Errors<T, IntegerValue<T>>(value, below));
        Assert.Equal(outOfRange, ValueOf.Errors<T, IntegerValue<T>>(value, above));
        Assert.Equal(outOfRange, ValueOf.Errors<T, IntegerValue<T>>(value, new string('9', 5000)));
        Assert.Equal(outOfRange, ValueOf.Errors<T, IntegerValue<T>>(value, "-" + new string('9', 5000)));
    }
}
