using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Ranges as in DataAnnotations: any limits for every type of number, exclusive limits, dates and times.</summary>
public sealed partial class RangeTests
{
    [Theory]
    [InlineData("price", "0.01", "0", "min=0.01: Must be at least 0.01.")]
    [InlineData("price", "79228162514264337593543950335", "0.00999", "min=0.01: Must be at least 0.01.")]
    [InlineData(
        "positive",
        "0.0000000000000000000000000001",
        "0",
        "min=0.0000000000000000000000000001: Must be at least 0.0000000000000000000000000001.")]
    [InlineData("stock", "32767", "-1", "min=0: Must be at least 0.")]
    [InlineData("level", "0", "6", "max=5: Must be at most 5.")]
    [InlineData("half", "1", "0", "min=1 max=2: Must be between 1 and 2.")]
    [InlineData("half", "2", "3", "min=1 max=2: Must be between 1 and 2.")]
    [InlineData(
        "safe",
        "9007199254740991",
        "9007199254740992",
        "min=-9007199254740991 max=9007199254740991: Must be between -9007199254740991 and 9007199254740991.")]
    [InlineData("big", "18446744073709551615", "9", "min=10: Must be at least 10.")]
    [InlineData("between", "2", "1", "min=2 max=4: Must be between 2 and 4.")]
    [InlineData("between", "4", "5", "min=2 max=4: Must be between 2 and 4.")]
    [InlineData("part", "0.999", "1", "min=0 exclusiveMax=1: Must be at least 0 and less than 1.")]
    [InlineData("above", "0.001", "0", "exclusiveMin=0: Must be greater than 0.")]
    [InlineData("single", "0.7", "0.71", "min=0.1 max=0.7: Must be between 0.1 and 0.7.")]
    [InlineData("huge", "3e38", "-1", "min=0: Must be at least 0.")]
    [InlineData("rate", "0.5", "0", "exclusiveMin=0 max=1.5: Must be greater than 0 and at most 1.5.")]
    [InlineData("day", "\"2000-01-01\"", "\"1999-12-31\"", "min=2000-01-01 max=2100-01-01: Must be between 2000-01-01 and 2100-01-01.")]
    [InlineData("day", "\"2100-01-01\"", "\"2100-01-02\"", "min=2000-01-01 max=2100-01-01: Must be between 2000-01-01 and 2100-01-01.")]
    [InlineData("time", "\"18:00:00\"", "\"18:00:00.1\"", "min=08:00:00 max=18:00:00: Must be between 08:00:00 and 18:00:00.")]
    [InlineData(
        "at",
        "\"2000-01-01T00:00:00Z\"",
        "\"2000-01-01T00:00:00+00:01\"",
        "min=2000-01-01T00:00:00Z exclusiveMax=2000-01-02T12:30:15.5Z: "
        + "Must be at least 2000-01-01T00:00:00Z and less than 2000-01-02T12:30:15.5Z.")]
    [InlineData(
        "instant",
        "\"2000-01-01T01:00:00+01:00\"",
        "\"2000-01-03T00:00:00Z\"",
        "min=2000-01-01T00:00:00+00:00 max=2000-01-02T12:30:15.5+00:00: "
        + "Must be between 2000-01-01T00:00:00+00:00 and 2000-01-02T12:30:15.5+00:00.")]
    public void Limits_are_exact(string member, string good, string bad, string message)
    {
        Assert.Empty(Read.Ok<RangePatch>($"{{\"{member}\":{good}}}").Validate());
        PatchProblem problem = Assert.Single(Read.Problems<RangePatch>($"{{\"{member}\":{bad}}}"));
        Assert.Equal(("/" + member, "out_of_range"), (problem.Pointer, problem.Code));
        Assert.Equal(message, $"{string.Join(' ', problem.Arguments.Select(static a => $"{a.Key}={a.Value}"))}: {problem.Message}");
    }

