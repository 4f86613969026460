using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>The host in a separate process, which can be killed.</summary>
public sealed partial class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private HostProcess(Process process)
    {
        _process = process;
        _ = ReadAsync();
    }

    /// <summary>The output that was read while the host started.</summary>
    public string Output { get; private set; } = "";

    /// <summary>The process id.</summary>
    public string Id => _process.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The current working set, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Starts the host and waits until it listens.</summary>
    public static Task<HostProcess> StartAsync(params string[] arguments) => StartAsync(Launch("dotnet", arguments));

    /// <summary>Starts the host from a shell that runs another command first, for example to ignore a signal.</summary>
    public static Task<HostProcess> StartFromShellAsync(string setup, string[] arguments) => StartAsync(LaunchFromShell(setup, arguments));

    private static async Task<HostProcess> StartAsync(HostProcess host)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await host.ReadLineAsync() is { } line)
        {
            host.Output += line + "\n";
            if (Listening().Match(line) is { Success: true } match)
            {
                host.Client = new HttpClient { BaseAddress = new Uri(match.Groups[1].Value), Timeout = TimeSpan.FromSeconds(30) };
                return host;
            }
        }

        throw new InvalidOperationException(
            $"The host did not start: {host.Output}{await host._process.StandardError.ReadToEndAsync(limit.Token)}");
    }

    /// <summary>Runs the host until it exits, for example because a setting is invalid.</summary>
    /// <returns>The exit code and the standard error output.</returns>
    public static Task<(int Code, string ErrorOutput)> RunAsync(params string[] arguments) => RunAsync(Launch("dotnet", arguments));

    /// <summary>As <see cref="RunAsync(string[])"/>, from a shell that runs another command first.</summary>
    public static Task<(int Code, string ErrorOutput)> RunFromShellAsync(string setup, string[] arguments) =>
        RunAsync(LaunchFromShell(setup, arguments));

    private static async Task<(int Code, string ErrorOutput)> RunAsync(HostProcess host)
    {
        using HostProcess exiting = host;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string errorOutput = await host._process.StandardError.ReadToEndAsync(limit.Token);
        await host._process.WaitForExitAsync(limit.Token);
        return (host._process.ExitCode, errorOutput);
    }

    /// <summary>Reads the next line of the output; null at its end.</summary>
    public async Task<string?> ReadLineAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _lines.Reader.WaitToReadAsync(limit.Token) && _lines.Reader.TryRead(out string? line) ? line : null;
    }

    /// <summary>Kills the process immediately, as <c>kill -9</c> does.</summary>
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

    // Reads all output: the host would block when the pipe is full.
    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }

    private static HostProcess LaunchFromShell(string setup, string[] arguments) =>
        Launch("/bin/sh", arguments, "-c", setup + "; exec \"$@\"", "sh", "dotnet");

    private static HostProcess Launch(string command, string[] arguments, params string[] before)
    {
        var start = new ProcessStartInfo(command, before)
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
