using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Layers.PatchGen.Runtime.Tests.SchemaAgreement;

/// <summary>
/// The schema of a patch takes the bodies that its reader takes, and no others: but for what no schema can say, which is <see cref="SchemaLimits"/>. An independent validator says what
/// the schema takes. The seed is printed; PATCHGEN_SEED has a run again, PATCHGEN_BODIES sets how many bodies of each patch are random.
/// </summary>
public class SchemaAgreementTests(ITestOutputHelper output)
{
    private readonly List<JsonNode> _schemas = [];
    private readonly List<(int Schema, byte[] Body)> _bodies = [];
    private readonly List<PatchProblems> _read = [];

    [AjvFact]
    public void The_schema_takes_what_the_reader_takes()
    {
        int seed = Setting("PATCHGEN_SEED", Environment.TickCount), count = Setting("PATCHGEN_BODIES", 3_000);
        output.WriteLine($"PATCHGEN_SEED={seed} PATCHGEN_BODIES={count}");
        var random = new Random(seed);
        Add<ScalarsPatch>(random, count);
        Add<CollectionsPatch>(random, count);
        Add<MapsPatch>(random, count);
        Add<OuterPatch>(random, count);
        Add<OpenPatch>(random, count);
        Add<OuterPatch>(random, count, new PatchReadOptions { LiftedFences = ["v2", "v3"] });

        SchemaVerdict[] verdicts = Ajv.Validate(_schemas, _bodies);
        var met = SchemaLimits.All.ToDictionary(static limit => limit.What, static _ => 0);
        var wrong = new List<string>();
        int accepted = 0;
        for (int i = 0; i < verdicts.Length; i++)
        {
            var body = new ReadBody(_bodies[i].Body, _read[i], _schemas[_bodies[i].Schema]);
            accepted += body.IsPatch ? 1 : 0;
            if (Disagreement(body, verdicts[i], met) is { } said)
            {
                wrong.Add($"{said}\n  {Encoding.UTF8.GetString(body.Utf8)}\n  {string.Join(" ", body.Problems.Select(static p => $"{p.Code} {p.Pointer}"))}");
            }
        }

        output.WriteLine($"{verdicts.Length} bodies, {accepted} of them patches");
        output.WriteLine(string.Join("\n", met.Select(static limit => $"{limit.Value,6} {limit.Key}")));
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {verdicts.Length}:\n{string.Join("\n", wrong.Take(40))}");
        Assert.InRange(accepted, verdicts.Length / 10, verdicts.Length * 9 / 10);
        Assert.All(met, static limit => Assert.True(limit.Value > 0, $"No body shows this limit any more: {limit.Key}"));
    }

    [Fact]
    public void The_limits_stand_in_the_documentation()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Ajv.Root, "docs", "semantics.md"));
        Assert.Equal(
            SchemaLimits.All.Select(static limit => $"- {limit.What}"),
            lines.SkipWhile(static line => line != "## What the schema cannot say").Skip(1).TakeWhile(static line => !line.StartsWith('#')).Where(static line => line.StartsWith('-')));
    }

    // What a schema cannot say must be the whole of the difference: every single problem that the reader has, and the schema has not, is one of the limits.
    private static string? Disagreement(in ReadBody body, SchemaVerdict schema, Dictionary<string, int> met)
    {
        if (body.IsPatch)
        {
            return !schema.IsJson ? "The reader takes what is not JSON"
                : !schema.Accepts ? "The schema refuses what the reader takes"
                : schema.AcceptsFormats || Explained(body, null, met) ? null : "The formats refuse what the reader takes";
        }

        if (!schema.Accepts)
        {
            return null;
        }

        foreach (PatchProblem problem in body.Problems)
        {
            // With formats checked, only what they do not say is left.
            if (!(problem.Code == PatchProblemCodes.BadFormat && !schema.AcceptsFormats) && !Explained(body, problem, met))
            {
                return "The schema takes what the reader refuses";
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

    private void Add<TPatch>(Random random, int count, PatchReadOptions? options = null)
        where TPatch : IPatch<TPatch>
    {
        options = (options ?? PatchReadOptions.Default) with { MaxProblems = 1_000 }; // a limit must explain every problem
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            TPatch.WriteJsonSchema(writer, options);
        }

        JsonNode schema = JsonNode.Parse(stream.ToArray())!;
        var bodies = new Bodies(body => TPatch.TryRead(body, options, out _, out _), [.. schema["properties"]!.AsObject().Select(static member => member.Key)]);
        foreach (byte[] body in bodies.Exhaustive().Concat(Enumerable.Range(0, count).Select(_ => bodies.Random(random))))
        {
            _bodies.Add((_schemas.Count, body));
            TPatch.TryRead(body, options, out _, out PatchProblems problems);
            _read.Add(problems);
        }

        _schemas.Add(schema);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
