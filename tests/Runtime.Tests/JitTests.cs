using System.Diagnostics;
using System.Reflection;
using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>
/// The JIT silently stops optimizing methods that are too large, which makes them three to five times slower. Its summary shows them.
/// </summary>
public class JitTests
{
    [Fact]
    public async Task Every_method_of_a_patch_of_a_hundred_members_is_optimised()
    {
        string summary = Path.Combine(Path.GetTempPath(), $"patchgen-jit-{Guid.NewGuid():N}.txt");
        try
        {
            string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
            var start = new ProcessStartInfo(host, ["exec", typeof(Program).Assembly.Location, "read"]) { RedirectStandardError = true };
            start.Environment["DOTNET_TieredCompilation"] = "0"; // each method is optimised at its first call
            start.Environment["DOTNET_JitDisasmSummary"] = "1";
            start.Environment["DOTNET_JitStdOutFile"] = summary;
            using Process process = Process.Start(start)!;
            string errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal("", errors);
            Assert.Equal(0, process.ExitCode);

            // The library's own methods count where it was built to be optimised (a Release build); this assembly always is.
            bool all = typeof(PatchReader).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };
            string ours = all ? "compiled Layers.PatchGen." : "compiled Layers.PatchGen.Runtime.Tests.";
            string[] compiled = [.. (await File.ReadAllLinesAsync(summary)).Where(line => line.Contains(ours, StringComparison.Ordinal))];
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
