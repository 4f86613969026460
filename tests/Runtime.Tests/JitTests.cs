using System.Diagnostics;
using System.Reflection;
using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>
/// The JIT does not optimize very large methods, which makes them three to five times slower. Its summary lists the methods concerned.
/// </summary>
public class JitTests
{
    [Fact]
    public async Task Every_method_of_a_patch_with_a_hundred_members_is_optimized()
    {
        string summary = Path.Combine(Path.GetTempPath(), $"patchgen-jit-{Guid.NewGuid():N}.txt");
        try
        {
            string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
            var start = new ProcessStartInfo(host, ["exec", typeof(Program).Assembly.Location, "read"]) { RedirectStandardError = true };
            start.Environment["DOTNET_TieredCompilation"] = "0"; // optimize each method at its first call
            start.Environment["DOTNET_JitDisasmSummary"] = "1";
            start.Environment["DOTNET_JitStdOutFile"] = summary;
            using Process process = Process.Start(start)!;
            string errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal("", errors);
            Assert.Equal(0, process.ExitCode);

            // Methods of the library are checked only in a Release build; this assembly is always built with optimization.
            bool all = typeof(PatchReader).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };
            string prefix = all ? "compiled Layers.PatchGen." : "compiled Layers.PatchGen.Runtime.Tests.";
            string[] compiled = [.. (await File.ReadAllLinesAsync(summary)).Where(line => line.Contains(prefix, StringComparison.Ordinal))];
            Assert.Contains(
                compiled,
                line =>
                    line.Contains($"{nameof(HundredPatch)}:ReadMembers64To95", StringComparison.Ordinal)
                        && line.Contains("FullOpts", StringComparison.Ordinal));
            Assert.Contains(
                compiled,
                line =>
                    line.Contains($"{nameof(HundredStructPatch)}:ReadMembers64To95", StringComparison.Ordinal)
                        && line.Contains("FullOpts", StringComparison.Ordinal));
            Assert.DoesNotContain(compiled, line => line.Contains("MinOpts", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(summary);
        }
    }
}
