using System.Collections;
using System.Diagnostics;
using System.Text;

namespace Layers.PatchGen.Package.Tests.Support;

/// <summary>The command <c>dotnet</c>, and programs that it built.</summary>
internal static class Dotnet
{
    /// <summary>Runs a command to its end.</summary>
    /// <returns>Its exit code, and all that it wrote.</returns>
    public static async Task<(int Code, string Output)> RunAsync(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = new StringBuilder();
        try
        {
            output.Append(await process.StandardOutput.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"dotnet {string.Join(' ', arguments)} did not end: {output}");
        }

        return (process.ExitCode, output.Append(await errors).ToString());
    }

    /// <summary>Runs a command that must go well, without a warning.</summary>
    public static async Task<string> SucceedAsync(string folder, params string[] arguments)
    {
        (int code, string output) = await RunAsync(folder, arguments);
        Assert.True(
            code == 0 && !output.Contains(": warning ", StringComparison.Ordinal),
            $"dotnet {string.Join(' ', arguments)} ended with {code}:\n{output}");
        return output;
    }

    /// <summary>Starts a command.</summary>
    public static Process Start(string folder, params string[] arguments)
    {
        // The dotnet command that runs these tests; the one on the path if they run in an application host.
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The environment variables of the build that runs these tests would confuse another build.
        foreach (string name in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(static entry => (string)entry.Key))
        {
            if (
                name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
                    || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
                    || name is "NUGET_PACKAGES" or "RESTORECONFIGFILE")
            {
                start.Environment.Remove(name);
            }
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return Process.Start(start)!;
    }
}
