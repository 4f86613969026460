using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Layers.PatchGen.Benchmarks.Generator;

/// <summary>
/// <c>generator</c>: the time the generator takes in projects of different sizes, compared with System.Text.Json's generator in the same
/// process.
/// </summary>
internal static class GeneratorCommand
{
    private const int Rounds = 15;

    private static readonly int[] Sizes = [1_000, 300, 100, 30];

    /// <summary>Measures and prints Markdown tables.</summary>
    /// <returns>The exit code: 0, or 2 when the SDK's own generator is not found.</returns>
    public static int Run()
    {
        if (PlatformGenerator() is not { } platform)
        {
            Console.Error.WriteLine(
                "Cannot find System.Text.Json's generator in the reference pack Microsoft.NETCore.App.Ref of this SDK.");
            return 2;
        }

        foreach (int size in Sizes)
        {
            Report(new Project(size), platform, $"{size} patches of 10 members alone", "1.1", "1.25");
            Report(new Project(size, withDocuments: true), platform, $"{size} patches of 10 members with their documents", "1.65", "2.0");
        }

        return 0;
    }

    private static void Report(Project project, ISourceGenerator platform, string title, string fullLimit, string editLimit)
    {
        ISourceGenerator[] generators = [new PatchGen.Generator.PatchGenerator().AsSourceGenerator(), platform];
        (string Name, Func<CSharpCompilation, CSharpCompilation>? Edit, string Limit)[] rows =
        [
            ("full run", null, fullLimit),
            ("edit within an unrelated class", project.EditOther, editLimit),
            ("edit of an unrelated declaration", project.EditDeclaration, editLimit),
            ("edit of one patch", project.EditPatch, editLimit),
        ];
        GeneratorDriver[] settled = [.. generators.Select(g => Project.Driver(g).RunGenerators(project.Compile()))];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title}, {Rounds} rounds, interleaved; "
                + $"characters written: {Written(settled[0]):N0}, by System.Text.Json {Written(settled[1]):N0}\n"));
        Console.WriteLine("| | minimum ms | median | System.Text.Json, minimum ms | median | ratio of minima | at most |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
        foreach ((string name, Func<CSharpCompilation, CSharpCompilation>? edit, string limit) in rows)
        {
            (double[] own, double[] platforms) = Measure(project, generators, settled, edit);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {own[0]:0.0} | {own[Rounds / 2]:0.0} | {platforms[0]:0.0} "
                    + $"| {platforms[Rounds / 2]:0.0} | {own[0] / platforms[0]:0.00} | {limit} |"));
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\nRegenerated outputs: {Emitted(project, project.EditOther)}, {Emitted(project, project.EditDeclaration)}"
                    + $" and {Emitted(project, project.EditPatch)} on the three edits.\n"));
    }

    private static (double[] Own, double[] Platforms) Measure(
        Project project, ISourceGenerator[] generators, GeneratorDriver[] settled, Func<CSharpCompilation, CSharpCompilation>? edit)
    {
        CSharpCompilation before = project.Compile();
        double[][] times = [new double[Rounds], new double[Rounds]];
        for (int round = -1; round < Rounds; round++)
        {
            for (int i = 0; i < generators.Length; i++)
            {
                // A new compilation for each generator, without bound symbols.
                CSharpCompilation compilation = edit is null ? project.CompileFromScratch() : edit(before);
                GeneratorDriver driver = edit is null ? Project.Driver(generators[i]) : settled[i];
                GC.Collect();
                GC.WaitForPendingFinalizers();
                long start = Stopwatch.GetTimestamp();
                driver.RunGenerators(compilation);
                if (round >= 0)
                {
                    times[i][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }
            }
        }

        Array.Sort(times[0]);
        Array.Sort(times[1]);
        return (times[0], times[1]);
    }

    private static int Emitted(Project project, Func<CSharpCompilation, CSharpCompilation> edit)
    {
        CSharpCompilation compilation = project.Compile();
        GeneratorDriver driver =
            Project.Driver(new PatchGen.Generator.PatchGenerator().AsSourceGenerator(), isTracked: true).RunGenerators(compilation);
        return driver.RunGenerators(edit(compilation)).GetRunResult().Results[0].TrackedOutputSteps
            .SelectMany(static step => step.Value)
            .SelectMany(static step => step.Outputs)
            .Count(static output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified);
    }

    private static int Written(GeneratorDriver driver) =>
        driver.GetRunResult().Results[0].GeneratedSources.Sum(static s => s.SourceText.Length);

    // Located from the running framework: shared/Microsoft.NETCore.App/<version> and packs/Microsoft.NETCore.App.Ref/<version> are in one
    // folder.
    private static ISourceGenerator? PlatformGenerator()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        string packs = Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref");
        string? file = (Directory.Exists(packs) ? Directory.GetDirectories(packs) : [])
            .Select(static pack => Path.Combine(pack, "analyzers", "dotnet", "cs", "System.Text.Json.SourceGeneration.dll"))
            .Where(File.Exists)
            .Order(StringComparer.Ordinal)
            .LastOrDefault();
        Type? type = file is null ? null : Assembly.LoadFrom(file).GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator");
        return type is null ? null : ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator();
    }
}
