using System.Globalization;
using System.Text;
using System.Text.Json;
using Layers.PatchGen.Runtime.Tests.Models;
using Xunit.Abstractions;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Random bodies, compared with the platform's parser. PATCHGEN_FUZZ sets their number; PATCHGEN_SEED repeats a run.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Seeds =
    [
        """{"vibe":"energetic and playful","personality":{"humor":"dry"}}""",
        """{"name":"Ava Chen","gender":"female","vibe":null,"personality":{"traits":["warm","curious","caf\u00e9"]"""
            + ""","x":{"a":[1,2.5e3,{"b":"c","c":null}],"a\/b":true},"y":-0.5}}""",
        """{"enabled":true,"firstComment":{"targets":["tiktok","instagram","tiktok"],"commentTemplate":"Hé, 你好 😀 \ud83d\ude00"}"""
            + ""","replyToComments":{"autoReplyDelay":"PT3M"}}""",
        """{ "projectLayerId" : "pl_1", "replies" : { "tone" : 1 , "limits" : { "per/hour" : [ ] } } , "tone" : false, "beta": {} }""",
        """{"v":["a","bb","ccc","0123456789012345678901234567890123456789","\t\"\\"]}""",
        """{"personality":{"a":1,"a":2,"\u0061":3,"o":{"x":{"y":1,"\u0079":2},"x":[{"z":0,"z":0}]},"é":"\u00e9"}}""",
        """{"replyToComments":{"maximum":-12,"inner":{"enabled":false,"replyToComments":{"inner":null}}}}""",
        """[1,2,{"a":[[],{}]}]""",
    ];

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", "\\ude00", "\\u0061", "\\n", "0", "1", "-", ".", "e", "E+", "true",
        "false", "null", " ", "\n", "\t", "é", "😀", "\u0000", "\u001f",
        "\u007f", "{}", "[]", "\"\"", "\"a\":", ",\"a\":1", "\"vibe\":", "\"name\":\"\"", "/", "~", "\uFEFF",
    ];

    [Fact]
    public void Accepts_the_JSON_that_the_platform_accepts()
    {
        int seed = Setting("PATCHGEN_SEED", Environment.TickCount);
        int count = Setting("PATCHGEN_FUZZ", 50_000);
        output.WriteLine($"seed {seed}, {count} bodies");
        Random random = new(seed);
        int valid = 0;
        PatchReadOptions options = new() { MaxDepth = 6, MaxProblems = 1000, MaxOpenMembers = 1000, MaxOpenNameLength = 1000 };
        for (int i = 0; i < count; i++)
        {
            byte[] body = Mutate(random);
            using JsonDocument? expected = JsonOracle.Parse(body, options.MaxDepth);
            valid += expected is null ? 0 : 1;
            Compare<InfluencerPatch>(body, expected, options, seed);
            CompareFences(body, expected, options, seed);
            CompareDuplicates(body, expected, options, seed);
        }

        output.WriteLine($"{valid} of them JSON");
        Assert.InRange(valid, count / 20, count);
    }

    private static void Compare<T>(byte[] body, JsonDocument? expected, PatchReadOptions options, int seed)
        where T : IPatch<T>
    {
        PatchReader.TryRead<T>(body, options, out _, out PatchProblems problems);
        if (expected is not null == (problems.Verdict == PatchVerdict.Malformed))
        {
            Assert.Fail(
                $"seed {seed}: {(expected is null ? "not JSON" : "JSON")}, but {problems.Verdict} "
                    + $"{string.Concat(problems.Select(p => p.Message))}: {Encoding.UTF8.GetString(body)} ({Convert.ToHexString(body)})");
        }
    }

    /// <summary>
    /// Fenced members are found by their pointers alone, whatever their values, other problems and the order.
    /// </summary>
    private static void CompareFences(byte[] body, JsonDocument? expected, PatchReadOptions options, int seed)
    {
        Compare<EngagementPatch>(body, expected, options, seed);
        PatchReader.TryRead<EngagementPatch>(body, options, out _, out PatchProblems problems);
        string[] fences = expected is null ? [] : [.. Fences(expected.RootElement, "")];
        if (
            expected is not null
                && (
                    !fences.SequenceEqual(problems.Where(p => p.Code == PatchProblemCodes.Fenced).Select(p => p.Pointer))
                        || (fences.Length > 0 && problems.Count > fences.Length)))
        {
            Assert.Fail(
                $"seed {seed}: expected {string.Join(' ', fences)}, got {problems.Verdict} "
                    + $"{string.Join(' ', problems.Select(p => p.Pointer))}: {Encoding.UTF8.GetString(body)}");
        }
    }

    private static IEnumerable<string> Fences(JsonElement engagement, string pointer)
    {
        foreach (JsonProperty member in Members(engagement))
        {
            string below = $"{pointer}/{member.Name}";
            IEnumerable<string> fences = member.Name switch
            {
                "tone" or "beta" => [below],
                "firstComment" => Members(member.Value).Where(m => m.Name == "strategy").Select(_ => $"{below}/strategy"),
                "replies" => Members(member.Value).SelectMany(m => m.Name switch
                {
                    "tone" or "maxPerPostPerHour" => [$"{below}/{m.Name}"],
                    "limits" => Members(m.Value).Where(n => n.Name == "per/hour").Select(_ => $"{below}/limits/per~1hour"),
                    _ => Enumerable.Empty<string>(),
                }),
                "replyToComments" => FirstOnly(Members(member.Value), "inner").SelectMany(inner => Fences(inner.Value, $"{below}/inner")),
                _ => [],
            };
            foreach (string fence in fences)
            {
                yield return fence;
            }
        }
    }

    private static JsonProperty[] Members(JsonElement value) => value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject()] : [];

    /// <summary>The reader skips a second <c>inner</c>, so fences in it are not reported.</summary>
    private static IEnumerable<JsonProperty> FirstOnly(JsonProperty[] members, string name) => members.Where(m => m.Name == name).Take(1);

    /// <summary>An open object: the pointers of duplicates, and the values that are kept.</summary>
    private static void CompareDuplicates(byte[] body, JsonDocument? expected, PatchReadOptions options, int seed)
    {
        PatchReader.TryRead<OpenPatch>(body, options, out var patch, out PatchProblems problems);
        if (expected is null || expected.RootElement.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        string[] duplicates = [.. JsonOracle.Duplicates(expected.RootElement, "")];
        string[] found = [.. problems.Where(p => p.Code == PatchProblemCodes.DuplicateMember).Select(p => p.Pointer)];
        string[] others =
        [
            .. problems.Select(p => p.Code).Where(
                c => c is not (PatchProblemCodes.DuplicateMember or PatchProblemCodes.TooShort)).Distinct(),
        ];
        bool same = duplicates.SequenceEqual(found) && others.Length == 0;
        if (problems.Verdict == PatchVerdict.Ok)
        {
            JsonProperty[] members = [.. expected.RootElement.EnumerateObject()];
            same &= (patch!.Open ?? new Dictionary<string, JsonElement>()).Select(m => m.Key).SequenceEqual(members.Select(m => m.Name))
                && (
                    patch.Open ?? new Dictionary<string, JsonElement>()).Select(m =>
                        m.Value.GetRawText()).SequenceEqual(members.Select(m => m.Value.GetRawText()));
        }

        if (!same)
        {
            Assert.Fail(
                $"seed {seed}: expected {string.Join(' ', duplicates)}, "
                    + $"got {string.Join(' ', problems.Select(p => p.Pointer + " " + p.Code))}: {Encoding.UTF8.GetString(body)}");
        }
    }

    internal static byte[] Mutate(Random random)
    {
        List<byte> body = [.. Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)])];
        for (int i = random.Next(4); i >= 0; i--)
        {
            int at = random.Next(body.Count + 1);
            int length = Math.Min(random.Next(1, 12), body.Count - at);
            switch (random.Next(7))
            {
                case 0 when at < body.Count:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1 when at < body.Count:
                    body[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    body.RemoveRange(at, length);
                    break;
                case 3:
                    body.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                case 4:
                    body.InsertRange(random.Next(body.Count + 1), body.GetRange(at, length));
                    break;
                case 5 when random.Next(4) == 0:
                    body.RemoveRange(at, body.Count - at);
                    break;
                default:
                    body.InsertRange(at, Encoding.UTF8.GetBytes(new string(' ', random.Next(40))));
                    break;
            }
        }

        return [.. body];
    }

    internal static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
            ? value
            : otherwise;
}
