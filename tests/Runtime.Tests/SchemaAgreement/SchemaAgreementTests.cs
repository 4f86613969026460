using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Layers.PatchGen.Runtime.Tests.SchemaAgreement;

/// <summary>
/// The schema of a patch accepts exactly the bodies that its reader accepts, except for what a schema cannot express
/// (<see cref="SchemaLimits"/>). An independent validator evaluates the schema. The seed is printed; PATCHGEN_SEED repeats a run,
/// PATCHGEN_BODIES sets the number of random bodies for each patch.
/// </summary>
public class SchemaAgreementTests(ITestOutputHelper output)
{
    /// <summary>
    /// The number of bodies for each run of the validator: enough to make its start negligible, few enough to fit in memory.
    /// </summary>
    private const int Batch = 50_000;

    private readonly Dictionary<string, int> _met = SchemaLimits.All.ToDictionary(static limit => limit.What, static _ => 0);
    private readonly List<string> _wrong = [];
    private int _compared;
    private int _accepted;

    [AjvFact]
    public void The_schema_accepts_what_the_reader_accepts()
    {
        int seed = Setting("PATCHGEN_SEED", Environment.TickCount), count = Setting("PATCHGEN_BODIES", 3_000);
        output.WriteLine($"PATCHGEN_SEED={seed} PATCHGEN_BODIES={count}");
        var random = new Random(seed);
        Compare<ScalarsPatch>(random, count);
        Compare<CollectionsPatch>(random, count);
        Compare<MapsPatch>(random, count);
        Compare<ListsPatch>(random, count);
        Compare<OuterPatch>(random, count);
        Compare<OpenPatch>(random, count);
        Compare<OuterPatch>(random, count, new PatchReadOptions { LiftedFences = ["v2", "v3"] });

        output.WriteLine($"{_compared} bodies, {_accepted} of them patches");
        output.WriteLine(string.Join("\n", _met.Select(static limit => $"{limit.Value,6} {limit.Key}")));
        Assert.True(_wrong.Count == 0, $"{_wrong.Count} of {_compared}:\n{string.Join("\n", _wrong.Take(40))}");
        Assert.InRange(_accepted, _compared / 10, _compared * 9L / 10);
        Assert.All(_met, static limit => Assert.True(limit.Value > 0, $"No body demonstrates this limit: {limit.Key}"));
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

    // Every problem that only the reader reports must be one of the limits.
    private static string? Disagreement(in ReadBody body, SchemaVerdict schema, Dictionary<string, int> met)
    {
        if (body.IsPatch)
        {
            return !schema.IsJson ? "The reader accepts a body that is not JSON"
                : !schema.Accepts ? "The schema rejects what the reader accepts"
                : schema.AcceptsFormats || Explained(body, null, met) ? null : "The formats reject what the reader accepts";
        }

        if (!schema.Accepts)
        {
            return null;
        }

        foreach (PatchProblem problem in body.Problems)
        {
            // With formats checked, only problems that they do not cover remain.
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

    private void Compare<TPatch>(Random random, int count, PatchReadOptions? options = null)
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
            body => PatchReader.TryRead<TPatch>(body, options, out _, out _),
            [.. schema["properties"]!.AsObject().Select(static member => member.Key)]);
        foreach (byte[][] batch in bodies.Exhaustive().Concat(Enumerable.Range(0, count).Select(_ => bodies.Random(random))).Chunk(Batch))
        {
            SchemaVerdict[] verdicts = Ajv.Validate(schema, batch);
            for (int i = 0; i < batch.Length; i++)
            {
                PatchReader.TryRead<TPatch>(batch[i], options, out _, out PatchProblems problems);
                Compare(new ReadBody(batch[i], problems, schema), verdicts[i]);
            }
        }
    }

    private void Compare(in ReadBody body, SchemaVerdict verdict)
    {
        _compared++;
        _accepted += body.IsPatch ? 1 : 0;
        if (Disagreement(body, verdict, _met) is { } disagreement)
        {
            string problems = string.Join(" ", body.Problems.Select(static p => $"{p.Code} {p.Pointer}"));
            _wrong.Add($"{disagreement}\n  {Encoding.UTF8.GetString(body.Utf8)}\n  {problems}");
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : otherwise;
}