    [Theory]
    [InlineData("part", """{"type":"number","minimum":0,"exclusiveMaximum":1}""")]
    [InlineData("above", """{"type":"number","exclusiveMinimum":0,"maximum":1.7976931348623157E+308}""")]
    [InlineData("stock", """{"type":"integer","minimum":0,"maximum":32767}""")]
    [InlineData("day", """{"type":"string","format":"date","formatMinimum":"2000-01-01","formatMaximum":"2100-01-01"}""")]
    [InlineData("picture", """{"type":"string","contentEncoding":"base64","pattern":"P","minLength":4,"maxLength":8}""")]
    [InlineData(
        "counts",
        """{"type":"object","additionalProperties":{"type":"integer","minimum":-2147483648,"maximum":2147483647}"""
            + ""","propertyNames":{"minLength":1,"maxLength":64},"maxProperties":2}""")]
    public void The_schema_has_the_limits(string member, string expected)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            RangePatch.WriteJsonSchema(writer);
        }

        JsonNode schema = JsonNode.Parse(stream.ToArray())!["properties"]![member]!;
        if (schema["pattern"] is not null)
        {
            schema["pattern"] = "P";
        }

        Assert.Equal(expected, schema.ToJsonString());
    }

    /// <summary>
    /// Integers, compared with DataAnnotations: limits within and outside the range of the type, with and without a fraction.
    /// </summary>
    [Fact]
    public void Whole_numbers_agree_with_DataAnnotations()
    {
        Check(new RangeAttribute(-1e30, 100.5), "cut", sbyte.MinValue, sbyte.MaxValue);
        Check(new RangeAttribute(-0.5, 99.5) { MinimumIsExclusive = true }, "cutOpen", sbyte.MinValue, sbyte.MaxValue);
        Check(new RangeAttribute(-3, 7) { MinimumIsExclusive = true, MaximumIsExclusive = true }, "open", sbyte.MinValue, sbyte.MaxValue);
        Check(new RangeAttribute(typeof(int), "-3", "1000"), "text", sbyte.MinValue, sbyte.MaxValue);

        static void Check(RangeAttribute attribute, string member, int from, int to)
        {
            for (int i = from; i <= to; i++)
            {
                bool isValid = PatchReader.TryRead<WholePatch>(
                    System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"{member}\":{i}}}")), out _, out _);
                Assert.True(attribute.IsValid(i) == isValid, $"{member} {i}");
            }
        }
    }

    [Theory]
    [InlineData("""{"picture":"AAAAAAA="}""", "")]
    [InlineData("""{"picture":"AAAAAAAA"}""", "Invalid /picture too_long")]
    [InlineData("""{"picture":"AA=="}""", "Invalid /picture too_short")]
    [InlineData("""{"counts":{"a":1,"b":2}}""", "")]
    [InlineData("""{"counts":{"a":1,"b":2,"c":3}}""", "Invalid /counts too_long")]
    [InlineData("""{"texts":{"a":"x","b":null,"c":null}}""", "")]
    [InlineData("""{"texts":{"a":"x","b":"y","c":null}}""", "Invalid /texts too_long")]
    [InlineData("""{"sizes":{"a":1,"b":null}}""", "")]
    [InlineData("""{"sizes":{"a":1,"b":2}}""", "Invalid /sizes too_long")]
    public void Bytes_and_dictionaries_have_a_length(string body, string errors)
    {
        if (errors.Length == 0)
        {
            Assert.Empty(Read.Ok<RangePatch>(body).Validate());
        }
        else
        {
            Assert.Equal(errors, Read.Errors<RangePatch>(body));
        }
    }

    [Patch]
    internal sealed partial record RangePatch
    {
        [Range(0.01, double.MaxValue)]
        public partial decimal Price { get; init; }

        [Range(double.Epsilon, double.PositiveInfinity)]
        public partial decimal Positive { get; init; }

        [Range(0, int.MaxValue)]
        public partial short Stock { get; init; }

        [Range(int.MinValue, 5)]
        public partial byte? Level { get; init; }

        [Range(0.5, 2.5)]
        public partial int Half { get; init; }

        [Range(-9007199254740991, 9007199254740991)]
        public partial long Safe { get; init; }

        [Range(10, double.MaxValue)]
        public partial ulong Big { get; init; }

        [Range(1, 5, MinimumIsExclusive = true, MaximumIsExclusive = true)]
        public partial int Between { get; init; }

        [Range(0.0, 1.0, MaximumIsExclusive = true)]
        public partial double Part { get; init; }

        [Range(0, double.MaxValue, MinimumIsExclusive = true)]
        public partial double Above { get; init; }

        [Range(0.1, 0.7)]
        public partial float Single { get; init; }

        [Range(0, double.MaxValue)]
        public partial float Huge { get; init; }

        [Range(typeof(decimal), "0", "1.5", MinimumIsExclusive = true)]
        public partial decimal Rate { get; init; }

        [Range(typeof(DateOnly), "2000-01-01", "2100-01-01")]
        public partial DateOnly Day { get; init; }

        [Range(typeof(TimeOnly), "08:00", "18:00")]
        public partial TimeOnly? Time { get; init; }

        [Range(typeof(DateTime), "2000-01-01", "2000-01-02T12:30:15.5Z", MaximumIsExclusive = true)]
        public partial DateTime At { get; init; }

        [Range(typeof(DateTimeOffset), "2000-01-01", "2000-01-02T12:30:15.5Z")]
        public partial DateTimeOffset Instant { get; init; }

        [Length(2, 5)]
        public partial byte[] Picture { get; init; }

        [MaxLength(2)]
        public partial Dictionary<string, int> Counts { get; init; }

        [MaxLength(1)]
        public partial IReadOnlyDictionary<string, string?>? Texts { get; init; }

        [MaxLength(1)]
        public partial Dictionary<string, int?> Sizes { get; init; }
    }

    [Patch]
    internal sealed partial record WholePatch
    {
        [Range(-1e30, 100.5)]
        public partial sbyte Cut { get; init; }

        [Range(-0.5, 99.5, MinimumIsExclusive = true)]
        public partial sbyte CutOpen { get; init; }

        [Range(-3, 7, MinimumIsExclusive = true, MaximumIsExclusive = true)]
        public partial sbyte Open { get; init; }

        [Range(typeof(int), "-3", "1000")]
        public partial sbyte Text { get; init; }
    }
}
