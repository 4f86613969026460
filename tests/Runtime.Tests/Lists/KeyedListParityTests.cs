using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Layers.PatchGen.Runtime.Tests.Lists;

/// <summary>
/// Keyed lists, compared with <see cref="SlowCrate"/>, for documents that are copied and for those that are changed in place. The seed is
/// printed; PATCHGEN_SEED repeats a run, and PATCHGEN_BODIES sets the number of bodies.
/// </summary>
public sealed class KeyedListParityTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate, // fills lists without a setter
    };

    [Fact]
    public void Records_agree_with_the_slow_reference() => Compare<BoxPatch, Box>(RandomBox, RandomBoxBody, SlowCrate.Box);

    [Fact]
    public void Classes_agree_with_the_slow_reference() =>
        Compare<CratePatch, Crate>(static random => RandomCrate(random, 2), static random => RandomCrateBody(random, 2), SlowCrate.Crate);

    private void Compare<TPatch, TDocument>(Func<Random, JsonObject> newDocument, Func<Random, JsonObject> newBody, SlowCrate.Shape shape)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : notnull
    {
        int seed = Setting("PATCHGEN_SEED", Environment.TickCount), count = Setting("PATCHGEN_BODIES", 3_000);
        output.WriteLine($"PATCHGEN_SEED={seed} PATCHGEN_BODIES={count}");
        var random = new Random(seed);
        int applied = 0, rejected = 0, merged = 0, diffed = 0;
        for (int i = 0; i < count; i++)
        {
            JsonObject before = newDocument(random), body = newBody(random), later = newBody(random);
            var expected = (JsonObject)before.DeepClone();
            TPatch patch = Read.Ok<TPatch>(body.ToJsonString());
            Assert.Equal(patch, Read.Ok<TPatch>(Read.Written(patch)));
            Assert.Empty(patch.Validate());
            List<string> missing = [];
            SlowCrate.Apply(expected, body, shape, "", missing);
            TDocument document = From<TDocument>(before);
            string shown = $"{body}\non {before}";
            if (missing.Count > 0)
            {
                rejected++;
                PatchTargetException thrown = Assert.Throws<PatchTargetException>(() => patch.ApplyTo(document, out _));
                Assert.Equal(missing.Order(), thrown.Problems.Select(static problem => problem.Pointer).Order());
                AssertSame(before, document, shown); // also where it is a class
                continue;
            }

            applied++;
            TDocument after = patch.ApplyTo(document, out MemberSet<TPatch> changed);
            AssertSame(expected, after, shown);
            Assert.True(changed.IsEmpty == (Text(before) == Text(expected)), $"{shown}\nchanged {changed}");
            patch.ApplyTo(after, out changed);
            Assert.True(changed.IsEmpty, $"Not the same twice: {shown}");
            merged += CompareMerged<TPatch, TDocument>(before, patch, Read.Ok<TPatch>(later.ToJsonString())) ? 1 : 0;
            JsonObject wanted = newDocument(random);
            if (wanted.ContainsKey("fixed"))
            {
                wanted["fixed"] = before["fixed"]?.DeepClone(); // a patch neither creates its items nor removes them
            }

            diffed += CompareDifference<TPatch, TDocument>(From<TDocument>(before), From<TDocument>(wanted)) ? 1 : 0;
        }

        output.WriteLine($"applied {applied}, rejected {rejected}, merged {merged}, differences {diffed}");
        Assert.All([applied, rejected, merged, diffed], number => Assert.True(number > count / 50, "Too few of one kind."));
    }

    /// <summary>
    /// A merged patch has the effect of both in sequence, but that it does not create a list in which it creates nothing.
    /// </summary>
    private static bool CompareMerged<TPatch, TDocument>(JsonObject before, TPatch first, TPatch second)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : notnull
    {
        TDocument expected;
        TPatch both;
        try
        {
            expected = second.ApplyTo(first.ApplyTo(From<TDocument>(before), out _), out _);
            both = first.Merge(second);
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        string sequence = Text(Node(expected)), merged = Text(Node(both.ApplyTo(From<TDocument>(before), out _)));
        Assert.True(WithoutNull(sequence) == WithoutNull(merged), $"{both.ToJson()}\non {before}\nexpected {sequence}\nfound    {merged}");
        return true;

        static string WithoutNull(string text) => Regex.Replace(text, "(parts|tags):null", "$1:[]");
    }

    private static bool CompareDifference<TPatch, TDocument>(TDocument before, TDocument after)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : notnull
    {
        TPatch patch;
        try
        {
            patch = TPatch.Diff(before, after);
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        TDocument patched = patch.ApplyTo(before, out MemberSet<TPatch> changed);
        Assert.Equal(patch.IsEmpty, changed.IsEmpty);
        Assert.True(TPatch.Diff(patched, after).IsEmpty, $"{patch.ToJson()} leaves {TPatch.Diff(patched, after).ToJson()}");
        return true;
    }

    private static void AssertSame<T>(JsonObject expected, T found, string shown) =>
        Assert.True(Text(expected) == Text(Node(found)), $"{shown}\nexpected {Text(expected)}\nfound    {Text(Node(found))}");

    // The items of a set have no order.
    private static string Text(JsonNode? node) => node switch
    {
        JsonObject members => "{" + string.Join(',', members.Select(static one => $"{one.Key}:{Value(one.Key, one.Value)}")) + "}",
        JsonArray items => "[" + string.Join(',', items.Select(Text)) + "]",
        _ => node?.ToJsonString() ?? "null",
    };

    private static string Value(string name, JsonNode? value) =>
        name == "set" && value is JsonArray items ? string.Join(',', items.Select(Text).Order(StringComparer.Ordinal)) : Text(value);

    private static T From<T>(JsonObject document) => document.Deserialize<T>(Json)!;

    private static JsonObject Node<T>(T document) => (JsonObject)JsonSerializer.SerializeToNode(document, Json)!;

    private static JsonObject RandomBox(Random random) => new()
    {
        ["parts"] = random.Next(5) == 0 ? null : Items(random, RandomPart, nulls: true),
        ["tags"] = Items(random, RandomTag),
        ["fixed"] = Items(random, RandomPart),
    };

    private static JsonObject RandomCrate(Random random, int depth) => new()
    {
        ["slots"] = Items(random, () => RandomSlot(random, depth)),
        ["parts"] = random.Next(5) == 0 ? null : Items(random, RandomPart, nulls: true),
        ["set"] = Items(random, () => RandomSlot(random, depth)),
        ["label"] = Word(random),
    };

    private static JsonObject RandomSlot(Random random, int depth) => new()
    {
        ["id"] = random.Next(6),
        ["name"] = Word(random),
        ["tags"] = Items(random, RandomTag),
        ["inner"] = depth > 0 && random.Next(3) == 0 ? RandomCrate(random, depth - 1) : null,
    };

    private static JsonObject RandomPart(Random random) => new()
    {
        ["id"] = random.Next(6),
        ["name"] = Word(random),
        ["count"] = random.Next(2),
        ["tags"] = random.Next(2) == 0 ? null : Items(random, RandomTag),
    };

    private static JsonObject RandomTag(Random random) => new() { ["key"] = Word(random), ["weight"] = random.Next(2) };

    private static JsonObject RandomBoxBody(Random random) => Members(
        random,
        ("parts", () => random.Next(20) == 0 ? null : Keyed(random, () => $"{random.Next(8)}", RandomPartBody, nulls: true)),
        ("tags", () => Keyed(random, () => Word(random)!, RandomTagBody, nulls: true)),
        ("fixed", () => random.Next(3) > 0 ? [] : Keyed(random, () => $"{random.Next(6)}", RandomPartBody)));

    private static JsonObject RandomCrateBody(Random random, int depth) => Members(
        random,
        ("slots", () => Keyed(random, () => $"{random.Next(8)}", one => RandomSlotBody(one, depth), nulls: true)),
        ("parts", () => random.Next(20) == 0 ? null : Keyed(random, () => $"{random.Next(8)}", RandomPartBody, nulls: true)),
        ("set", () => random.Next(3) > 0 ? [] : Keyed(random, () => $"{random.Next(6)}", one => RandomSlotBody(one, depth), nulls: true)),
        ("label", () => Word(random)));

    private static JsonObject RandomSlotBody(Random random, int depth) => Members(
        random,
        ("name", () => Word(random)),
        ("tags", () => Keyed(random, () => Word(random)!, RandomTagBody, nulls: true)),
        ("inner", () => depth == 0 || random.Next(4) == 0 ? null : RandomCrateBody(random, depth - 1)));

    private static JsonObject RandomPartBody(Random random) => Members(
        random,
        ("name", () => random.Next(4) == 0 ? null : Word(random)),
        ("count", () => random.Next(2)),
        ("tags", () => random.Next(4) > 0 ? [] : Keyed(random, () => Word(random)!, RandomTagBody, nulls: true)));

    private static JsonObject RandomTagBody(Random random) => Members(random, ("weight", () => random.Next(2)));

    private static JsonObject Members(Random random, params (string Name, Func<JsonNode?> Value)[] members)
    {
        var body = new JsonObject();
        foreach ((string name, Func<JsonNode?> value) in members.Where(_ => random.Next(2) == 0))
        {
            body[name] = value();
        }

        return body;
    }

    private static JsonObject Keyed(Random random, Func<string> key, Func<Random, JsonObject> value, bool nulls = false)
    {
        var body = new JsonObject();
        for (int i = random.Next(4); i > 0; i--)
        {
            body[key()] = nulls && random.Next(3) == 0 ? null : value(random);
        }

        return body;
    }

    private static JsonArray Items(Random random, Func<Random, JsonObject> item, bool nulls = false) =>
        Items(random, () => item(random), nulls);

    private static JsonArray Items(Random random, Func<JsonObject> item, bool nulls = false) =>
        new([.. Enumerable.Range(0, random.Next(5)).Select(_ => nulls && random.Next(8) == 0 ? null : item())]);

    private static string Word(Random random) => ((string[])["a", "b", "c", "d"])[random.Next(4)];

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
