using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Layers.PatchGen.Package.Tests.Support;

/// <summary>A web application of a consumer, in its own process.</summary>
internal sealed class App : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client = new();

    private App(Process process) => _process = process;

    /// <summary>Waits until the application listens.</summary>
    public static async Task<App> StartAsync(Process process)
    {
        var app = new App(process);
        _ = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            output.AppendLine(line);
            const string Listening = "Now listening on: ";
            if (line.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
            {
                app._client.BaseAddress = new Uri(line[(at + Listening.Length)..].Trim());
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return app;
            }
        }

        app.Dispose();
        throw new InvalidOperationException($"The application did not start: {output}");
    }

    /// <summary>Sends a GET request.</summary>
    public Task<string> GetAsync(string path) => _client.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>Sends a PATCH request.</summary>
    /// <returns>The status and the body of the response.</returns>
    public async Task<(int Status, string Body)> PatchAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage response = await _client.PatchAsync(new Uri(path, UriKind.Relative), content);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _client.Dispose();
    }
}
