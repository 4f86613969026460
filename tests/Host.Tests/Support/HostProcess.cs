using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>The host as a process of its own, which can be killed.</summary>
public sealed partial class HostProcess : IDisposable
{
    private readonly Process _process;

    private HostProcess(Process process) => _process = process;

    /// <summary>What it has written so far.</summary>
    public string Output { get; private set; } = "";

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Starts the host and waits until it listens.</summary>
    public static async Task<HostProcess> StartAsync(params string[] arguments)
    {
        HostProcess host = Launch(arguments);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await host._process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            host.Output += line + "\n";
            if (Listening().Match(line) is { Success: true } match)
            {
                host.Client = new HttpClient { BaseAddress = new Uri(match.Groups[1].Value), Timeout = TimeSpan.FromSeconds(30) };
                return host;
            }
        }

        throw new InvalidOperationException($"The host did not start: {host.Output}{await host._process.StandardError.ReadToEndAsync(limit.Token)}");
    }

    /// <summary>Starts the host with arguments that it must refuse.</summary>
    /// <returns>Its exit code, and what it said about it.</returns>
    public static async Task<(int Code, string Said)> FailAsync(params string[] arguments)
    {
        using HostProcess host = Launch(arguments);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        _ = host._process.StandardOutput.ReadToEndAsync(limit.Token);
        string said = await host._process.StandardError.ReadToEndAsync(limit.Token);
        await host._process.WaitForExitAsync(limit.Token);
        return (host._process.ExitCode, said);
    }

    /// <summary>Reads one line more of what it says.</summary>
    public async Task<string?> ReadLineAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _process.StandardOutput.ReadLineAsync(limit.Token);
    }

    /// <summary>Ends the process as <c>kill -9</c> does: at once, between any two instructions.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        Client?.Dispose();
    }

    private static HostProcess Launch(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(typeof(HostApp).Assembly.Location);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string name in (string[])["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPNETCORE_URLS"])
        {
            start.Environment.Remove(name);
        }

        return new HostProcess(Process.Start(start)!);
    }

    [GeneratedRegex(@"Listening on (http://\S+?)\.? ")]
    private static partial Regex Listening();
}
