using Layers.PatchGen.Generator.Parser;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>Which records are read from their syntax, and that what names mean there is what the compiler means by them: <see cref="GeneratorTest"/> compares the specs of every source.</summary>
public class PlainDeclarationTests
{
    [Theory]
    [InlineData("public partial string A { get; init; } internal partial int? B { get; set; }")]
    [InlineData("public partial Guid A { get; init; } public partial DayOfWeek? B { get; init; } public partial string[]? C { get; init; } public partial System.Uri D { get; init; } public partial List<int?> E { get; init; } public partial Dictionary<string, decimal> F { get; init; }")]
    [InlineData("[StringLength(5, MinimumLength = 1, ErrorMessage = \"?\")] public partial string A { get; init; } [Range(-5, 5)] public partial int B { get; init; } [Range(-0.5, 5)] public partial double? C { get; init; } [MaxLength(3), Distinct] public partial string[] D { get; init; }")]
    [InlineData("[RegularExpression(@\"^\\d+$\"), Length(1, 3)] public partial string A { get; init; } [JsonPropertyName(\"\"\"b\"b\"\"\")] public partial int B { get; init; } [IsoDuration(\"PT1S\", \"PT1H\")] public partial TimeSpan C { get; init; } [FencedUntil(\"v2\")] public partial bool D { get; init; }")]
    [InlineData("[JsonExtensionData] public partial IDictionary<string, JsonElement> Rest { get; init; } [Obsolete(nameof(A))] public partial string A { get; init; } [DataMember] public partial int B { get; init; }")]
    [InlineData("/// <summary>One.</summary>\n    // two\n    public partial string @class { get; init; }")]
    [InlineData("")]
    public void A_plain_record_is_read_from_its_syntax(string members)
    {
        string source = GeneratorTest.Usings + $"using System.Runtime.Serialization; namespace Shop {{ [Patch] public sealed partial record P {{ {members} }} [Patch] internal readonly partial record struct Q {{ {members.Replace(" set;", " init;", StringComparison.Ordinal)} }} }}";
        GeneratorTest test = GeneratorTest.RunUnchecked(source);
        Assert.All(GeneratorTest.Patches(test.Input), static patch => Assert.NotNull(PlainDeclaration.Read(patch.Type, patch.Declaration, patch.Model, default)));
    }

    /// <summary>Whatever only the compiler can tell is left to it.</summary>
    [Theory]
    [InlineData("public string A => \"\";")]
    [InlineData("public partial string A { get; init; } = \"\";")]
    [InlineData("public partial string A { get => null; init { } }")]
    [InlineData("public partial string A { get; private init; }")]
    [InlineData("public partial string A { get; }")]
    [InlineData("public required partial string A { get; init; }")]
    [InlineData("public static partial string A { get; set; }")]
    [InlineData("public partial ref string A { get; }")]
    [InlineData("public partial Span<int> A { get; init; }")]
    [InlineData("public partial dynamic A { get; init; }")]
    [InlineData("public partial Nothing A { get; init; }")]
    [InlineData("public partial Members A { get; init; }")]
    [InlineData("public partial string?[] A { get; init; } public int B() => 0;")]
    [InlineData("public partial string A { get; init; } public partial string A { get; init; }")]
    [InlineData("public partial string P { get; init; }")]
    [InlineData("public partial string TryRead { get; init; }")]
    [InlineData("[MaxLength(Max)] public partial string A { get; init; }")]
    [InlineData("[MaxLength(2 + 3)] public partial string A { get; init; }")]
    [InlineData("[MaxLength(length: 3)] public partial string A { get; init; }")]
    [InlineData("[Range(typeof(decimal), \"1\", \"2\")] public partial decimal A { get; init; }")]
    [InlineData("[Range(1L, 2)] public partial long A { get; init; }")]
    [InlineData("[AllowedValues(1, 2)] public partial int A { get; init; }")]
    [InlineData("[EmailAddress] public partial string A { get; init; }")]
    [InlineData("[field: MaxLength(3)] public partial string A { get; init; }")]
    [InlineData("[Nothing] public partial string A { get; init; }")]
    [InlineData("[@MaxLength(3)] public partial string A { get; init; }")]
    [InlineData("[System.ComponentModel.DataAnnotations.MaxLength(3)] public partial string A { get; init; }")]
    public void Another_is_read_from_its_symbols(string members)
    {
        GeneratorTest test = GeneratorTest.RunUnchecked(GeneratorTest.Usings + $"[Patch] public sealed partial record P {{ {members} }}");
        Assert.Null(Plain(test));
    }

