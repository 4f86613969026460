using System.Runtime.CompilerServices;
using DiffEngine;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// Compares generated files with snapshots by Verify.SourceGenerators. A file that differs is written next to its snapshot as
/// <c>.received.cs</c>; rename it to accept it.
/// </summary>
internal static class SnapshotComparer
{
    /// <summary>Runs before any test.</summary>
    [ModuleInitializer]
    internal static void Initialize()
    {
        // Failures are in the log; no window is opened.
        DiffRunner.Disabled = true;
        VerifySourceGenerators.Initialize();
    }

    /// <summary>Compares the files whose hint names are <paramref name="wanted"/>.</summary>
    public static Task VerifyAsync(
        GeneratorDriverRunResult result,
        Func<string, bool> wanted,
        string testClass,
        [CallerMemberName] string testMethod = "",
        [CallerFilePath] string testFile = "") =>
        Verifier.Verify(result, sourceFile: testFile)
            .UseDirectory("Snapshots")
            .UseTypeName(testClass)
            .UseMethodName(testMethod)
            .IgnoreGeneratedResult(source => !wanted(source.HintName))
            .AddScrubber(static text =>
            {
                string scrubbed = SnapshotTests.WithoutVersion(text.ToString());
                text.Clear().Append(scrubbed);
            })
            .ToTask();
}
