namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>How the host is started here, and what is built into it.</summary>
public static class TestHost
{
#if WITH_LITEDB
    public const string DefaultStore = "LiteDb";
    public const string KnownStores = "LiteDb, Sqlite, Postgres and Memory";
    public static readonly string[] StoresInFolders = ["LiteDb", "Sqlite"];
#else
    public const string DefaultStore = "Sqlite";
    public const string KnownStores = "Sqlite, Postgres and Memory";
    public static readonly string[] StoresInFolders = ["Sqlite"];
#endif

    /// <summary>The arguments of a host with the demo in it, on a free port.</summary>
    public static string[] Arguments(string folder, params string[] more) =>
        ["--urls", "http://127.0.0.1:0", "--Demo", "true", "--Store:Path", folder, "--Logging:LogLevel:Default", "Warning", .. more];

    /// <summary>The arguments of a host in a process of its own, which says where it listens.</summary>
    public static string[] ArgumentsOfProcess(string folder, string store, params string[] more) =>
        Arguments(folder, ["--Store:Kind", store, "--Logging:LogLevel:Layers.PatchGen.Host", "Information", .. more]);
}