    [Theory]
    [InlineData("#nullable disable\n[Patch] public partial record P { public partial string A { get; init; } }")]
    [InlineData("[Patch] public partial record P(int A) { public partial string B { get; init; } }")]
    [InlineData("public record Base; [Patch] public partial record P : Base { public partial string A { get; init; } }")]
    [InlineData("[Patch] public partial record P { public partial string A { get; init; } } public partial record P { public partial string B { get; init; } }")]
    [InlineData("public partial class Outer { [Patch] public partial record P { public partial string A { get; init; } } }")]
    [InlineData("namespace Shop { using Text = System.String; [Patch] public partial record P { public partial Text A { get; init; } } }")]
    [InlineData("[Patch] public partial record P { [Range(1, 2)] public partial int A { get; init; } } file class RangeAttribute : Attribute { public RangeAttribute(int a, int b) { } }")]
    [InlineData("[Patch] public partial class P { public partial string A { get; init; } }")]
    public void A_record_in_other_surroundings_is_read_from_its_symbols(string source)
    {
        GeneratorTest test = GeneratorTest.RunUnchecked(GeneratorTest.Usings + source);
        Assert.Null(Plain(test));
    }

    /// <summary>The same names in files with other usings or another namespace, where they mean something else.</summary>
    [Fact]
    public void Names_mean_what_they_mean_where_they_stand()
    {
        string[] sources =
        [
            "namespace Shop { public enum Guid { One } public class MaxLengthAttribute(int length) : System.Attribute { public int Length => length; } }",
            GeneratorTest.Usings + "namespace Shop { [Patch] public partial record P { public partial Guid A { get; init; } [MaxLength(3)] public partial string B { get; init; } } }",
            GeneratorTest.Usings + "namespace Shop.Inner { [Patch] public partial record P { public partial Guid A { get; init; } [MaxLength(3)] public partial string B { get; init; } } }",
            GeneratorTest.Usings + "namespace Store { [Patch] public partial record P { public partial Guid A { get; init; } [MaxLength(3)] public partial string B { get; init; } } }",
            GeneratorTest.Usings + "namespace Store; [Patch] public partial record Q { public partial Guid A { get; init; } [MaxLength(3)] public partial string B { get; init; } }",
            "using Guid = System.DateOnly; using MaxLength = System.ComponentModel.DataAnnotations.MinLengthAttribute; using Layers.PatchGen; namespace Store { [Patch] public partial record R { public partial Guid A { get; init; } [MaxLength(3)] public partial string B { get; init; } } }",
        ];
        GeneratorTest test = GeneratorTest.Run(sources);
        var specs = GeneratorTest.Patches(test.Input).Select(static patch => PatchParser.ParseSpec(patch.Type, patch.Type.PatchAttribute()!, patch.Declaration, patch.Model, default)!).ToDictionary(static spec => spec.DisplayName);
        Assert.Equal(
            ["Shop.Inner.P: global::Shop.Guid, ", "Shop.P: global::Shop.Guid, ", "Store.P: global::System.Guid, CheckLength", "Store.Q: global::System.Guid, CheckLength", "Store.R: global::System.DateOnly, CheckLength"],
            specs.OrderBy(static spec => spec.Key, StringComparer.Ordinal).Select(static spec => $"{spec.Key}: {spec.Value.Members[0].Type}, {string.Join(" ", spec.Value.Members[1].Checks.Select(static check => check.Method))}"));
    }

