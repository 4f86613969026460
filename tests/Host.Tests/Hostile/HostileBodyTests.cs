using System.Text;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Hostile;

/// <summary>Malicious and malformed bodies: a clear 4xx, and the document is unchanged.</summary>
public sealed class HostileBodyTests(HostFixture host) : HostTest(host)
{
    public static TheoryData<string, byte[]> Malformed { get; } = new()
    {
        { "nothing", [] },
        { "white space", " \t\r\n"u8.ToArray() },
        { "U+0000", [0] },
        { "cut: object", "{"u8.ToArray() },
        { "cut: name", """{"vi"""u8.ToArray() },
        { "cut: colon", """{"vibe" """u8.ToArray() },
        { "cut: value", """{"vibe":"""u8.ToArray() },
        { "cut: string", """{"vibe":"x"""u8.ToArray() },
        { "cut: escape", """{"vibe":"\"""u8.ToArray() },
        { "cut: end", """{"vibe":"x" """u8.ToArray() },
        { "comma at the end", """{"vibe":"x",}"""u8.ToArray() },
        { "comma at the start", """{,"vibe":"x"}"""u8.ToArray() },
        { "two commas", """{"vibe":"x",,"style":"y"}"""u8.ToArray() },
        { "text after the object", """{"vibe":"x"}x"""u8.ToArray() },
        { "two documents", """{"vibe":"x"}{"vibe":"y"}"""u8.ToArray() },
        { "no quotes", "{vibe:1}"u8.ToArray() },
        { "other quotes", "{'vibe':'x'}"u8.ToArray() },
        { "comment", """{"vibe":"x"/**/}"""u8.ToArray() },
        { "line comment", "{\"vibe\":\"x\"//\n}"u8.ToArray() },
        { "literal", """{"vibe":nul}"""u8.ToArray() },
        { "Python", """{"vibe":None}"""u8.ToArray() },
        { "NaN", """{"personality":{"x":NaN}}"""u8.ToArray() },
        { "Infinity", """{"personality":{"x":-Infinity}}"""u8.ToArray() },
        { "leading zero", """{"personality":{"x":01}}"""u8.ToArray() },
        { "plus", """{"personality":{"x":+1}}"""u8.ToArray() },
        { "no digit after the point", """{"personality":{"x":1.}}"""u8.ToArray() },
        { "hexadecimal", """{"personality":{"x":0x1F}}"""u8.ToArray() },
        { "bracket", """{"personality":{"x":[1}]}"""u8.ToArray() },
        { "control character", "{\"vibe\":\"a\u0001b\"}"u8.ToArray() },
        { "line end in a string", "{\"vibe\":\"a\nb\"}"u8.ToArray() },
        { "unknown escape", """{"vibe":"\x41"}"""u8.ToArray() },
        { "short escape", """{"vibe":"\u12"}"""u8.ToArray() },
        { "no hexadecimal", """{"vibe":"\u12g4"}"""u8.ToArray() },
        { "high surrogate alone", """{"vibe":"\ud800"}"""u8.ToArray() },
        { "high surrogate, then text", """{"vibe":"\ud800x"}"""u8.ToArray() },
        { "high surrogate, then another escape", """{"vibe":"\ud800\u0041"}"""u8.ToArray() },
        { "low surrogate alone", """{"vibe":"\udc00"}"""u8.ToArray() },
        { "surrogates in the wrong order", """{"vibe":"\udc00\ud800"}"""u8.ToArray() },
        { "lone surrogate in a name", """{"na\ud800":1}"""u8.ToArray() },
        { "lone surrogate in a known name", """{"vibe\udc00":1}"""u8.ToArray() },
        { "lone surrogate in personality", """{"personality":{"x":"\udfff"}}"""u8.ToArray() },
        { "lone surrogate deep in personality", """{"personality":{"x":[{"y":["\ud800"]}]}}"""u8.ToArray() },
        { "lone surrogate in a name in personality", """{"personality":{"x\ud800":1}}"""u8.ToArray() },
        { "lone surrogate in an unknown member", """{"mood":{"x":"\ud800"}}"""u8.ToArray() },
        { "not UTF-8", [.. """{"vibe":" """u8, 0xFF, .. """ "}"""u8] },
        { "not UTF-8: continuation alone", [.. """{"vibe":" """u8, 0x80, .. """ "}"""u8] },
        { "not UTF-8: cut", [.. """{"vibe":" """u8, 0xE2, 0x82, .. """ "}"""u8] },
        { "not UTF-8: overlong", [.. """{"vibe":" """u8, 0xC0, 0xAF, .. """ "}"""u8] },
        { "not UTF-8: surrogate", [.. """{"vibe":" """u8, 0xED, 0xA0, 0x80, .. """ "}"""u8] },
        { "not UTF-8: beyond U+10FFFF", [.. """{"vibe":" """u8, 0xF4, 0x90, 0x80, 0x80, .. """ "}"""u8] },
        { "not UTF-8 in a name", [.. """{"vi """u8, 0xFF, .. """be":"x"}"""u8] },
        { "not UTF-8 in personality", [.. """{"personality":{"x":[" """u8, 0xC3, .. """ "]}}"""u8] },
        { "not UTF-8 between values", [.. """{"vibe":"x" """u8, 0xA0, .. "}"u8] },
        { "Latin-1", Encoding.Latin1.GetBytes("""{"vibe":"café"}""") },
        { "UTF-16", Encoding.Unicode.GetBytes("""{"vibe":"x"}""") },
        { "UTF-16 with a byte order mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("""{"vibe":"x"}""")] },
        { "UTF-32", Encoding.UTF32.GetBytes("""{"vibe":"x"}""") },
        { "gzip without Content-Encoding", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0] },
        { "no-break space", "{\"vibe\":\u00a0\"x\"}"u8.ToArray() },
        { "byte order mark inside", "{\uFEFF\"vibe\":\"x\"}"u8.ToArray() },
        { "33 levels", Nested("""{"personality":{"x":""", 31, "}}") },
        { "33 levels of objects", Encoding.UTF8.GetBytes(
            """{"personality":{"x":""" + string.Concat(Enumerable.Repeat("{\"a\":", 31)) + "1" + new string('}', 33)) },
        { "33 levels in an unknown member", Nested("""{"mood":""", 32, "}") },
        { "20,000 levels", Nested("""{"personality":{"x":""", 20_000, "}}") },
        { "60,000 levels, never closed", [.. """{"vibe":"""u8, .. Enumerable.Repeat((byte)'[', 60_000)] },
        { "10,000 objects, never closed", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""{"a":""", 10_000))) },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A12_A17_A21_Malformed_is_400(string what, byte[] body)
    {
        string path = await Host.AddInfluencerAsync();
        ApiResponse response = await RejectedAsync(path, 400, "MALFORMED_BODY", () => PatchAsync(path, body));
        Assert.True(response.Details.GetProperty("issues").GetArrayLength() > 0, what);
    }

    [Fact]
    public async Task A17_100000_levels_are_rejected()
    {
        // More bytes than the limit: the error is 413, not 400.
        string path = await Host.AddInfluencerAsync();
        await RejectedAsync(path, 413, "PAYLOAD_TOO_LARGE", () => PatchAsync(path, Nested("""{"personality":{"x":""", 100_000, "}}")));
    }

    [Fact]
    public async Task A17_32_levels_are_accepted_and_can_be_read()
    {
        string path = await Host.AddInfluencerAsync();
        Assert.Equal(200, (await PatchAsync(path, Nested("""{"personality":{"x":""", 30, "}}"))).Status);
        await AcceptedAsync(path, """{"vibe":"still readable"}""");
    }

    [Theory]
    [InlineData("many names", 6_000)]
    [InlineData("many equal names", -6_000)]
    public async Task A_body_with_many_names_is_read_quickly(string what, int count)
    {
        // Comparing each name with all earlier ones would exceed the time limit.
        string names = string.Join(',', Enumerable.Range(0, Math.Abs(count)).Select(i => $"\"{(count < 0 ? 0 : i)}\":0"));
        string path = await Host.AddInfluencerAsync();
        foreach (string json in (string[])
        [
            "{" + names + "}", """{"personality":{""" + names + "}}", """{"personality":{"x":{""" + names + "}}}",
        ])
        {
            ApiResponse response = await PatchAsync(path, json).WaitAsync(TimeSpan.FromSeconds(20));
            Assert.True(response.Status is 422 || (count > 0 && response.Status == 200), $"{what}: {response.Status}");
        }
    }

    [Fact]
    public async Task Mutated_bodies_cause_no_server_error_and_no_unreadable_record()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        byte[] original = Encoding.UTF8.GetBytes(
            """{"name":"Ava","gender":null,"vibe":"a\u00e9\ud83d\ude00é💩","personality":{"humor":"x","traits":["a","b"],"""
            + "\"k\":{\"l\":[1,2.5e3,null,true]}}}");
        string path = await Host.AddInfluencerAsync();
        for (int round = 0; round < 500; round++)
        {
            byte[] body = [.. original];
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            ApiResponse response = await PatchAsync(path, body);
            Assert.True(
                response.Status is 200 or 400 or 422, $"Seed {seed}, round {round}: {response.Status} for {Convert.ToHexString(body)}");
            Assert.True(
                (await GetAsync(path)).Status == 200,
                $"Seed {seed}, round {round}: the record cannot be read after {Convert.ToHexString(body)}");
        }
    }

    private static byte[] Nested(string before, int depth, string after) =>
        Encoding.UTF8.GetBytes(before + new string('[', depth) + new string(']', depth) + after);
}
