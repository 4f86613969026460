using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// Every C# block of the documentation compiles with the generator and without warnings, or quotes a file of the repository. For the pages
/// of the rules, see <see cref="RuleTableTests"/>.
/// </summary>
public partial class DocumentationTests
{
    // The global usings of a web project, and those that the packages add.
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.Diagnostics.CodeAnalysis;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Headers;
        global using System.Net.Http.Json;
        global using System.Text;
        global using System.Text.Json;
        global using System.Text.Json.Serialization;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Layers.PatchGen;
        global using Layers.PatchGen.AspNetCore;
        global using Layers.PatchGen.EntityFrameworkCore;
        global using Layers.PatchGen.OpenApi;
        global using Layers.PatchGen.Storage;
        global using Layers.PatchGen.Storage.Postgres;
        global using Layers.PatchGen.Storage.LiteDb;
        global using Layers.PatchGen.Storage.Sqlite;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.EntityFrameworkCore;
        global using Microsoft.Extensions.DependencyInjection;
        global using Shop;
        namespace Shop { internal static class Nothing; } // the assembly's name, and so the namespace of the generated registration
        """;

    // Common variables that the pages use.
    private const string Surroundings = """
        namespace Documentation;

        internal static partial class Page
        {
            internal static string[] args = [];
            internal static WebApplicationBuilder builder = null!;
            internal static WebApplication app = null!;
            internal static HttpClient client = null!;
            internal static Utf8JsonWriter writer = null!;
            internal static byte[] utf8 = [];
            internal static string connectionString = "";
        }
        """;

    private static readonly string Root = SnapshotTests.Root();

    private static readonly string[] Sources =
    [
        .. ((string[])["src", "samples", "tests/Generator.Tests/Snapshots", "tests/Guides.Tests", "tests/Storage.Tests"])
            .SelectMany(static folder => Directory.GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(static file => DocumentationPage.Normalise(File.ReadAllText(file))),
    ];

    public static TheoryData<string> Pages =>
    [
        .. MarkdownFiles()
            .Select(static file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(static page => !page.StartsWith("docs/rules/PG", StringComparison.Ordinal))
            .Where(static page => File.ReadAllText(Path.Combine(Root, page)).Contains("```csharp", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_of_a_page_compiles(string name)
    {
        DocumentationPage page = DocumentationPage.Read(File.ReadAllText(Path.Combine(Root, name)), Sources);
        Assert.True(page.Invalid.Count == 0, "Neither C# nor a quotation:\n" + string.Join("\n", page.Invalid));
        if (page.Sources.Count > 0)
        {
            GeneratorTest.Run([Usings, Surroundings, .. page.Sources]);
        }
    }

    [Fact]
    public void Links_have_targets()
    {
        IEnumerable<string> broken = MarkdownFiles().SelectMany(static file => LinkPattern().Matches(File.ReadAllText(file))
            .Select(static match => match.Groups[1].Value)
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, link)))
            .Select(link => $"{Path.GetRelativePath(Root, file)}: {link}"));
        Assert.Empty(broken);
    }

    private static IEnumerable<string> MarkdownFiles() =>
        ((string[])["docs", "src", "samples"])
            .SelectMany(static folder => Directory.GetFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Root, "*.md"));

    [GeneratedRegex(@"\]\((?!https?:)([^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex LinkPattern();
}