    /// <summary>An editor hands over the projects that are referred to with their source, which is not the patch's project's own.</summary>
    [Fact]
    public void A_document_of_another_project_is_read_from_its_symbols()
    {
        CSharpCompilation library = GeneratorTest.Compile("namespace Library; public record Entity { public string Title { get; init; } = \"\"; public int Size { get; internal set; } }").WithAssemblyName("Library");
        CSharpCompilation compilation = GeneratorTest.Compile(GeneratorTest.Usings + "[Patch<Library.Entity>] public partial record P { public partial string Title { get; init; } }")
            .AddReferences(library.ToMetadataReference());
        GeneratorTest.AssertSpecs(compilation);
        GeneratorDriverRunResult result = GeneratorTest.CreateDriver().RunGenerators(compilation).GetRunResult();
        Assert.Null(result.Results[0].Exception);
        Assert.Contains(result.Results[0].GeneratedSources, static source => source.HintName == "P.Document.g.cs");
    }

    /// <summary>Every kind of member, with every spelling of its attributes, in one project without and with nullable annotations.</summary>
    [Theory]
    [InlineData(NullableContextOptions.Enable)]
    [InlineData(NullableContextOptions.Disable)]
    [InlineData(NullableContextOptions.Annotations)]
    public void It_gives_the_specs_that_the_symbols_give(NullableContextOptions nullable)
    {
        string[] types =
        [
            "string", "bool", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", "char", "object", "nint", "String", "Int32", "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly",
            "TimeSpan", "Uri", "byte[]", "DayOfWeek", "JsonElement", "string[]", "int[][]", "string?[]", "int[,]", "List<string>", "HashSet<Guid>", "Dictionary<string, int>", "Dictionary<string, string?>", "IReadOnlyDictionary<int, int>",
            "System.Collections.Immutable.ImmutableArray<int>", "global::System.Guid", "(int, int)", "Nullable<int>", "Other", "Entity", "Lazy<int>",
        ];
        string[] attributes =
        [
            "", "[MaxLength(5)]", "[MaxLength]", "[MinLength(1)]", "[Length(1, 2)]", "[StringLength(4)]", "[Range(1, 5)]", "[Range(1, 5.5)]", "[Range(5, 1)]", "[Range(-1, 300, MinimumIsExclusive = true)]", "[RegularExpression(\"[\")]", "[RegularExpression(\"a\")]",
            "[Distinct]", "[IsoDuration(\"PT1S\", \"PT1H\")]", "[JsonPropertyName(\"x\")]", "[FencedUntil(\"\")]", "[Selector]", "[Required]", "[DataType(DataType.Date)]", "[PatchTo(\"Member0\")]", "[JsonIgnore]", "[JsonExtensionData]",
        ];
        var members = from type in types from question in (string[])["", "?"] from attribute in attributes select $"{attribute} public partial {type}{question} Member0 {{ get; init; }}";
        string source = string.Concat(members.Select(static (member, i) => $"[Patch{(i % 2 == 0 ? "" : "<Entity>")}] public partial record P{i} {{ {member} public partial int Member1 {{ get; init; }} }}\n"));
        CSharpCompilation compilation = GeneratorTest.Compile(GeneratorTest.Usings + source, GeneratorTest.Usings + "public class Entity { public string? Member0 { get; set; } public int Member1 { get; set; } } [Patch<Entity>] public partial record struct Other { }");
        compilation = compilation.WithOptions(compilation.Options.WithNullableContextOptions(nullable));
        GeneratorTest.AssertSpecs(compilation);
        int plain = GeneratorTest.Patches(compilation).Count(static patch => PlainDeclaration.Read(patch.Type, patch.Declaration, patch.Model, default) is not null);
        Assert.InRange(plain, types.Length * attributes.Length, (types.Length * 2 * attributes.Length) - 1);
    }

