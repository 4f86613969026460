using System.Globalization;
using System.Text.Json.Nodes;
using Layers.PatchGen.Testing;
using Xunit.Abstractions;

namespace Layers.PatchGen.AspNetCore.Tests.Formats;

/// <summary>
/// JSON Patch and merge-patch on a record with members of every kind, compared with <see cref="SlowFormats"/>, whose result is then
/// validated by the rules of the record, written a second time. PATCHGEN_SEED repeats a run, PATCHGEN_FORMATS sets the number of bodies.
/// </summary>
public class GuestParityTests(ITestOutputHelper output)
{
    private static readonly PatchReadOptions Staff = new() { WriteScopes = ["staff"] };

    private static readonly string[] Common = ["null", "1", "\"\"", "\"a\"", "[]", "[\"b\"]", "{}", """{"x":1}"""];

    private static readonly Dictionary<string, string[]> ByName = new()
    {
        ["tags"] = ["[]", """["a","b"]""", """["a","b","c","d","e","f"]"""],
        ["home"] = ["null", """{"street":"S"}""", """{"street":"T","city":"C"}""", """{"street":"T","more":[1]}""", """{"city":"C"}"""],
        ["h"] = ["""{"street":"S"}""", """{"street":"T","city":null}""", """{"street":""}"""],
        ["homes"] = ["{}", "null", """{"h":{"street":"S"}}""", """{"i":{"street":"S","z":{}}}""", """{"h":{"city":"C"}}"""],
        ["scores"] = ["{}", "null", """{"x":5}""", """{"y":5,"z":6}""", """{"x":"5"}"""],
        ["notes"] = ["{}", "null", """{"k":[1]}""", """{"l":{"m":null}}"""],
        ["place"] = ["null", """{"x":1,"y":2,"label":null}""", """{"x":3.5,"y":2,"label":"q"}"""],
        ["age"] = ["5", "null", "151", "7"],
        ["isRegular"] = ["true", "false"],
    };

    [Fact]
    public void JSON_Patch_agrees_with_the_slow_reference_and_the_rules() => Run((random, formats, before) =>
    {
        string body = formats.Operations(before, path => Value(random, path));
        bool isDone = SlowFormats.TryPatch(before, JsonNode.Parse(body)!.AsArray(), out JsonNode? after);
        string? why = !isDone ? "failed" : WhyRejected(JsonNode.Parse(body)!.AsArray()) ?? GuestRules.Check(before, after!.AsObject());
        (string? view, PatchError? error) = Translated.JsonPatch<GuestPatch, Guest>(
            before.ToJsonString(), body, FormatsJson.Stored.Guest, Staff);
        return Compare(before, body, after, why, view, error);
    });

    [Fact]
    public void Merge_patch_agrees_with_the_slow_reference_and_the_rules() => Run((random, formats, before) =>
    {
        string[] names = [.. GuestRules.Writable.Where(static name => name != "visits_at"), "id", "other"]; // "visits" in a body
        string body = "{" + string.Join(',', formats.Some(names).Take(1 + random.Next(3))
            .Select(name => $"\"{name}\":{Value(random, "/" + name)}")) + "}";
        JsonNode? after = SlowFormats.MergePatch(before, JsonNode.Parse(body));
        string? why = body == "{}" ? "empty"
            : JsonNode.Parse(body)!.AsObject().Any(static member => member.Key is "id" or "other") ? "unknown"
            : GuestRules.Check(before, after!.AsObject());
        (string? view, PatchError? error) = Translated.MergePatch<GuestPatch, Guest>(
            before.ToJsonString(), body, FormatsJson.Stored.Guest, Staff);
        return Compare(before, body, after, why, view, error);
    });

    private static string Compare(JsonObject before, string body, JsonNode? after, string? why, string? view, PatchError? error)
    {
        string shown = $"{before.ToJsonString()}\n{body}\nexpected {why ?? after!.ToJsonString()}\nfound    {view} "
            + (error is null ? "" : Translated.Describe(error));
        if (error is not null)
        {
            Assert.True(why is not null && error.Status is (409 or 422), shown);
            return "rejected";
        }

        Assert.True(why is null, shown);
        Assert.True(SlowFormats.AreEqual(GuestRules.Normalize(after, before), GuestRules.Normalize(JsonNode.Parse(view!), before)), shown);
        return "changed";
    }

    // What the paths decide: some member must be written, and each that is written must be writable, even if it is removed again.
    private static string? WhyRejected(JsonArray operations)
    {
        string[] written = [.. operations.SelectMany(static operation => (string)operation!["op"]! switch
        {
            "test" => (string[])[],
            "move" => [(string)operation["from"]!, (string)operation["path"]!],
            _ => [(string)operation["path"]!],
        })];
        return written.Length == 0 ? "only tests"
            : written.All(static path => GuestRules.Writable.Contains(path.Split('/')[1])) ? null
            : "not writable";
    }

    private static string Value(Random random, string path)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        string[] values = random.Next(4) > 0 && ByName.TryGetValue(name, out string[]? own) ? own : Common;
        return values[random.Next(values.Length)];
    }

    private static JsonObject Document(Random random)
    {
        JsonObject document = JsonNode.Parse("""
            {"id":"g1","name":"Ann","nickname":null,"age":40,"isRegular":true,"tags":["a","b"],
             "home":{"street":"Main","city":null,"floor":{"n":1}},"scores":{"x":1},
             "homes":{"h":{"street":"S","city":null}},"notes":{"k":[1,{"l":null}]},"place":{"x":1,"y":2,"label":"p"},
             "extra":[1,{"m":2}],"visits_at":null}
            """)!.AsObject();
        foreach (string name in (string[])["home", "scores", "homes", "notes", "place", "extra", "age"])
        {
            if (random.Next(4) == 0)
            {
                document[name] = null;
            }
        }

        return document;
    }

    private void Run(Func<Random, RandomFormats, JsonObject, string> compare)
    {
        int seed = Setting("PATCHGEN_SEED", Environment.TickCount), count = Setting("PATCHGEN_FORMATS", 20_000);
        output.WriteLine($"PATCHGEN_SEED={seed} PATCHGEN_FORMATS={count}");
        var random = new Random(seed);
        var formats = new RandomFormats(random);
        Dictionary<string, int> outcomes = [];
        for (int i = 0; i < count; i++)
        {
            string outcome = compare(random, formats, Document(random));
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        output.WriteLine(string.Join(", ", outcomes));
        Assert.All(outcomes.Values, number => Assert.True(number > count / 50, "Too few bodies have this outcome."));
        Assert.Equal(2, outcomes.Count);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
