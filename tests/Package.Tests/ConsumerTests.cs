using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Layers.PatchGen.Package.Tests.Support;

namespace Layers.PatchGen.Package.Tests;

/// <summary>
/// Projects that reference only the packages: they build without warnings and work.
/// </summary>
[Collection(nameof(Packages))]
public partial class ConsumerTests(Workspace workspace)
{
    private const string Invalid = """{"title":"","nothing":1}""";

    [Fact]
    public async Task A_console_program_reads_applies_and_writes()
    {
        string assembly = await workspace.BuildAsync("ConsoleApp");
        AssertConsole(await Dotnet.SucceedAsync(workspace.Folder, "exec", assembly));
        Assert.True(
            Directory.Exists(Path.Combine(workspace.Folder, "packages", "layers.patchgen", workspace.Version)),
            "The package does not come from the feed.");
    }

    /// <summary>The trimmer reports nothing and removes nothing that is needed.</summary>
    [Fact]
    public async Task A_console_program_can_be_trimmed()
    {
        string output = await PublishAsync("ConsoleApp", "PublishTrimmed");
        using Process process = Run(Path.Combine(output, "ConsoleApp"), output);
        AssertConsole(await process.StandardOutput.ReadToEndAsync());
    }

    [Fact]
    public async Task A_client_that_sends_patches_builds() => await workspace.BuildAsync("PatchClient");

    /// <summary>Refit sends only present members, at every position of a body: with reflection and with a context.</summary>
    [Fact]
    public async Task A_Refit_client_sends_only_present_members()
    {
        string output = await Dotnet.SucceedAsync(workspace.Folder, "exec", await workspace.BuildAsync("RefitClient"));
        string[] sent =
        [
            """{"text":null}""",
            """{"width":3}""",
            """[{"text":null},{"text":null}]""",
            """{"a":{"width":3}}""",
            """{"note":{"text":null},"size":null}""",
        ];
        Assert.Equal([.. sent, .. sent, .. sent], Lines(output));
    }

