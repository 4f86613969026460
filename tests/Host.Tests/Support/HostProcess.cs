using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>The host as a process of its own, which can be killed.</summary>
public sealed partial class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private HostProcess(Process process)
    {
        _process = process;
        _ = ReadAsync();
    }

    /// <summary>What it has written so far.</summary>
    public string Output { get; private set; } = "";

    /// <summary>The number of the process.</summary>
    public string Id => _process.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The memory that the process has now, in bytes.</summary>
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

    /// <summary>Starts the host from a shell that has been told something first, such as which signals to ignore.</summary>
    public static Task<HostProcess> StartFromShellAsync(string first, string[] arguments) => StartAsync(LaunchFromShell(first, arguments));

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

    /// <summary>Starts the host with arguments with which it ends by itself, such as those that it must reject.</summary>
    /// <returns>Its exit code, and what it said was wrong.</returns>
    public static Task<(int Code, string Said)> EndAsync(params string[] arguments) => EndAsync(Launch("dotnet", arguments));

    /// <summary>As <see cref="EndAsync(string[])"/>, from a shell that has been told something first.</summary>
    public static Task<(int Code, string Said)> EndFromShellAsync(string first, string[] arguments) =>
        EndAsync(LaunchFromShell(first, arguments));

    private static async Task<(int Code, string Said)> EndAsync(HostProcess host)
    {
        using HostProcess ending = host;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string said = await host._process.StandardError.ReadToEndAsync(limit.Token);
        await host._process.WaitForExitAsync(limit.Token);
        return (host._process.ExitCode, said);
    }

    /// <summary>Reads one line more of what it says.</summary>
    public async Task<string?> ReadLineAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _lines.Reader.WaitToReadAsync(limit.Token) && _lines.Reader.TryRead(out string? line) ? line : null;
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

    // All of it, asked for or not: a host whose output nobody reads would stop when the pipe is full.
    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }

    private static HostProcess LaunchFromShell(string first, string[] arguments) =>
        Launch("/bin/sh", arguments, "-c", first + "; exec \"$@\"", "sh", "dotnet");

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
