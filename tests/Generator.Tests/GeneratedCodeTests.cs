using System.Diagnostics;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// Generated code compiles without warnings as if it were the user's own: without <c>auto-generated</c> and pragmas, with the analyzers
/// that the SDK recommends, warnings as errors, and System.Text.Json's generator.
/// </summary>
public class GeneratedCodeTests
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <AnalysisLevel>latest-recommended</AnalysisLevel>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <NoWarn>CS1591</NoWarn>
            <IsAotCompatible>true</IsAotCompatible>
          </PropertyGroup>
          <ItemGroup>
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            <Reference Include="{0}Layers.PatchGen.dll" />
            <Reference Include="{0}Layers.PatchGen.AspNetCore.dll" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>A source that uses nearly every feature.</summary>
    internal const string Source = GeneratorTest.Usings + """
        using System.Collections.Immutable;

        namespace Shop;

        [JsonConverter(typeof(JsonStringEnumConverter<Colour>))]
        public enum Colour { [JsonStringEnumMemberName("red")] Red, [JsonStringEnumMemberName("sea green")] Green }

        public sealed record Line(string Article, int Amount);

        public record struct Size { public int Width { get; set; } public int Height { get; set; } }

        public sealed record Note { public string? Text { get; init; }
            [JsonExtensionData] public IDictionary<string, JsonElement>? Other { get; set; } }

        public sealed record Order
        {
            [Key] public required string Id { get; init; }
            public required string Shelf { get; init; }
            public string Title { get; set; } = "";
            public int? Count { get; init; }
            public Colour Colour { get; init; }
            public TimeSpan Delay { get; init; }
            public IReadOnlyList<string> Tags { get; set; } = [];
            public ImmutableArray<int> Numbers { get; set; } = [];
            public HashSet<Guid>? Ids { get; init; }
            public Note? Note { get; init; }
            public Size Size { get; init; }
            public Size? Other { get; init; }
            public Dictionary<string, int> Prices { get; set; } = [];
            public ImmutableDictionary<string, Note>? Notes { get; init; }
            public IReadOnlyList<Line> Lines { get; set; } = [];
            public string? Mail { get; init; }
            public JsonElement Any { get; init; }
            public byte[]? Bytes { get; init; }
            public string? Later { get; init; }
            public int? Grade { get; init; }
            [ChangedAt] public DateTimeOffset At { get; init; }
        }

        public sealed class Entity { public string Title { get; set; } = ""; public Note? Note { get; set; }
            public Dictionary<string, Size>? Sizes { get; set; } [ChangedAt] public DateTime At { get; set; } }

        [JsonSerializable(typeof(Order))]
        [JsonSerializable(typeof(Line))]
        public sealed partial class ShopJson : JsonSerializerContext;

        [Patch<Note>] public sealed partial record NotePatch { public partial string? Text { get; init; }
            [JsonExtensionData] public partial IDictionary<string, JsonElement> Other { get; init; } }

        [Patch<Size>] public readonly partial record struct SizePatch { [Range(0, 10)] public partial int Width { get; init; }
            public partial int Height { get; init; } }

        [Patch<Order>(RequireAny = true, Context = typeof(ShopJson)),
            PatchEndpoint("/orders/{id}", Context = typeof(ShopJson), Scope = "write", ReadScope = "read")]
        [Fence("owner", "history.author", Until = "v2")]
        [JsonConverter(typeof(PatchJsonConverter<OrderPatch>))]
        public sealed partial record OrderPatch
        {
            [Selector] public partial string Shelf { get; init; }
            [StringLength(80, MinimumLength = 1), RegularExpression("[a-z]+")] public partial string Title { get; init; }
            [AllowedValues(1, 2)] public partial int? Count { get; init; }
            public partial Colour Colour { get; init; }
            [IsoDuration("PT1S", "PT1H")] public partial TimeSpan Delay { get; init; }
            [Distinct] public partial string[] Tags { get; init; }
            public partial ImmutableArray<int> Numbers { get; init; }
            public partial HashSet<Guid>? Ids { get; init; }
            public partial NotePatch? Note { get; init; }
            public partial SizePatch Size { get; init; }
            public partial SizePatch? Other { get; init; }
            public partial Dictionary<string, int?> Prices { get; init; }
            public partial IReadOnlyDictionary<string, NotePatch?>? Notes { get; init; }
            public partial List<Line> Lines { get; init; }
            [EmailAddress, Url(ErrorMessage = "x")] public partial string? Mail { get; init; }
            public partial JsonElement Any { get; init; }
            public partial byte[]? Bytes { get; init; }
            [FencedUntil("v3"), WriteScope("hr")] public partial string? Later { get; init; }
            [WriteScope("hr")] public partial int? Grade { get; init; }
        }

        [Patch<Entity>] public partial record EntityPatch { public partial string Title { get; init; }
            public partial NotePatch Note { get; init; } public partial Dictionary<string, SizePatch?>? Sizes { get; init; } }

        [Patch] public partial record struct FreePatch { public partial string Title { get; set; }
            public partial uint[][] Many { get; set; } }
        """;

    /// <summary>The half of a serializer context that System.Text.Json's generator writes.</summary>
    internal static string Half(string context) => $$"""
        [System.Text.Json.Serialization.JsonSourceGenerationOptions(
            PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase)]
        public partial class {{context}} : System.Text.Json.Serialization.JsonSerializerContext
        {
            public {{context}}() : base(null) { }
            public static {{context}} Default { get; } = new();
            protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(System.Type type) =>
                new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver().GetTypeInfo(type, new());
        }
        """;

    [Fact]
    public async Task Compiles_with_the_recommended_analyzers()
    {
        GeneratorTest test = GeneratorTest.RunUnchecked(Source);
        string folder = Directory.CreateTempSubdirectory("patchgen-").FullName;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, "Shop.csproj"),
                Project.Replace("{0}", AppContext.BaseDirectory, StringComparison.Ordinal));
            await File.WriteAllTextAsync(Path.Combine(folder, "Source.cs"), Source);
            foreach ((string name, string text) in test.Sources)
            {
                const string Mark = "// <auto-generated/>\n", Disabled = "\n#pragma warning disable\n";
                Assert.StartsWith(Mark, text, StringComparison.Ordinal);
                Assert.Contains(Disabled, text, StringComparison.Ordinal);
                await File.WriteAllTextAsync(
                    Path.Combine(folder, name.Replace(".g.cs", ".cs", StringComparison.Ordinal)),
                    text[Mark.Length..].Replace(Disabled, "\n#nullable disable warnings\n", StringComparison.Ordinal));
            }

            Assert.Contains("Shop.OrderPatch.Handler.g.cs", test.Sources.Keys);
            var start = new ProcessStartInfo("dotnet", ["build", "-nodeReuse:false", "-m:1", "-v:q", "-nologo", "-clp:NoSummary"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
            };
            using Process build = Process.Start(start)!;
            string output = await build.StandardOutput.ReadToEndAsync();
            await build.WaitForExitAsync();
            Assert.True(build.ExitCode == 0, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
