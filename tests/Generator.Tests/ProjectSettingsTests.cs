using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// A source that uses nearly every feature, compiled with various project settings and warnings as errors. Generated code must compile
/// without warnings and have the same results.
/// </summary>
public partial class ProjectSettingsTests
{
    private const string LongName =
        "Contoso.Commerce.Platform.Services.CustomerRelationshipManagement.Infrastructure.Persistence.Documents."
        + "Administration.Configuration.SubscriptionManagement.EnterpriseAgreements.Überwachung";

    // Attributes of strict projects. The pragma disables warnings of the user's own half.
    private const string Obsolete = "[Obsolete(\"\"), System.Diagnostics.CodeAnalysis.Experimental(\"SHOP001\")] ";
    private const string ObsoleteById = "[Obsolete(\"\", DiagnosticId = \"SHOP002\")] ";
    private const string Pragma =
        "#pragma warning disable CS0618, CS1591, CS3001, CS3002, CS3003, CS3009, CS3016, CS8632, SHOP001, SHOP002\n";

    private const string Use = """

        public sealed class ShortAttribute(int most) : ValidationAttribute {
            public override bool IsValid(object? value) => value is not string text || text.Length <= most; }
        public record ShortDocument { public string Text { get; set; } = ""; }
        [Patch<ShortDocument>] public sealed partial record ShortPatch { [Short(3)] public partial string Text { get; init; } }

        public static class Use
        {
            public static string Run()
            {
                OrderPatch.TryRead(
                    "{\"title\":\"ABC\",\"nothing\":1,\"count\":3,\"count\":1,\"history\":{}}"u8, out _, out PatchProblems problems);
                Order before = new() { Id = "1", Shelf = "s", Prices = new() { ["b"] = 2 } };
                OrderPatch patch = OrderPatch.Read(
                    "{\"title\":\"abc\",\"note\":{\"text\":\"x\"},\"size\":{\"width\":3},"u8
                    + "\"prices\":{\"a\":1,\"b\":null},\"numbers\":[1],\"colour\":\"sea green\"}"u8);
                Order after = patch.ApplyTo(before, out MemberSet<OrderPatch> changed);
                OrderPatch same = patch.Merge(patch);
                return string.Join(" ", System.Linq.Enumerable.Select(problems, p => p.Code))
                    + $" {changed} {OrderPatch.Diff(before, after).ToJson()} {same == patch} "
                    + $"{same.GetHashCode() == patch.GetHashCode()} {new ShortPatch { Text = "four" }.Validate().Count}";
            }
        }
        """;

    /// <summary>Changes to the source and to the settings, by name.</summary>
    private static readonly Dictionary<
        string,
        (Func<string, string> Source, Func<CSharpCompilation, CSharpCompilation> Settings)> Projects = new()
    {
        ["usual"] = (static s => s, static c => c),
        ["checked arithmetic"] = (static s => s, static c => c.WithOptions(c.Options.WithOverflowChecks(true))),
        ["obsolete and experimental"] = (static s => Declaration().Replace(s, Obsolete + "$0"), static c => c),
        ["obsolete with an id"] = (static s => Declaration().Replace(s, ObsoleteById + "$0"), static c => c),
        ["CLS compliant"] = (
            static s => s.Replace("namespace Shop;", "[assembly: CLSCompliant(true)]\nnamespace Shop;", StringComparison.Ordinal),
            static c => c),
        ["nullable disabled"] = (
            static s => s,
            static c => c.WithOptions(c.Options.WithNullableContextOptions(NullableContextOptions.Disable))),
        ["long names"] = (static s => s.Replace("namespace Shop;", $"namespace {LongName};", StringComparison.Ordinal), static c => c),
        ["assembly named as a type"] = (static s => s, static c => c.WithAssemblyName("Shop.Order")),
        ["types with generated names"] = (static s => s + Types, static c => c),
        ["documented"] = (
            static s => s,
            static c => c.WithOptions(c.Options.WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress)]))),
    };

    private const string Types = """

        public class State; public class Words; public class Table; public class Codecs; public class Names; public class Fences;
            public class Members;
        public class PatchHandlers; public class PatchReader; public class MemberSet; public class GeneratedCode; public class IPatch<T>;
        public partial class OrderPatchHandler { private static int Count => 1; }
        public class ApplyTo; public class Diff; public class document; public class changed;
        """;

    public static TheoryData<string> Names => [.. Projects.Keys, "all"];

    [Theory]
    [InlineData("")]
    [InlineData("using Shop;\n")]
    [InlineData("using static Shop.PatchHandlerExtensions;\n")]
    public void Handlers_are_registered_with_and_without_a_using_directive(string directive) => GeneratorTest.Run(
        GeneratorTest.Usings + """
            namespace Shop.Todos;
            public record Todo { [Key] public int Id { get; init; } public string? Text { get; init; } }
            [Patch<Todo>, PatchEndpoint("/todos/{id}", Context = typeof(TodoJson))] public sealed partial record TodoPatch {
                public partial string? Text { get; init; } }
            [JsonSourceGenerationOptions(JsonSerializerDefaults.Web), JsonSerializable(typeof(Todo))]
            public sealed partial class TodoJson() : JsonSerializerContext(null) {
                public static TodoJson Default { get; } = new();
                protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null; }
            """,
        directive + """
            public static class Startup
            {
                public static void Add(Microsoft.Extensions.DependencyInjection.IServiceCollection services) => services.AddPatchHandlers();

                public static void Map(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder endpoints) => endpoints.MapPatchHandlers();
            }
            """);

    [Theory]
    [MemberData(nameof(Names))]
    public void Compiles_with_the_same_results(string name)
    {
        var changes = Projects.Where(p => name == "all" ? p.Key is not "obsolete with an id" : p.Key == name)
            .Select(static p => p.Value).ToArray();
        string source = changes.Aggregate(
            GeneratedCodeTests.Source + Use + GeneratedCodeTests.Half("ShopJson"), static (text, change) => change.Source(text));
        bool isNullableEnabled = name is not ("nullable disabled" or "all");
        CSharpCompilation input = changes.Aggregate(
            GeneratorTest.Compile((name == "usual" ? "" : Pragma) + source), static (c, change) => change.Settings(c));
        GeneratorTest test = GeneratorTest.RunOn(input, isNullableEnabled ? null : "PG0024");
        Assert.All(test.Sources.Keys, static file => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(file), 1, 199));

        string space = source.Contains(LongName, StringComparison.Ordinal) ? LongName : "Shop";
        Assert.Equal(
            "bad_format unknown_member not_allowed_value duplicate_member unknown_member title, colour, numbers, note, size, prices "
                + """{"title":"abc","colour":"sea green","numbers":[1],"note":{"text":"x"},"size":{"width":3},"prices":{"a":1,"b":null}} """
                + "True True 1",
            new LoadedPatches(test.LoadAssembly()).Call($"{space}.Use", "Run"));
    }

    // Types, properties and members of enums; not the members of Use.
    [GeneratedRegex(
        @"public (?=(sealed |readonly |partial )*(record|enum|class) (?!ShopJson|Use))|public (?=[^(=]*\{ get;)|"
        + @"(?<=JsonStringEnumMemberName\(""[a-z ]+""\)\] )(Red|Green)")]
    private static partial Regex Declaration();
}
