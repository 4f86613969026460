using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Xunit.Abstractions;

namespace Layers.PatchGen.Runtime.Tests.Documents;

/// <summary>
/// Documents patched as bytes, compared with documents patched as objects: random documents, also as their contract does not write them,
/// and random bodies. The seed is printed; PATCHGEN_SEED repeats a run, and PATCHGEN_DOCUMENTS sets the number of pairs.
/// </summary>
public class DocumentParityTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Web =
        new(JsonSerializerDefaults.Web) { TypeInfoResolver = PlainContext.Default, Converters = { new JsonStringEnumConverter() } };

    private static readonly JsonSerializerOptions Defaults = new(PlainContext.Default.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new SecondsConverter() },
        TypeInfoResolver = PlainContext.Default,
    };

    private static readonly DocumentWays[] All =
    [
        new DocumentWays<ProfilePatch, Profile>("profile", PlainContext.Default.Options),
        new DocumentWays<ProfilePatch, Profile>("sparse profile", SparseContext.Default.Options),
        new DocumentWays<ProfilePatch, Profile>("profile without null", Defaults),
        new DocumentWays<GadgetPatch, Gadget>("gadget", PlainContext.Default.Options),
        new DocumentWays<GadgetPatch, Gadget>("sparse gadget", SparseContext.Default.Options),
        new DocumentWays<GadgetPatch, Gadget>("web gadget", Web),
        new DocumentWays<SensorPatch, Sensor>("sensor", PlainContext.Default.Options),
        new DocumentWays<SensorPatch, Sensor>("sparse sensor", SparseContext.Default.Options),
    ];

    [Fact]
    public void Documents_patched_as_bytes_equal_documents_patched_as_objects()
    {
        int seed = Setting("PATCHGEN_SEED", Environment.TickCount), count = Setting("PATCHGEN_DOCUMENTS", 50_000);
        output.WriteLine($"PATCHGEN_SEED={seed} PATCHGEN_DOCUMENTS={count}");
        var random = new Random(seed);
        var tally = new Tally();
        for (int i = 0; i < count; i++)
        {
            Compare(All[i % All.Length], random, tally);
        }

        foreach ((string what, int times) in tally)
        {
            output.WriteLine($"{what}: {times}");
        }

        foreach (DocumentWays ways in All)
        {
            // Random documents lack members whose properties have initializers, and patches create objects in them.
            Assert.True(tally[$"{ways.Name}, canonical, as bytes"] * 2 > tally[$"{ways.Name}, canonical, as object"], ways.Name);
        }
    }

    private static void Compare(DocumentWays ways, Random random, Tally tally)
    {
        var make = new RandomDocument(random);
        byte[] document = ways.Canonical(make.Spell(make.Object(ways.Contract, 3)));
        JsonObject members = JsonNode.Parse(document)!.AsObject();
        byte[] body = make.Spell(make.Body(ways.Table, ways.Contract, members));
        bool isInside = false;
        string change = random.Next(2) == 0 ? "canonical" : DocumentMutation.Apply(random, ways, ref document, out isInside);
        DateTimeOffset now = new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero).AddTicks(random.NextInt64(TimeSpan.TicksPerDay));
        if (ways.Apply(document, body, now) is not { } applied)
        {
            tally.Add($"{ways.Name}, invalid body");
            return;
        }

        string shown = $"{ways.Name}, {change}\ndocument {Encoding.UTF8.GetString(document)}\nbody     {Encoding.UTF8.GetString(body)}\n"
            + $"expected {Show(applied.Objects)}\nfound    {Show(applied.Bytes)}";
        tally.Add($"{ways.Name}, {change}, {(applied.Bytes is null ? "as object" : "as bytes")}");
        if (applied.Bytes is not { } bytes)
        {
            return;
        }

        // Members that were not sent are not read: what is wrong with their values is kept. But the document stays JSON.
        if (applied.Objects is not { } objects)
        {
            Assert.True(change != "canonical", shown);
            JsonElement.Parse(document);
            JsonElement.Parse(bytes.After ?? document);
            return;
        }

        Assert.True(objects.Changed == bytes.Changed, shown);
        Assert.True(objects.After is null == bytes.After is null, shown);
        if (objects.After is null)
        {
            return;
        }

        if (change == "canonical")
        {
            Assert.True(objects.After.AsSpan().SequenceEqual(bytes.After), shown);
            return;
        }

        Assert.True(objects.After.AsSpan().SequenceEqual(ways.Canonical(bytes.After!)), shown);
        if (change is not ("another spelling" or "no JSON") && !isInside)
        {
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(objects.After), JsonElement.Parse(bytes.After)), shown);
        }
    }

    private static string Show(Applied? applied) =>
        applied is null ? "-" : $"{applied.Changed}: {(applied.After is null ? "unchanged" : Encoding.UTF8.GetString(applied.After))}";

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    private sealed class Tally : SortedDictionary<string, int>
    {
        public new int this[string what] => TryGetValue(what, out int times) ? times : 0;

        public void Add(string what) => base[what] = this[what] + 1;
    }
}
