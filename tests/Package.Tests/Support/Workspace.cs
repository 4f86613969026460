using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Layers.PatchGen.Package.Tests.Support;

/// <summary>
/// A folder that the solution does not affect: a feed with the packages that <c>dotnet pack</c> creates, a separate package folder, and
/// copies of the consumers. Other packages come from the configured feeds and the usual package folder.
/// </summary>
public sealed partial class Workspace : IAsyncLifetime
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of the folder.</summary>
    public string Folder { get; } = Path.Combine(Root, "artifacts", "package-tests");

    /// <summary>The folder of the packages.</summary>
    public string Feed => Path.Combine(Folder, "feed");

    /// <summary>The version of the packages.</summary>
    public string Version { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        Directory.CreateDirectory(Feed);
        await Dotnet.SucceedAsync(Root, "pack", "Layers.PatchGen.sln", "--no-restore", "-m:2", "--nologo", $"-p:PackageOutputPath={Feed}");
        Version = PackageVersion().Match(
            Path.GetFileName(Directory.GetFiles(Feed, "Layers.PatchGen.Storage.Sqlite.*.nupkg").Single())).Groups[1].Value;
        await WriteSettingsAsync();
        foreach (string source in (string[])[Path.Combine(Root, "samples"), Path.Combine(Root, "tests", "Package.Tests", "Consumers")])
        {
            foreach (
                string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories).Where(
                    file => Path.GetDirectoryName(file) != source))
            {
                string copy = Path.Combine(Folder, Path.GetRelativePath(source, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Builds a consumer, which must succeed without warnings.</summary>
    /// <returns>The path of the assembly.</returns>
    public async Task<string> BuildAsync(string project, params string[] properties)
    {
        await Dotnet.SucceedAsync(Folder, ["build", project, "--nologo", .. properties.Select(static property => $"-p:{property}")]);
        return Path.Combine(Folder, project, "bin", "Debug", "net10.0", project + ".dll");
    }

    private async Task WriteSettingsAsync()
    {
        // Keep the configured sources with their credentials; package source mapping selects the source of each package.
        string listed = await Dotnet.SucceedAsync(Root, "nuget", "list", "source", "--format", "detailed");
        string mappings = string.Concat(Source().Matches(listed).Select(static match => $"""

                <packageSource key="{match.Groups[1].Value}"><package pattern="*" /></packageSource>
            """));
        string ordinary = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } chosen
            ? chosen
            : (await Dotnet.SucceedAsync(Root, "nuget", "locals", "global-packages", "--list")).Split(": ", 2)[1].Trim();
        await WriteAsync("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(Folder, "packages")}" /></config>
              <fallbackPackageFolders><add key="ordinary" value="{ordinary}" /></fallbackPackageFolders>
              <packageSources><add key="packed" value="{Feed}" /></packageSources>
              <packageSourceMapping>
                <packageSource key="packed">
                  <package pattern="Layers.PatchGen" />
                  <package pattern="Layers.PatchGen.*" />
                </packageSource>{mappings}
              </packageSourceMapping>
            </configuration>
            """);
        await WriteAsync("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <AnalysisLevel>latest-recommended</AnalysisLevel>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
            </Project>
            """);
        await WriteAsync("Directory.Build.targets", "<Project />");
        await WriteAsync("Directory.Packages.props", $"""
            <Project>
              <Import Project="{Path.Combine(Root, "Directory.Packages.props")}" />
              <ItemGroup>
            {string.Concat(Directory.GetFiles(Feed, "*.nupkg").Select(PackageVersionItem))}
              </ItemGroup>
            </Project>
            """);
    }

    private string PackageVersionItem(string file)
    {
        string id = Path.GetFileName(file)[..^$".{Version}.nupkg".Length];
        return $"    <PackageVersion Include=\"{id}\" Version=\"[{Version}]\" />\n";
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(Folder, name), text);

    private static string FindRoot([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    [GeneratedRegex(@"Sqlite\.(.+)\.nupkg")]
    private static partial Regex PackageVersion();

    [GeneratedRegex(@"^ *[0-9]+\. +(.+) \[Enabled\]", RegexOptions.Multiline)]
    private static partial Regex Source();
}

/// <summary>The tests that share the packages, which are packed once. They run one after another.</summary>
[CollectionDefinition(nameof(Packages))]
public sealed class Packages : ICollectionFixture<Workspace>;
