using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// If a declaration also has compiler errors, the compiler drops the diagnostics of analyzers; the generator then reports them.
/// </summary>
public class HiddenErrorTests
{
    [Theory]
    [InlineData("PG0001", "it is not partial", "[Patch] public sealed record P { public partial string Name { get; init; } }")]
    [InlineData("PG0001", "it is not a record", "[Patch] public sealed partial class P { public partial string Name { get; init; } }")]
    [InlineData("PG0001", "it is not a record", "[Patch] public class P { public partial string Name { get; init; } }")]
    [InlineData(
        "PG0001", "'Outer' that contains it",
        "public class Outer { [Patch] public sealed partial record P { public partial string Name { get; init; } } }")]
    [InlineData("PG0001", "it is generic", "[Patch] public sealed partial record P<T> { public partial string Name { get; init; } }")]
    [InlineData("PG0001", "local to its file", "[Patch] file sealed partial record P { public partial string Name { get; init; } }")]
    [InlineData(
        "PG0015", "an absent member means unchanged",
        "[Patch] public sealed partial record P { public partial string Name { get; init; } = \"x\"; }")]
    public void Is_shown_by_the_build(string id, string message, string declaration)
    {
        GeneratorTest test = GeneratorTest.RunUnchecked(GeneratorTest.Usings + declaration);
        Diagnostic shown = Assert.Single(test.Shown(), d => d.Id.StartsWith("PG", StringComparison.Ordinal));
        Assert.Equal(id, shown.Id);
        Assert.Contains(message, shown.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal("Source0.cs", shown.Location.GetLineSpan().Path);
        Assert.Contains(test.Shown(), static d => d.Id is "CS9248" or "CS8050" or "CS0751");
    }

    /// <summary>The values of the pipeline hold no syntax tree, and an equal error does not run it again.</summary>
    [Fact]
    public void Is_cached()
    {
        var input = GeneratorTest.Compile(
            GeneratorTest.Usings + "[Patch] public sealed record P { public partial string Name { get; init; } }");
        GeneratorDriver driver = GeneratorTest.CreateDriver().RunGenerators(input);
        GeneratorDriverRunResult again =
            driver.RunGenerators(input.AddSyntaxTrees(GeneratorTest.Parse("// unrelated", "Unrelated.cs"))).GetRunResult();
        Assert.False(Assert.Single(again.Diagnostics).Location.IsInSource);
        Assert.All(
            again.Results[0].TrackedOutputSteps.SelectMany(static s => s.Value).SelectMany(static s => s.Outputs),
            static output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }
}