    /// <summary>Documents of every shape, by patches of which the types fit and do not fit.</summary>
    [Theory]
    [InlineData(NullableContextOptions.Enable)]
    [InlineData(NullableContextOptions.Disable)]
    public void It_gives_the_specs_that_the_symbols_give_of_documents(NullableContextOptions nullable)
    {
        string[] heads = ["public class D#", "public record D#", "public readonly record struct D#", "public struct D#", "public record D#(int Second)", "public class D# : Base", "internal sealed partial class D#", "public interface D#"];
        string[] properties =
        [
            "public {0} Member {{ get; set; }}", "public {0} Member {{ get; init; }}", "public required {0} Member {{ get; init; }}", "public {0} Member {{ get; private set; }}", "public {0} Member => default!;", "internal {0} Member {{ get; set; }}",
            "public virtual {0} Member {{ get; set; }} = default!;", "public static {0} Member {{ get; set; }}", "[Key] public {0} Member {{ get; set; }}", "[ChangedAt] public {0} Member {{ get; set; }}", "[JsonPropertyName(\"m\")] public {0} Member {{ get {{ return default!; }} set {{ }} }}",
            "public {0} member {{ get; set; }}", "[Nothing] public {0} Member {{ get; set; }}", "public {0} Member {{ get; set; }} public {0} Member {{ get; set; }}", "public {0} Member {{ get; set; }} public int this[int i] => i; public void Call() {{ }} private int _field;",
            "public {0} Member {{ get; set; }} public class Inner;", "public new {0} Member {{ get; set; }}",
        ];
        (string Sent, string Kept)[] types = [("string", "string"), ("string?", "string"), ("string", "string?"), ("int", "int?"), ("int?", "int"), ("int", "long"), ("long", "int"), ("DateTime", "DateTime"), ("string[]", "List<string>"), ("List<string>", "IReadOnlyList<string>"), ("Dictionary<string, int>", "Dictionary<string, int>"), ("Part", "Whole"), ("Part?", "Whole?"), ("Guid", "Nothing"), ("Guid?", "Guid"), ("DayOfWeek?", "DayOfWeek"), ("DayOfWeek", "DayOfWeek?")];
        var all = (from head in heads from property in properties from pair in types select (Head: head, Property: property, Pair: pair)).ToList();
        string source = string.Concat(all.Select(static (one, i) =>
            $"{one.Head.Replace("#", $"{i}", StringComparison.Ordinal)} {{ {string.Format(System.Globalization.CultureInfo.InvariantCulture, one.Property, one.Pair.Kept)} }} [Patch<D{i}>] internal partial record P{i} {{ public partial {one.Pair.Sent} Member {{ get; init; }} }}\n"));
        CSharpCompilation compilation = GeneratorTest.Compile(GeneratorTest.Usings + source, GeneratorTest.Usings + "public class Base { public int First { get; set; } } public record Whole { public int A { get; init; } } [Patch<Whole>] public partial record Part { public partial int A { get; init; } }");
        compilation = compilation.WithOptions(compilation.Options.WithNullableContextOptions(nullable));
        GeneratorTest.AssertSpecs(compilation);
        int plain = GeneratorTest.Patches(compilation).Count(patch => PlainDeclaration.ReadDocument(patch.Type.PatchAttribute()!.AttributeClass!.TypeArguments[0], compilation, default) is not null);
        Assert.InRange(plain, all.Count / 3, all.Count * 2 / 3);
    }

    private static List<DeclaredProperty>? Plain(GeneratorTest test)
    {
        var (declaration, type, model) = GeneratorTest.Patches(test.Input).First();
        return PlainDeclaration.Read(type, declaration, model, default);
    }
}
