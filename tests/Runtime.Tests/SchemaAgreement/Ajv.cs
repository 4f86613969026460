using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.Runtime.Tests.SchemaAgreement;

/// <summary>The validator's verdict on a body.</summary>
/// <param name="IsJson">Whether the body is JSON.</param>
/// <param name="Accepts">Whether the schema accepts it without checking formats, as JSON Schema 2020-12 specifies.</param>
/// <param name="AcceptsFormats">Whether the schema accepts it with formats checked.</param>
internal readonly record struct SchemaVerdict(bool IsJson, bool Accepts, bool AcceptsFormats);

/// <summary>The validator ajv, independent of this project. Installed from npm into the artifacts folder if Node.js is present.</summary>
internal static class Ajv
{
    private static readonly string Here = FolderOf();

    private static readonly string Folder = Path.Combine(Root, "artifacts", "ajv");

    /// <summary>The root of the repository.</summary>
    public static string Root => Path.GetFullPath(Path.Combine(Here, "..", "..", ".."));

    /// <summary>Why the validator cannot be used; null if it can.</summary>
    public static string? Missing { get; } = Install();

    /// <summary>Validates bodies against a schema.</summary>
    public static SchemaVerdict[] Validate(JsonNode schema, IReadOnlyList<byte[]> bodies)
    {
        string schemaFile =
            Path.Combine(Folder, "schema.json"), input = Path.Combine(Folder, "bodies.txt"), output = Path.Combine(Folder, "verdicts.txt");
        File.WriteAllText(schemaFile, schema.ToJsonString());
        File.WriteAllLines(input, bodies.Select(Convert.ToBase64String));
        (int code, string text) = Run("node", Path.Combine(Here, "check.cjs"), Folder, schemaFile, input, output);
        Assert.True(code == 0, text);
        SchemaVerdict[] verdicts =
        [
            .. File.ReadLines(output).Select(
                static line => line == "m" ? default : new SchemaVerdict(true, line[0] == '1', line[1] == '1')),
        ];
        Assert.Equal(bodies.Count, verdicts.Length);
        return verdicts;
    }

    private static string? Install()
    {
        try
        {
            if (Run("node", "--version").Code != 0)
            {
                return "Node.js does not start.";
            }

            if (Directory.Exists(Path.Combine(Folder, "node_modules", "ajv-formats")))
            {
                return null;
            }

            Directory.CreateDirectory(Folder);
            (int code, string text) = Run(
                OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
                "install",
                "--prefix",
                Folder,
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "ajv@8.20.0",
                "ajv-formats@3.0.1");
            return code == 0 ? null : $"npm cannot install ajv: {text}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"The schemas are not checked by an independent validator: Node.js with npm was not found ({e.Message}).";
        }
    }

    private static (int Code, string Text) Run(string program, params string[] arguments)
    {
        using Process process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, text);
    }

    private static string FolderOf([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

/// <summary>A fact that needs ajv; skipped, with the reason, if it cannot be used.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AjvFactAttribute : FactAttribute
{
    public AjvFactAttribute() => Skip = Ajv.Missing;
}