    /// <summary>The program, the request and the response of the README.</summary>
    [Fact]
    public async Task The_program_of_the_README_returns_the_response_of_the_README()
    {
        string readme = await File.ReadAllTextAsync(Path.Combine(Workspace.Root, "README.md"));
        Match example = ReadmeExample().Match(readme.ReplaceLineEndings("\n"));
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(Workspace.Root, "samples", "Shop", "Program.cs")), example.Groups["program"].Value);

        using App app = await StartAsync(await workspace.BuildAsync("Shop"));
        (int status, string body) = await app.PatchAsync("/people/1", example.Groups["body"].Value);
        JsonNode expected = JsonNode.Parse(example.Groups["response"].Value)!, actual = JsonNode.Parse(body)!;
        Assert.Equal(422, status);
        actual["requestId"] = expected["requestId"]!.DeepClone();
        Assert.Equal(expected.ToJsonString(), actual.ToJsonString());
    }

    /// <summary>
    /// Entity Framework: a generated endpoint with a rule, and an UPDATE by a minimal API whose request delegates are created at run time.
    /// </summary>
    [Fact]
    public async Task Entities_are_patched_by_an_endpoint_and_by_one_update()
    {
        using App app = await StartAsync(await workspace.BuildAsync("EntityFramework"));
        const string First = """{"number":1,"productId":1,"product":{"id":1,"name":"Tea","stock":5},"quantity":2}""",
            Second = """{"number":2,"productId":2,"product":{"id":2,"name":"Cup","stock":2},"quantity":1}""",
            Shipping = """{"street":"St James Sq","city":"London"}""";
        Assert.Equal(
            (200, $$"""{"id":1,"note":"gift","lines":[{{First}},{{Second}}],"shipping":{{Shipping}}}"""),
            await app.PatchAsync(
                "/orders/1",
                """{"note":"gift","lines":{"2":{"productId":2},"1":{"quantity":2}},"shipping":{"street":"St James Sq"}}"""));
        AssertRejected(await app.PatchAsync("/orders/1", """{"lines":{"1":{"quantity":6}}}"""), "/lines/1/quantity");
        Assert.Equal(204, (await app.PatchAsync("/products/1", """{"stock":6}""")).Status);
        Assert.Equal(200, (await app.PatchAsync("/orders/1", """{"lines":{"1":{"quantity":6},"2":null}}""")).Status);
        Assert.Equal(404, (await app.PatchAsync("/products/3", """{"stock":6}""")).Status);
        Assert.Equal(404, (await app.PatchAsync("/orders/2", """{"note":null}""")).Status);
        AssertRejected(await app.PatchAsync("/products/1", """{"name":"","nothing":1}"""), "/name", "/nothing");
    }

    [Fact]
    public async Task An_MVC_action_binds_a_patch_and_is_described()
    {
        using App app = await StartAsync(await workspace.BuildAsync("Mvc"));
        Assert.Equal((200, """{"title":"Book 7","note":null,"pages":100}"""), await app.PatchAsync("/books/7", """{"note":null}"""));
        AssertRejected(await app.PatchAsync("/books/7", Invalid), "/title", "/nothing");
        string description = await app.GetAsync("/openapi/v1.json");
        Assert.Contains("\"BookPatch\"", description, StringComparison.Ordinal);
        Assert.Contains("\"additionalProperties\": false", description, StringComparison.Ordinal);
    }

    /// <summary>Each describes the API by itself, and cannot be in one project with the platform's OpenAPI or with the other.</summary>
    [Theory]
    [InlineData("SwashbuckleApi")]
    [InlineData("NSwagApi")]
    public async Task Other_tools_describe_a_patch_as_the_body(string project)
    {
        using App app = await StartAsync(await workspace.BuildAsync(project));
        JsonNode document = JsonNode.Parse(await app.GetAsync("/swagger/v1/swagger.json"))!;
        foreach (string path in (string[])["/people/{id}", "/minimal/people/{id}"])
        {
            JsonNode patch = document["paths"]![path]!["patch"]!;
            Assert.Equal(["id"], patch["parameters"]!.AsArray().Select(static parameter => (string?)parameter!["name"]));
            string body = patch["requestBody"]!["content"]!["application/json"]!["schema"]!.ToJsonString();
            Assert.Contains("#/components/schemas/PersonPatch\"", body, StringComparison.Ordinal);
        }

        JsonNode schemas = document["components"]!["schemas"]!;
        Assert.Equal(
            ["name", "nick", "address"], schemas["PersonPatch"]!["properties"]!.AsObject().Select(static property => property.Key));
        Assert.Equal(["city"], schemas["AddressPatch"]!["properties"]!.AsObject().Select(static property => property.Key));
    }

    /// <summary>Generated endpoints over SQLite, and request delegates created at compile time; trimmed.</summary>
    [Fact]
    public Task A_minimal_API_with_compiled_delegates_can_be_trimmed() => AssertSlimApiAsync("PublishTrimmed");

    /// <summary>The same as native code, whose compiler reports nothing.</summary>
    [NativeFact]
    public Task A_minimal_API_with_compiled_delegates_can_be_native_code() => AssertSlimApiAsync("PublishAot");

    private async Task AssertSlimApiAsync(string publish)
    {
        string output = await PublishAsync("SlimApi", publish);
        string data = Path.Combine(workspace.Folder, "data", publish);
        using App app = await App.StartAsync(Run(
            Path.Combine(output, "SlimApi"), output, "--urls", "http://127.0.0.1:0", "--data", data, "--PatchGen:Read:MaxBytes", "300"));
        (int status, string body) = await app.PatchAsync("/tasks/t1", """{"note":null}""");
        Assert.Equal(200, status);
        Assert.StartsWith("""{"taskId":"t1","title":"Wash up","note":null,"changedAt":"20""", body, StringComparison.Ordinal);
        Assert.Equal(
            (200, """{"board-id":"b1","tenant_id":"x","title":"Home","lists":[{"name":"To do","owner":{"name":"Ada"}}]}"""),
            await app.PatchAsync("/tenants/x/board", """{"title":"Home"}"""));
        Assert.Equal(404, (await app.PatchAsync("/tasks/t2", """{"note":null}""")).Status);
        AssertRejected(await app.PatchAsync("/tasks/t1", Invalid), "/title", "/nothing");
        Assert.Equal(
            (200, """{"taskId":"t0","title":"Rest","note":"note","changedAt":"0001-01-01T00:00:00+00:00"}"""),
            await app.PatchAsync("/preview", """{"title":"Rest"}"""));
        AssertRejected(await app.PatchAsync("/preview", Invalid), "/title", "/nothing");

        // Trimmed applications bind options by generated code, which sets no init-only properties.
        Assert.Equal(413, (await app.PatchAsync("/tasks/t1", new string(' ', 301))).Status);
    }

    /// <summary>Each has its own generated code, without conflicts.</summary>
    [Fact]
    public async Task A_library_and_its_tests_both_use_the_generator()
    {
        string output = await Dotnet.SucceedAsync(workspace.Folder, "exec", await workspace.BuildAsync("Library.Tests"));
        Assert.Equal(
            ["SingerPatchHandler SongPatchHandler", "Song { SongId = 1, Title = Yesterday }", "Singer { SingerId = 1, Name = Paul }"],
            Lines(output));
    }

    /// <summary>One error that says what to do, instead of two errors for each property.</summary>
    [Theory]
    [InlineData("LangVersion=12", "PG1001", "Layers.PatchGen needs C# 13 or later, for partial properties, and LangVersion is 12.")]
    [InlineData("LangVersion=7.3", "PG1001", "Layers.PatchGen needs C# 13 or later, for partial properties, and LangVersion is 7.3.")]
    [InlineData(
        "CompilerApiVersion=roslyn4.12", "PG1002", "Layers.PatchGen needs version 4.14 of the C# compiler or later, and this is 4.12.")]
    public async Task Unsupported_versions_are_one_error(string property, string code, string sentence)
    {
        (int exitCode, string output) =
            await Dotnet.RunAsync(workspace.Folder, "build", "ConsoleApp", "--nologo", "--no-incremental", $"-p:{property}");
        Assert.NotEqual(0, exitCode);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
        Assert.Equal([code], Error().Matches(output).Select(static match => match.Groups[1].Value).Distinct());
        Assert.Contains("1 Error(s)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unsupported_framework_is_an_error_of_the_restore()
    {
        (int exitCode, string output) =
            await Dotnet.RunAsync(workspace.Folder, "restore", "ConsoleApp", "--force", "-p:TargetFramework=net8.0");
        Assert.NotEqual(0, exitCode);
        Assert.Equal(["NU1202"], Error().Matches(output).Select(static match => match.Groups[1].Value).Distinct());
        Assert.Contains("not compatible with net8.0", output, StringComparison.Ordinal);
    }

    /// <summary>With C# 13, only the methods of <c>PatchReader</c> read a patch, so not every program builds.</summary>
    [Theory]
    [InlineData("preview", "ConsoleApp")]
    [InlineData("13", "Library")]
    public async Task Supported_versions_build(string version, string project) =>
        await workspace.BuildAsync(project, $"LangVersion={version}");

    /// <summary>The URL of the documentation is set when the packages are built.</summary>
    [Fact]
    public async Task Messages_link_to_the_documentation()
    {
        string output = Path.Combine(workspace.Folder, "linked");
        await Dotnet.SucceedAsync(
            Workspace.Root,
            "build",
            "src/Generator",
            "--nologo",
            "--artifacts-path",
            output,
            "-p:DocumentationUrl=https://example.org/docs");
        (_, string messages) = await Dotnet.RunAsync(
            workspace.Folder, "build", "Linked", "--nologo", $"-p:Generator={output}/bin/Generator/debug/Layers.PatchGen.Generator.dll");
        Assert.Contains("(https://example.org/docs/rules/PG0002.md)", messages, StringComparison.Ordinal);
    }

    private static void AssertConsole(string output) => Assert.Equal(
        [
            """{ "servings": 6, "note": null, "oven": { "time": "PT25M" } }""",
            "  changed: servings, note, oven",
            """{ "oven": { "celsius": 230 } }""",
            "  changed: oven",
            """{ "servings": 6 }""",
            "  changed: nothing",
            """{ "serving": 8, "title": "", "oven": { "celsius": "hot" } }""",
            """  /serving: Unknown member. Did you mean "servings"? (unknown_member)""",
            "  /title: Must have at least 1 character. (too_short)",
            "  /oven/celsius: Must be a whole number. (wrong_type)",
            """{"servings":12,"steps":["Mix","Wait longer","Bake"]}""",
            """{"servings":6,"steps":["Mix","Wait","Bake"]}""",
        ],
        Lines(output));

    private static void AssertRejected((int Status, string Body) response, params string[] pointers)
    {
        Assert.Equal(422, response.Status);
        Assert.All(pointers, pointer => Assert.Contains($"\"pointer\":\"{pointer}\"", response.Body, StringComparison.Ordinal));
    }

    private static string[] Lines(string text) =>
        text.TrimEnd().Split('\n', StringSplitOptions.None).Select(static line => line.TrimEnd('\r')).ToArray();

    private async Task<string> PublishAsync(string project, string how)
    {
        string output = Path.Combine(workspace.Folder, "published", how, project);
        await Dotnet.SucceedAsync(
            workspace.Folder,
            "publish",
            project,
            "--nologo",
            "-r",
            RuntimeInformation.RuntimeIdentifier,
            $"-p:{how}=true",
            "-o",
            output);
        return output;
    }

    private static Task<App> StartAsync(string assembly) =>
        App.StartAsync(Dotnet.Start(Path.GetDirectoryName(assembly)!, "exec", assembly, "--urls", "http://127.0.0.1:0"));

    private static Process Run(string program, string folder, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;

    [GeneratedRegex(@"error ([A-Z]+[0-9]+)")]
    private static partial Regex Error();

    [GeneratedRegex(
        "```csharp\n(?<program>.*?)```.*?curl [^\n]*/people/1.*?-d '(?<body>.*?)'.*?```json\n(?<response>.*?)```",
        RegexOptions.Singleline)]
    private static partial Regex ReadmeExample();
}
