using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Layers.PatchGen.Package.Tests.Support;

namespace Layers.PatchGen.Package.Tests;

/// <summary>The content of the packages.</summary>
[Collection(nameof(Packages))]
public class PackageContentTests(Workspace workspace)
{
    /// <summary>The packages and their dependencies on each other.</summary>
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["Layers.PatchGen"] = [],
        ["Layers.PatchGen.AspNetCore"] = ["Layers.PatchGen", "Layers.PatchGen.Storage"],
        ["Layers.PatchGen.EntityFrameworkCore"] = ["Layers.PatchGen.AspNetCore"],
        ["Layers.PatchGen.OpenApi"] = ["Layers.PatchGen.AspNetCore"],
        ["Layers.PatchGen.Storage"] = [],
        ["Layers.PatchGen.Storage.LiteDb"] = ["Layers.PatchGen.Storage"],
        ["Layers.PatchGen.Storage.Postgres"] = ["Layers.PatchGen.Storage"],
        ["Layers.PatchGen.Storage.Sqlite"] = ["Layers.PatchGen.Storage"],
    };

    public static TheoryData<string> Ids => [.. Expected.Keys];

    [Fact]
    public void Each_package_has_a_symbol_package() => Assert.Equal(
        Expected.Keys.SelectMany(
            id => (string[])[$"{id}.{workspace.Version}.nupkg", $"{id}.{workspace.Version}.snupkg"]).Order(StringComparer.Ordinal),
        Directory.GetFiles(workspace.Feed).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_package_contains_an_assembly_its_documentation_and_a_readme(string id)
    {
        string[] analyzers = id == "Layers.PatchGen"
            ?
            [
                "analyzers/dotnet/cs/Layers.PatchGen.CodeFixes.dll", "analyzers/dotnet/cs/Layers.PatchGen.Generator.dll",
                "buildTransitive/net10.0/Layers.PatchGen.targets",
                .. Directory.GetFiles(Path.Combine(Workspace.Root, "docs", "rules")).Select(file => $"docs/rules/{Path.GetFileName(file)}")
                    .Order(StringComparer.Ordinal),
            ]
            : [];
        using ZipArchive package = Open(id, "nupkg");
        Assert.Equal(["README.md", .. analyzers, $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"], Files(package, id));

        using ZipArchive symbols = Open(id, "snupkg");
        Assert.Equal([$"lib/net10.0/{id}.pdb"], Files(symbols, id));
    }

    /// <summary>
    /// Generated code calls the runtime of the same version, and a project that adds one package gets the generator once.
    /// </summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Packages_depend_on_exactly_their_own_version_and_include_the_generator(string id)
    {
        using ZipArchive package = Open(id, "nupkg");
        XElement metadata = Nuspec(package, id);
        XNamespace ns = metadata.Name.Namespace;
        Assert.Equal(workspace.Version, metadata.Element(ns + "version")?.Value);
        Assert.Equal("MIT", metadata.Element(ns + "license")?.Value);
        Assert.Equal("README.md", metadata.Element(ns + "readme")?.Value);
        Assert.NotEmpty(metadata.Element(ns + "description")!.Value);

        XElement group = Assert.Single(metadata.Element(ns + "dependencies")!.Elements());
        Assert.Equal("net10.0", group.Attribute("targetFramework")?.Value);
        Assert.Equal(
            Expected[id].Select(other => (other, $"[{workspace.Version}]", "All")),
            group.Elements().Select(
                static d => (d.Attribute("id")!.Value, d.Attribute("version")!.Value, d.Attribute("include")?.Value ?? ""))
                .Where(static d => d.Item1.StartsWith("Layers.", StringComparison.Ordinal)));
        if (id == "Layers.PatchGen")
        {
            Assert.Empty(group.Elements());
        }
    }

    /// <summary>The build is independent of the machine: packages contain no path of it.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Packages_contain_no_path_of_this_machine(string id)
    {
        byte[] root = Encoding.UTF8.GetBytes(Workspace.Root), rootUtf16 = Encoding.Unicode.GetBytes(Workspace.Root);
        foreach (string kind in (string[])["nupkg", "snupkg"])
        {
            using ZipArchive package = Open(id, kind);
            foreach (ZipArchiveEntry entry in package.Entries)
            {
                byte[] content = Read(entry);
                Assert.True(
                    content.AsSpan().IndexOf(root) < 0 && content.AsSpan().IndexOf(rootUtf16) < 0,
                    $"{entry.FullName} contains {Workspace.Root}.");
            }
        }
    }

    private ZipArchive Open(string id, string kind) => ZipFile.OpenRead(Path.Combine(workspace.Feed, $"{id}.{workspace.Version}.{kind}"));

    // Except the files that NuGet adds.
    private static IEnumerable<string> Files(ZipArchive package, string id) =>
        package.Entries.Select(static entry => entry.FullName)
            .Where(
                name =>
                    name != $"{id}.nuspec"
                        && name != "[Content_Types].xml"
                        && !name.StartsWith("_rels/", StringComparison.Ordinal)
                        && !name.StartsWith("package/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static XElement Nuspec(ZipArchive package, string id)
    {
        using Stream stream = package.GetEntry($"{id}.nuspec")!.Open();
        XElement root = XDocument.Load(stream).Root!;
        return root.Element(root.Name.Namespace + "metadata")!;
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
