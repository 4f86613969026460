using System.Text;
using Layers.PatchGen.Json;
using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

public class GrammarTests
{
    public static TheoryData<string> Values =>
    [
        // Numbers.
        "0", "-0", "1", "-1", "10", "0.5", "-0.5", "1e5", "1E+5", "1e-5", "1.25e2", "0e0", "9007199254740993", new string('7', 5000),
        "1e999999999999",
        "01", "-01", "00", "-", "+1", ".5", "1.", "1.e5", "-.5", "1e", "1e+", "1e-", "1e5.5", "0x10", "1_000", "Infinity", "NaN",
        "-Infinity", "1 2", "--1", "1-", "1a",

        // Literals.
        "true", "false", "null", "tru", "truee", "True", "nul", "nulll", "fals", "falsee", "FALSE", "undefined", "t", "n", "f",

        // Strings.
        "\"\"", "\"a\"", "\"a", "'a'", "\"\\\"\"", "\"\\\\\"", "\"\\/\\b\\f\\n\\r\\t\"", "\"\\a\"", "\"\\U0041\"", "\"\\u0041\"",
        "\"\\u00e9\"", "\"\\u00E9\"", "\"\\u004\"",
        "\"\\u004g\"", "\"\\u\"", "\"\\\"", "\"\\", "\"\\u00", "\"\\u0000\"", "\"\u007f\"", "\"\u0001\"", "\"\n\"", "\"\t\"", "\"\u0000\"",
        "\"é\"", "\"中文\"", "\"😀\"", "\"\uFFFE\"",
        "\"\\ud83d\\ude00\"", "\"\\uD83D\\uDE00\"", "\"\\ud83d\"", "\"\\ude00\"", "\"\\ude00\\ud83d\"", "\"\\ud83d\\ud83d\\ude00\"",
        "\"\\ud83dx\\ude00\"", "\"\\ud83d\\n\"", "\"\\ud83d\\u0041\"",
        "\"\\ud83d😀\"", "\"0123456789abcdef0123456789abcdef\"", "\"0123456789abcdef0123456789abcde\\u0041\"",
        "\"0123456789abcdef0123456789abcdé\"", "\"a\"b", "\"a\" \"b\"",

        // Objects and arrays.
        "{}", "[]", "[1]", "[1,2]", "[ 1 , 2 ]", "[1,]", "[,1]", "[1 2]", "[1", "[", "]", "[}", "{]", "{\"a\":1}",
        "{ \"a\" : 1 , \"b\" : [ ] }", "{\"a\":1,}", "{,}", "{\"a\"}",
        "{\"a\":}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}", "{1:1}", "{\"a\":1", "{\"a\":", "{\"a\"", "{\"a", "{", "}",
        "{\"\":1}", "[[[]]]", "[[[]]", "[]]", "{\"a\":{\"b\":{}}}",
        "{\"\\ud800\":1}", "{\"a\\x\":1}", "[\"\\ud800\"]", "{\"é\":1}",

        // Not JSON.
        "", " ", "\u00A01", "\u20281", "\uFEFF1", "// c\n1", "/* c */1", "1//", "\f1", "\v1", "\u00001", "1\u0000", "#1", "a",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void Accepts_what_the_platform_accepts(string value)
    {
        foreach (
            string body in new[]
            {
                value,
                $" \t\r\n{value} \t\r\n",
                $"{{\"personality\":{{\"x\":{value}}}}}",
                $"{{\"v\":[{value}]}}",
                $"{{\"x\":{value}, \"name\" : {value}}}",
                $"{value},",
                $"{value} x",
            })
        {
            AssertSame(Encoding.UTF8.GetBytes(body));
        }
    }

    // Longer than one block, and each length that has a fast path.
    [Fact]
    public void White_space_of_any_length_is_allowed_between_tokens()
    {
        string[] tokens =
        [
            "{", "\"enabled\"", ":", "true", ",", "\"firstComment\"", ":", "{", "\"targets\"", ":", "[", "\"tiktok\"", ",", "\"instagram\"",
            "]", "}", "}",
        ];
        string compact = string.Concat(tokens);
        for (int length = 1; length <= 40; length++)
        {
            string space = string.Concat(Enumerable.Range(0, length).Select(i => "\n \t\r"[(i * i + length) % 4]));
            Assert.Equal(compact, Read.Written(Read.Ok<EngagementPatch>(string.Concat(tokens.Select(token => space + token)) + space)));
            for (int gap = 0; gap < tokens.Length; gap++)
            {
                string body = string.Concat(tokens[..gap]) + space + string.Concat(tokens[gap..]);
                Assert.Equal(compact, Read.Written(Read.Ok<EngagementPatch>(body)));
                foreach (char other in "\0\v\f\u00A0x,")
                {
                    string wrong =
                        string.Concat(tokens[..gap]) + space[..(length / 2)] + other + space[(length / 2)..] + string.Concat(tokens[gap..]);
                    AssertSame(Encoding.UTF8.GetBytes(wrong));
                    Assert.StartsWith("Malformed", Read.Errors<EngagementPatch>(wrong), StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void Strings_of_any_length_are_read()
    {
        foreach (string other in new[] { "x", "é", "中", "😀" })
        {
            for (int length = 0; length <= 40; length++)
            {
                for (int at = 0; at <= length; at++)
                {
                    string text = new string('a', at) + other + new string('b', length - at);
                    Assert.Equal(text, Read.Ok<InfluencerPatch>($$"""{"vibe":"{{text}}"}""").Vibe);
                }
            }
        }
    }

    public static TheoryData<string> RawStrings =>
    [
        // UTF-8: overlong forms, surrogates, beyond U+10FFFF, truncated sequences, stray continuation bytes.
        "C3A9", "E4B8AD", "F09F9880", "F48FBFBF", "EFBFBF", "C2", "C3", "E4B8", "E4", "F09F98", "80", "BF", "C080", "C1BF", "E08080",
        "E09FBF", "EDA080", "EDBFBF", "F08080AF", "F0808080",
        "F4908080", "F8888080", "FE", "FF", "C3A9C3", "61C3", "C361", "E4B861", "EDA0BDEDB880",
    ];

    [Theory]
    [MemberData(nameof(RawStrings))]
    public void Accepts_the_bytes_that_the_platform_accepts(string hex)
    {
        byte[] raw = Convert.FromHexString(hex);
        foreach (string filler in new[] { "", "0123456789", "0123456789abcdef0123456789abcdef", "\\u0041", "\\n0123456789abcdef" })
        {
            AssertSame([.. "{\"name\":\""u8, .. Encoding.UTF8.GetBytes(filler), .. raw, .. "\"}"u8]);
            AssertSame([.. "{\"name\":\""u8, .. raw, .. Encoding.UTF8.GetBytes(filler), .. "\"}"u8]);
            AssertSame([.. "{\""u8, .. Encoding.UTF8.GetBytes(filler), .. raw, .. "\":1}"u8]);
            AssertSame([.. "{\"unknown\":{\"x\":[\""u8, .. raw, .. "\"]}}"u8]);
            AssertSame([.. "{\"personality\":{\""u8, .. raw, .. "\":\""u8, .. Encoding.UTF8.GetBytes(filler), .. raw, .. "\"}}"u8]);
        }

        AssertSame(raw);
        AssertSame([.. "{}"u8, .. raw]);
        AssertSame([.. raw, .. "{}"u8]);
    }

    [Fact]
    public void Accepts_every_byte_where_the_platform_does()
    {
        for (int b = 0; b <= 0xFF; b++)
        {
            AssertSame([(byte)b]);
            AssertSame([.. "{\"name\":\"a"u8, (byte)b, .. "\"}"u8]);
            AssertSame([.. "{\"name\":\"a\\"u8, (byte)b, .. "\"}"u8]);
            AssertSame([.. "{\"na"u8, (byte)b, .. "me\":1}"u8]);
            AssertSame([.. "{\"name\""u8, (byte)b, .. ":1}"u8]);
            AssertSame([.. "{\"name\":1"u8, (byte)b, .. "}"u8]);
            AssertSame([.. "{\"name\":1,"u8, (byte)b, .. "\"vibe\":1}"u8]);
            AssertSame([.. "{"u8, (byte)b, .. "\"vibe\":1}"u8]);
            AssertSame([.. "{\"x\":["u8, (byte)b, .. "]}"u8]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(256)]
    public void Counts_levels_as_the_platform_does(int maxDepth)
    {
        PatchReadOptions options = new() { MaxDepth = maxDepth };
        for (int depth = Math.Max(1, maxDepth - 2); depth <= maxDepth + 2; depth++)
        {
            foreach (string member in new[] { "unknown", "personality", "gender" })
            {
                string objects = string.Concat(Enumerable.Repeat($"{{\"{member}\":", depth - 1)) + "{}" + new string('}', depth - 1);
                string arrays = depth == 1 ? "{}" : $"{{\"{member}\":{new string('[', depth - 1)}{new string(']', depth - 1)}}}";
                AssertSame(Encoding.UTF8.GetBytes(objects), options);
                AssertSame(Encoding.UTF8.GetBytes(arrays), options);
            }

            AssertSame(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)), options);
        }
    }

    [Theory]
    [InlineData("", 0, "unexpected end of the body")]
    [InlineData("{\"name\":x}", 8, "expected a value")]
    [InlineData("\uFEFF{\"name\":x}", 11, "expected a value")]
    [InlineData("{name:1}", 1, "expected a member name in double quotes")]
    [InlineData("{\"name\"}", 7, "expected ':' after the member name")]
    [InlineData("{\"vibe\":1]", 9, "expected ',' or '}' after the member")]
    [InlineData("{\"x\":[1 2]}", 8, "expected ',' or ']' after the item")]
    [InlineData("{} {}", 3, "expected the end of the body")]
    [InlineData("{\"x\":-}", 6, "expected a digit")]
    [InlineData("{\"x\":01}", 5, "a number must not have leading zeros")]
    [InlineData("{\"x\":\"\n\"}", 6, "control characters in strings must be escaped")]
    [InlineData("{\"x\":\"\\a\"}", 6, "invalid escape")]
    [InlineData("""{"vibe":"e\ud800"}""", 10, "a surrogate must be part of a pair")]
    public void Messages_contain_the_offset_of_the_syntax_error(string body, int offset, string reason)
    {
        Assert.Equal($"Not valid JSON at byte {offset}: {reason}.", Read.Message<InfluencerPatch>(body));
        Assert.Equal($"offset={offset}", Read.Arguments<InfluencerPatch>(body));
    }

    [Fact]
    public void Messages_contain_the_offset_of_invalid_UTF8() => Assert.Equal(
        "Not valid JSON at byte 11: invalid UTF-8.",
        Read.Problems<InfluencerPatch>([.. "{\"vibe\":\"ab"u8, 0xFF, .. "\"}"u8])[0].Message);

    internal static void AssertSame(byte[] body, PatchReadOptions? options = null)
    {
        options ??= PatchReadOptions.Default with { MaxDepth = 64 };
        using System.Text.Json.JsonDocument? expected = JsonOracle.Parse(body, options.MaxDepth);
        AssertVerdict<InfluencerPatch>(body, options, expected is not null);
        AssertVerdict<EngagementPatch>(body, options, expected is not null);
        AssertVerdict<One<string[], ArrayValue<string, StringValue>>>(body, options, expected is not null);
    }

    private static void AssertVerdict<T>(byte[] body, PatchReadOptions options, bool isJson)
        where T : IPatch<T>
    {
        PatchReader.TryRead<T>(body, options, out _, out PatchProblems problems);
        if (isJson != (problems.Verdict != PatchVerdict.Malformed))
        {
            Assert.Fail(
                $"{(isJson ? "JSON" : "Not JSON")}, but {problems.Verdict}: {Encoding.UTF8.GetString(body)} ({Convert.ToHexString(body)}) "
                    + $"{string.Concat(problems.Select(p => p.Message))}");
        }
    }
}
