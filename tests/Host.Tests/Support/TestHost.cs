namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>The arguments of hosts in tests, and the stores that use a folder.</summary>
public static class TestHost
{
    public static readonly string[] StoresInFolders = ["LiteDb", "Sqlite"];

    /// <summary>The arguments of a host with the demo data, on a free port.</summary>
    public static string[] Arguments(string folder, params string[] more) =>
        ["--urls", "http://127.0.0.1:0", "--Demo", "true", "--Store:Path", folder, "--Logging:LogLevel:Default", "Warning", .. more];

    /// <summary>The arguments of a host in a separate process, which logs its address.</summary>
    public static string[] ArgumentsOfProcess(string folder, string store, params string[] more) =>
        Arguments(folder, ["--Store:Kind", store, "--Logging:LogLevel:Layers.PatchGen.Host", "Information", .. more]);
}
