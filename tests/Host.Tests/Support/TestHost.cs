namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>How the host is started here.</summary>
public static class TestHost
{
    /// <summary>The arguments of a host with the demo in it, on a free port.</summary>
    public static string[] Arguments(string folder, params string[] more) =>
        ["--urls", "http://127.0.0.1:0", "--Demo", "true", "--Store:Path", folder, "--Logging:LogLevel:Default", "Warning", .. more];
}

/// <summary>A folder that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("patchgen-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that was killed may hold a file for a moment longer. The system clears its temporary folder.
        }
    }
}
