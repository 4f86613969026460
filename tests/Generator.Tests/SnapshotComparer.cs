using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// Compares generated files with those kept beside the tests, where the package feed has no Verify; named and laid out as Verify.SourceGenerators names and lays them out:
/// <c>Class.Method#HintName.verified.cs</c>, the hint name on the first line. What differs is left as <c>.received.cs</c> beside it; to accept it, rename it.
/// </summary>
internal static class SnapshotComparer
{
    /// <summary>Compares the files of which <paramref name="wanted"/> says so by their hint names.</summary>
    public static Task VerifyAsync(
        GeneratorDriverRunResult result, Func<string, bool> wanted, string testClass, [CallerMemberName] string testMethod = "", [CallerFilePath] string testFile = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots");
        string prefix = $"{testClass}.{testMethod}#";
        var expected = Directory.GetFiles(folder, prefix + "*.verified.cs").ToHashSet();
        var failures = new List<string>();
        foreach (GeneratedSourceResult source in result.Results.SelectMany(static generator => generator.GeneratedSources).Where(source => wanted(source.HintName)))
        {
            string hintName = source.HintName;
            string stem = Path.Combine(folder, prefix + Path.GetFileNameWithoutExtension(hintName));
            string verified = stem + ".verified.cs", received = stem + ".received.cs";
            string text = $"//HintName: {hintName}\n{source.SourceText}";
            expected.Remove(verified);
            if (File.Exists(verified) && File.ReadAllText(verified).ReplaceLineEndings("\n") == text)
            {
                File.Delete(received);
                continue;
            }

            File.WriteAllText(received, text);
            failures.Add($"{Path.GetFileName(verified)} differs; what was generated lies beside it as {Path.GetFileName(received)}");
        }

        failures.AddRange(expected.Select(static file => $"{Path.GetFileName(file)} is no longer generated"));
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        return Task.CompletedTask;
    }
}
