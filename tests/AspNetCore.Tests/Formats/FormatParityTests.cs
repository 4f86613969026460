using System.Globalization;
using System.Text.Json.Nodes;
using Layers.PatchGen.Testing;
using Xunit.Abstractions;

namespace Layers.PatchGen.AspNetCore.Tests.Formats;

/// <summary>
/// The translators, compared with <see cref="SlowFormats"/>. The seed is printed; PATCHGEN_SEED repeats a run, and PATCHGEN_FORMATS sets
/// the number of pairs, by default 20,000.
/// </summary>
public class FormatParityTests(ITestOutputHelper output)
{
    private static readonly PatchReadOptions Wide = new() { MaxOpenMembers = 1000 };

    [Fact]
    public void Merge_patch_agrees_with_the_pseudocode_of_its_RFC()
    {
        Run((random, formats) =>
        {
            string document = formats.Object(3), body = formats.Object(3);
            JsonNode? expected = SlowFormats.MergePatch(JsonNode.Parse(document), JsonNode.Parse(body));
            (string? view, PatchError? error) = Translated.MergePatch<FreePatch, Free>(document, body, FormatsJson.Stored.Free, Wide);
            Assert.True(error is null && SlowFormats.AreEqual(expected, JsonNode.Parse(view!)), $"{document}\n{body}\n{expected}\n{view}");

            string any = formats.Value(3);
            body = $$"""{"doc":{{any}}}""";
            document = $$"""{"doc":{{formats.Value(3)}}}""";
            expected = SlowFormats.MergePatch(JsonNode.Parse(document), JsonNode.Parse(body));
            (view, error) = Translated.MergePatch<AnyPatch, Any>(document, body, FormatsJson.Stored.Any, Wide);
            Assert.True(
                error is null && SlowFormats.AreEqual(expected!["doc"], JsonNode.Parse(view!)!["doc"]),
                $"{document}\n{body}\n{expected}\n{view}");
            return "merged";
        });
    }

    [Fact]
    public void JSON_Patch_agrees_with_a_slow_reference()
    {
        Run((random, formats) =>
        {
            string document = formats.Object(3);
            JsonNode before = JsonNode.Parse(document)!;
            string body = formats.Operations(before, _ => formats.Value(2));
            bool isDone = SlowFormats.TryPatch(before, JsonNode.Parse(body)!.AsArray(), out JsonNode? expected);

            // In an open object, a null removes a member: it cannot be stored. Names must not be empty.
            isDone = isDone && expected!.AsObject().All(member => member.Value is not null
                || (before.AsObject().TryGetPropertyValue(member.Key, out JsonNode? was) && was is null));
            (string? view, PatchError? error) = Translated.JsonPatch<FreePatch, Free>(document, body, FormatsJson.Stored.Free, Wide);
            Assert.True(
                isDone ? error is null && SlowFormats.AreEqual(expected, JsonNode.Parse(view!)) : error is { Status: 409 or 422 },
                $"{document}\n{body}\n{(isDone ? expected : "fails")}\n{view} {error}");

            string any = $$"""{"doc":{{document}}}""";
            body = formats.Operations(before, _ => formats.Value(2), "/doc");
            isDone = SlowFormats.TryPatch(JsonNode.Parse(any), JsonNode.Parse(body)!.AsArray(), out expected);
            (view, error) = Translated.JsonPatch<AnyPatch, Any>(any, body, FormatsJson.Stored.Any, Wide);
            Assert.True(
                isDone
                    ? error is null && SlowFormats.AreEqual(expected!["doc"], JsonNode.Parse(view!)!["doc"])
                    : error is { Status: 409 or 422 },
                $"{any}\n{body}\n{(isDone ? expected : "fails")}\n{view} {error}");
            return isDone ? "patched" : "failed";
        });
    }

    private void Run(Func<Random, RandomFormats, string> compare)
    {
        int seed = Setting("PATCHGEN_SEED", Environment.TickCount), count = Setting("PATCHGEN_FORMATS", 20_000);
        output.WriteLine($"PATCHGEN_SEED={seed} PATCHGEN_FORMATS={count}");
        var random = new Random(seed);
        var formats = new RandomFormats(random);
        Dictionary<string, int> outcomes = [];
        for (int i = 0; i < count; i++)
        {
            string outcome = compare(random, formats);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        output.WriteLine(string.Join(", ", outcomes));
        Assert.All(outcomes.Values, number => Assert.True(number > count / 50, "Too few bodies have this outcome."));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
