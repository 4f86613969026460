using System.Runtime.CompilerServices;
using DiffEngine;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>Compares generated files with those kept beside the tests, by Verify.SourceGenerators. What differs is left as <c>.received.cs</c>; to accept it, rename it.</summary>
internal static class SnapshotComparer
{
    /// <summary>Before any test.</summary>
    [ModuleInitializer]
    internal static void Initialize()
    {
        // A failure is read in the log, as everywhere; no window is opened for it.
        DiffRunner.Disabled = true;
        VerifySourceGenerators.Initialize();
    }

    /// <summary>Compares the files of which <paramref name="wanted"/> says so by their hint names. </summary>
    public static Task VerifyAsync(
        GeneratorDriverRunResult result, Func<string, bool> wanted, string testClass, [CallerMemberName] string testMethod = "", [CallerFilePath] string testFile = "") =>
        Verifier.Verify(result, sourceFile: testFile).UseDirectory("Snapshots").UseTypeName(testClass).UseMethodName(testMethod).IgnoreGeneratedResult(source => !wanted(source.HintName)).ToTask();
}
