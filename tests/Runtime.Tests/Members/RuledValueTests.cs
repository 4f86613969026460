using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Layers.PatchGen.Json;
using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests.Members;

/// <summary>Rules, each defined once and used by the reader, by <c>Validate</c> and by the schema.</summary>
public class RuledValueTests
{
    [Theory]
    [InlineData("\"a\"", "too_short")]
    [InlineData("\"ab\"", "")]
    [InlineData("\"abcd\"", "")]
    [InlineData("\"abcde\"", "too_long")]
    [InlineData("\"\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\"", "")]
    [InlineData("\"\\ud83d\\ude00\"", "too_short")]
    [InlineData("1", "wrong_type")]
    public void Length(string value, string code) =>
        Check(
            new RuledValue<string, StringValue, LengthRule>(PatchValues.String, new(2, 4)),
            value,
            code,
            """{"type":"string","minLength":2,"maxLength":4}""");

    [Theory]
    [InlineData("\"b7\"", "")]
    [InlineData("\"xb7x\"", "bad_format")]
    public void Pattern(string value, string code) =>
        Check(
            new RuledValue<string, StringValue, PatternRule>(PatchValues.String, new("[a-c][0-9]")),
            value,
            code,
            """{"type":"string","pattern":"^(?:[a-c][0-9])$"}""");

    [Theory]
    [InlineData("-6", "out_of_range")]
    [InlineData("-5", "")]
    [InlineData("7", "")]
    [InlineData("8", "out_of_range")]
    public void Range(string value, string code) =>
        Check(
            new RuledValue<int, IntegerValue<int>, RangeRule<int>>(PatchValues.Int32, new(-5, 7)),
            value,
            code,
            """{"type":"integer","minimum":-5,"maximum":7}""");

    [Theory]
    [InlineData("\"low\"", "")]
    [InlineData("\"Low\"", "not_allowed_value")]
    public void Allowed(string value, string code) =>
        Check(
            new RuledValue<string, StringValue, AllowedRule<string>>(PatchValues.String, new("low", "high")),
            value,
            code,
            """{"type":"string","enum":["low","high"]}""");

    [Theory]
    [InlineData("[]", "too_short")]
    [InlineData("[1]", "")]
    [InlineData("[1,2,3]", "too_long")]
    public void Count(string value, string code) =>
        Check(
            new RuledValue<int[], ArrayValue<int, IntegerValue<int>>, CountRule<int[], int>>(new(PatchValues.Int32), new(1, 2)),
            value,
            code,
            """{"type":"array","items":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"minItems":1,"maxItems":2}""");

    [Theory]
    [InlineData("\"a\"", "too_short failed_validation")]
    [InlineData("\"a@b.c\"", "")]
    [InlineData("\"ab\"", "failed_validation")]
    public void All_rules_of_a_member_are_called(string value, string codes) => Check(
        new RuledValue<string, StringValue, RuleList<string>>(
            PatchValues.String,
            new(new LengthRule(2, 8), new AttributeRule<string>("EmailAddress", "v", static () => new EmailAddressAttribute()))),
        value,
        codes,
        """{"type":"string","minLength":2,"maxLength":8,"x-rules":["EmailAddress"]}""");

    [Fact]
    public void A_rule_that_cannot_be_created_fails_on_first_use()
    {
        PatternRule rule = new("[");
        Assert.Throws<RegexParseException>(() =>
        {
            PatchProblemCollector problems = default;
            rule.Check(ref problems, "x");
        });
    }

    // The reader and Validate agree, and the schema has the rules.
    private static void Check<T, TRead, TRule>(RuledValue<T, TRead, TRule> codec, string value, string codes, string schema)
        where TRead : struct, IPatchValue<T>
        where TRule : struct, IMemberRule<T>
    {
        One<T, RuledValue<T, TRead, TRule>>.Use(codec);
        byte[] body = Encoding.UTF8.GetBytes($"{{\"v\":{value}}}");
        PatchReader.TryRead<One<T, RuledValue<T, TRead, TRule>>>(body, out _, out PatchProblems read);
        Assert.Equal(codes, string.Join(" ", read.Select(static problem => problem.Code)));
        Assert.All(read, static problem => Assert.Equal("/v", problem.Pointer));
        One<T, TRead>.Use(codec.Value);
        if (PatchReader.TryRead<One<T, TRead>>(body, out var loose, out _))
        {
            PatchProblemCollector validated = default;
            codec.Check(ref validated, loose.Value!);
            Assert.Equal(codes, string.Join(" ", validated.ToProblems().Select(static problem => problem.Code)));
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            PatchSchemaWriter.Write<One<T, RuledValue<T, TRead, TRule>>>(writer, null);
        }

        Assert.Equal(schema, JsonNode.Parse(stream.ToArray())!["properties"]!["v"]!.ToJsonString());
    }
}
