using System.Collections;
using System.Diagnostics;
using System.Text;

namespace Layers.PatchGen.Package.Tests.Support;

/// <summary>Runs the <c>dotnet</c> command.</summary>
internal static class Dotnet
{
    /// <summary>Runs a command to its end.</summary>
    /// <returns>The exit code and the output.</returns>
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

    /// <summary>Runs a command that must succeed without warnings.</summary>
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
        // The dotnet command that runs these tests; if they run in an application host, the one in PATH.
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Environment variables of the build that runs these tests would affect another build.
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
