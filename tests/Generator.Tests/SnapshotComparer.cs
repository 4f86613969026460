using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// Compares generated files with snapshots if the package feed has no Verify. Names and layout are those of Verify.SourceGenerators:
/// <c>Class.Method#HintName.verified.cs</c>, with the hint name on the first line. A file that differs is written next to its snapshot as
/// <c>.received.cs</c>; rename it to accept it.
/// </summary>
internal static class SnapshotComparer
{
    /// <summary>Compares the files whose hint names are <paramref name="wanted"/>.</summary>
    public static Task VerifyAsync(
        GeneratorDriverRunResult result,
        Func<string, bool> wanted,
        string testClass,
        [CallerMemberName] string testMethod = "",
        [CallerFilePath] string testFile = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots");
        string prefix = $"{testClass}.{testMethod}#";
        var expected = Directory.GetFiles(folder, prefix + "*.verified.cs").ToHashSet();
        var failures = new List<string>();
        foreach (GeneratedSourceResult source in result.Results.SelectMany(static generator => generator.GeneratedSources))
        {
            string hintName = source.HintName;
            if (!wanted(hintName))
            {
                continue;
            }

            string stem = Path.Combine(folder, prefix + Path.GetFileNameWithoutExtension(hintName));
            string verified = stem + ".verified.cs", received = stem + ".received.cs";
            string text = SnapshotTests.WithoutVersion($"//HintName: {hintName}\n{source.SourceText}");
            expected.Remove(verified);
            if (File.Exists(verified) && File.ReadAllText(verified).ReplaceLineEndings("\n") == text)
            {
                File.Delete(received);
                continue;
            }

            File.WriteAllText(received, text);
            failures.Add($"{Path.GetFileName(verified)} differs from {Path.GetFileName(received)}");
        }

        failures.AddRange(expected.Select(static file => $"{Path.GetFileName(file)} is no longer generated"));
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        return Task.CompletedTask;
    }
}
