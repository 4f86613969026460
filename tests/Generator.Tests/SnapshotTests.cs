using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>The source generated for the host's own models, whole, as it is read on F12.</summary>
public class SnapshotTests
{
    [Fact]
    public Task Influencers() => SnapshotComparer.VerifyAsync(RunOnHost(), static name => name.Contains(".Influencers.", StringComparison.Ordinal), nameof(SnapshotTests));

    [Fact]
    public Task Engagement() => SnapshotComparer.VerifyAsync(RunOnHost(), static name => name.Contains(".Engagement.", StringComparison.Ordinal), nameof(SnapshotTests));

    private static GeneratorDriverRunResult RunOnHost()
    {
        const string GlobalUsings = """
            global using System;
            global using System.Collections.Generic;
            """;

        // The half of the context that System.Text.Json's generator writes.
        const string Context = """
            namespace Layers.PatchGen.Host;

            partial class HostJson : System.Text.Json.Serialization.JsonSerializerContext
            {
                public HostJson() : base(null) { }
                public static HostJson Default { get; } = new();
                protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
            }
            """;
        string host = Path.Combine(Root(), "src", "Host");
        return GeneratorTest.Run(
        [
            GlobalUsings,
            Context,
            .. Directory.GetFiles(Path.Combine(host, "Influencers"), "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText),
            .. Directory.GetFiles(Path.Combine(host, "Engagement"), "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText),
            File.ReadAllText(Path.Combine(host, "HostJson.cs")),
        ]).Result;
    }

    internal static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
