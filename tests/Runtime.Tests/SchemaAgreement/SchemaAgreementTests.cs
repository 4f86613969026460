using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Layers.PatchGen.Runtime.Tests.SchemaAgreement;

/// <summary>
/// The schema of a patch accepts exactly the bodies that its reader accepts, except for what no schema can express, which is
/// <see cref="SchemaLimits"/>. An independent validator checks the schema. The seed is printed; PATCHGEN_SEED has a run again,
/// PATCHGEN_BODIES sets how many bodies of each patch are random.
/// </summary>
public class SchemaAgreementTests(ITestOutputHelper output)
{
    /// <summary>
    /// How many bodies the validator is handed at a time: so many that its start does not count, and that they fit in memory however many
    /// there are in all.
    /// </summary>
    private const int Batch = 50_000;

    private readonly Dictionary<string, int> _met = SchemaLimits.All.ToDictionary(static limit => limit.What, static _ => 0);
    private readonly List<string> _wrong = [];
    private int _judged;
    private int _accepted;

    [AjvFact]
    public void The_schema_accepts_what_the_reader_accepts()
    {
        int seed = Setting("PATCHGEN_SEED", Environment.TickCount), count = Setting("PATCHGEN_BODIES", 3_000);
        output.WriteLine($"PATCHGEN_SEED={seed} PATCHGEN_BODIES={count}");
        var random = new Random(seed);
        Judge<ScalarsPatch>(random, count);
        Judge<CollectionsPatch>(random, count);
        Judge<MapsPatch>(random, count);
        Judge<OuterPatch>(random, count);
        Judge<OpenPatch>(random, count);
        Judge<OuterPatch>(random, count, new PatchReadOptions { LiftedFences = ["v2", "v3"] });

        output.WriteLine($"{_judged} bodies, {_accepted} of them patches");
        output.WriteLine(string.Join("\n", _met.Select(static limit => $"{limit.Value,6} {limit.Key}")));
        Assert.True(_wrong.Count == 0, $"{_wrong.Count} of {_judged}:\n{string.Join("\n", _wrong.Take(40))}");
        Assert.InRange(_accepted, _judged / 10, _judged * 9L / 10);
        Assert.All(_met, static limit => Assert.True(limit.Value > 0, $"No body shows this limit any more: {limit.Key}"));
    }

    [Fact]
    public void The_limits_are_documented()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Ajv.Root, "docs", "semantics.md"));
        Assert.Equal(
            SchemaLimits.All.Select(static limit => $"- {limit.What}"),
            lines.SkipWhile(static line => line != "## What the schema cannot say").Skip(1)
                .TakeWhile(static line => !line.StartsWith('#')).Where(static line => line.StartsWith('-')));
    }

    // Every problem that the reader reports and the schema does not must be one of the limits.
    private static string? Disagreement(in ReadBody body, SchemaVerdict schema, Dictionary<string, int> met)
    {
        if (body.IsPatch)
        {
            return !schema.IsJson ? "The reader takes what is not JSON"
                : !schema.Accepts ? "The schema rejects what the reader accepts"
                : schema.AcceptsFormats || Explained(body, null, met) ? null : "The formats reject what the reader accepts";
        }

        if (!schema.Accepts)
        {
            return null;
        }

        foreach (PatchProblem problem in body.Problems)
        {
            // With formats checked, only what they do not cover remains.
            if (!(problem.Code == PatchProblemCodes.BadFormat && !schema.AcceptsFormats) && !Explained(body, problem, met))
            {
                return "The schema accepts what the reader rejects";
            }
        }

        return null;
    }

    private static bool Explained(in ReadBody body, PatchProblem? problem, Dictionary<string, int> met)
    {
        foreach (SchemaLimit limit in SchemaLimits.All)
        {
            if (limit.Explains(body, problem))
            {
                met[limit.What]++;
                return true;
            }
        }

        return false;
    }

    private void Judge<TPatch>(Random random, int count, PatchReadOptions? options = null)
        where TPatch : IPatch<TPatch>
    {
        options = (options ?? PatchReadOptions.Default) with { MaxProblems = 1_000 }; // A limit must explain every problem.
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            TPatch.WriteJsonSchema(writer, options);
        }

        JsonNode schema = JsonNode.Parse(stream.ToArray())!;
        var bodies = new Bodies(
            body => PatchReader.TryRead<TPatch>(body, options, out _, out _), [.. schema["properties"]!.AsObject().Select(static member => member.Key)]);
        foreach (byte[][] batch in bodies.Exhaustive().Concat(Enumerable.Range(0, count).Select(_ => bodies.Random(random))).Chunk(Batch))
        {
            SchemaVerdict[] verdicts = Ajv.Validate(schema, batch);
            for (int i = 0; i < batch.Length; i++)
            {
                PatchReader.TryRead<TPatch>(batch[i], options, out _, out PatchProblems problems);
                Judge(new ReadBody(batch[i], problems, schema), verdicts[i]);
            }
        }
    }

    private void Judge(in ReadBody body, SchemaVerdict verdict)
    {
        _judged++;
        _accepted += body.IsPatch ? 1 : 0;
        if (Disagreement(body, verdict, _met) is { } said)
        {
            _wrong.Add(
                $"{said}\n  {Encoding.UTF8.GetString(body.Utf8)}\n  {string.Join(" ", body.Problems.Select(static p => $"{p.Code} {p.Pointer}"))}");
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : otherwise;
}
