using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Layers.PatchGen.AspNetCore.Tests.Formats;
using Layers.PatchGen.Testing;
using Xunit.Abstractions;

namespace Layers.PatchGen.AspNetCore.Tests.Lists;

/// <summary>
/// JSON Patches and merge patches of arrays whose items have keys, compared with <see cref="SlowFormats"/> on the array itself: the same
/// items with the same members, in the document's order. The seed is printed; PATCHGEN_SEED repeats a run, and PATCHGEN_FORMATS sets the
/// number of bodies.
/// </summary>
public sealed class ListFormatParityTests(ITestOutputHelper output)
{
    private static readonly string[] Junk = ["null", "true", "\"x\"", "[]", "{}", "[null]", "[1]", "1.5", "99999999999", """{"id":{}}"""];

    private readonly Dictionary<string, int> _outcomes = [];

    [Fact]
    public void JSON_Patch_changes_the_same_items() => Run((random, before) =>
    {
        string body = new RandomFormats(random).Operations(before["pegs"], path => Value(random, path["/pegs".Length..]), "/pegs");
        JsonArray operations = JsonNode.Parse(body)!.AsArray();
        bool isDone = SlowFormats.TryPatch(before, operations, out JsonNode? after);
        isDone = isDone && operations.All(static operation => Written(operation!).All(CanBeWritten));
        return (
            body,
            isDone ? after!["pegs"] : null,
            Translated.JsonPatch<RackPatch, Rack>(before.ToJsonString(), body, RackJson.Default.Rack));
    });

    [Fact]
    public void A_merge_patch_changes_the_same_items() => Run((random, before) =>
    {
        string body = $$"""{"pegs":{{Value(random, "")}}}""";
        return (
            body,
            SlowFormats.MergePatch(before, JsonNode.Parse(body))!["pegs"],
            Translated.MergePatch<RackPatch, Rack>(before.ToJsonString(), body, RackJson.Default.Rack));
    });

    private void Run(Func<Random, JsonObject, (string Body, JsonNode? Expected, (string? View, PatchError? Error) Found)> patch)
    {
        int seed = Setting("PATCHGEN_SEED", Environment.TickCount), count = Setting("PATCHGEN_FORMATS", 20_000);
        output.WriteLine($"PATCHGEN_SEED={seed} PATCHGEN_FORMATS={count}");
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            JsonObject before = Normal(new JsonArray([.. Keys(random).Select(key => Peg(random, key, isValid: true))]));
            (string body, JsonNode? expected, (string? view, PatchError? error)) = patch(random, before);
            JsonArray? items = IsValid(expected) ? InOrderOf((JsonArray)before["pegs"]!, (JsonArray)expected!) : null;
            items = items is not null && LosesWeight((JsonArray)before["pegs"]!, items) ? null : items;
            string shown = $"{body}\non {before.ToJsonString()}\nexpected {items?.ToJsonString()}\nfound    {view} {error}";
            if (items is null)
            {
                Assert.True(error is { Status: 409 or 422, Problems.Count: > 0 }, shown);
            }
            else
            {
                Assert.True(view is not null, shown);
                Assert.True(JsonNode.DeepEquals(Normal(items), Normal((JsonArray)JsonNode.Parse(view)!["pegs"]!)), shown);
            }

            string outcome = items is null ? "rejected" : "patched";
            _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
        }

        output.WriteLine(string.Join(", ", _outcomes));
        Assert.Equal(2, _outcomes.Count);
        Assert.All(_outcomes.Values, number => Assert.True(number > count / 20, "Too few of one kind."));
    }

    private static IEnumerable<string> Written(JsonNode operation) => (string)operation["op"]! switch
    {
        "test" => [],
        "move" => [(string)operation["path"]!, (string)operation["from"]!],
        _ => [(string)operation["path"]!],
    };

    private static bool CanBeWritten(string path) => path.Split('/')[2..] is
        [] or [_] or [_, "size" or "color", ..] or [_, "pins"] or [_, "pins", _] or [_, "pins", _, "weight", ..];

    private static bool IsValid(JsonNode? pegs) => pegs is JsonArray items && HaveKeys(items, "id", IsInteger) && items.All(static peg =>
        ((JsonObject)peg!).All(static member => member.Key switch
        {
            "id" => true,
            "size" => member.Value is null || IsInteger(member.Value),
            "color" => member.Value is null || member.Value.GetValueKind() == JsonValueKind.String,
            "pins" => member.Value is null
                || (member.Value is JsonArray pins && HaveKeys(pins, "name", IsName) && pins.All(static pin => ((JsonObject)pin!).All(
                    static one => one.Key == "name" || (one.Key == "weight" && one.Value is not null && IsInteger(one.Value))))),
            _ => false,
        }));

    private static bool HaveKeys(JsonArray items, string key, Func<JsonNode, bool> isKey) =>
        items.All(item => item is JsonObject members && members[key] is { } value && isKey(value))
        && items.Select(item => item![key]!.ToString()).Distinct().Count() == items.Count;

    private static bool IsInteger(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.Number && int.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out _);

    private static bool IsName(JsonNode value) => value.GetValueKind() == JsonValueKind.String && value.ToString().Length > 0;

    // Kept items in the order that they had, then new ones.
    private static JsonArray InOrderOf(JsonArray before, JsonArray after, string key = "id")
    {
        string KeyOf(JsonNode? item) => item![key]!.ToString();
        List<string> old = [.. before.Select(KeyOf)];
        JsonNode?[] items = [.. after.OrderBy(item => old.IndexOf(KeyOf(item)) is var index and >= 0 ? index : int.MaxValue)];
        return new([.. items.Select(item =>
        {
            JsonNode copy = item!.DeepClone();
            if (copy["pins"] is JsonArray pins)
            {
                JsonArray was = before.FirstOrDefault(one => KeyOf(one) == KeyOf(item))?["pins"] as JsonArray ?? [];
                copy["pins"] = InOrderOf(was, pins, "name");
            }

            return copy;
        })]);
    }

    // The weight of a pin is not nullable, so it cannot be removed.
    private static bool LosesWeight(JsonArray before, JsonArray after)
    {
        HashSet<string> pins = [.. Pins(before, static _ => true)];
        return Pins(after, static pin => pin["weight"] is null).Any(pins.Contains);

        static IEnumerable<string> Pins(JsonArray pegs, Func<JsonNode, bool> isWanted) => pegs.SelectMany(peg =>
            (peg!["pins"] as JsonArray ?? []).Where(pin => isWanted(pin!)).Select(pin => $"{peg["id"]} {pin!["name"]}"));
    }

    // All members are present, and an empty list is as good as none.
    private static JsonObject Normal(JsonArray pegs) => new()
    {
        ["pegs"] = new JsonArray([.. pegs.Select(static peg => new JsonObject
        {
            ["id"] = peg!["id"]!.DeepClone(),
            ["size"] = peg["size"]?.DeepClone(),
            ["color"] = peg["color"]?.DeepClone(),
            ["pins"] = peg["pins"] is JsonArray { Count: > 0 } pins
                ? new JsonArray([.. pins.Select(static pin => new JsonObject
                {
                    ["name"] = pin!["name"]!.DeepClone(), ["weight"] = pin["weight"]?.DeepClone() ?? 0,
                })])
                : null,
        })]),
    };

    private static string Value(Random random, string path) => path.Split('/') switch
    {
        _ when random.Next(12) == 0 => new RandomFormats(random).Pick(Junk),
        [_] => new JsonArray([.. Keys(random).Select(key => Peg(random, key, isValid: random.Next(9) > 0))]).ToJsonString(),
        [_, _] => Peg(random, random.Next(9), isValid: random.Next(9) > 0).ToJsonString(),
        [_, _, "pins"] => new JsonArray([.. Keys(random).Select(key => Pin(random, key))]).ToJsonString(),
        [_, _, "pins", _] => Pin(random, random.Next(4)).ToJsonString(),
        [_, _, "color"] => "\"red\"",
        _ => $"{random.Next(3)}",
    };

    private static JsonObject Peg(Random random, int key, bool isValid)
    {
        var peg = new JsonObject { ["id"] = key };
        foreach ((string name, JsonNode? value) in (ReadOnlySpan<(string, JsonNode?)>)
        [
            ("size", random.Next(3)), ("color", random.Next(3) == 0 ? null : "blue"),
            ("pins", random.Next(3) == 0 ? null : new JsonArray([.. Keys(random).Select(one => Pin(random, one))])),
        ])
        {
            if (random.Next(3) > 0)
            {
                peg[name] = value;
            }
        }

        if (!isValid)
        {
            peg[random.Next(2) == 0 ? "id" : "other"] = random.Next(2) == 0 ? null : "x";
        }

        return peg;
    }

    private static JsonObject Pin(Random random, int key) => new() { ["name"] = $"p{key}", ["weight"] = random.Next(2) };

    private static int[] Keys(Random random) =>
        Enumerable.Range(0, 6).Where(_ => random.Next(2) == 0).OrderBy(_ => random.Next()).ToArray();

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
