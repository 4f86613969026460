using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// The generated half of a patch has the converter attribute unless the user's half has one. PG0016 reports patches whose own half needs
/// it, because the source generator of System.Text.Json does not see the generated half.
/// </summary>
public class ConverterTests
{
    private const string Patches = """

        [Patch] public sealed partial record P { public partial string? Text { get; init; } }
        [Patch] public partial record struct S { public partial string? Text { get; init; } }
        [Patch, JsonConverter(typeof(PatchJsonConverter<Marked>))] public sealed partial record Marked {
            public partial string? Text { get; init; } public partial P? Inner { get; init; } }
        [Patch, Own] public sealed partial record Owned { public partial string? Text { get; init; } }
        public sealed class OwnAttribute : JsonConverterAttribute { public override JsonConverter? CreateConverter(Type type) => null; }
        public abstract class ListConverter : JsonConverter<List<P>>;
        public interface IHold<T> { T? Held { get; } }
        public interface IHoldP : IHold<P> { }
        public class Envelope { public P? Patch { get; set; } }
        public class Derived : Envelope { public int More { get; set; } }
        public record Response<T>(T Value, int Status);
        public class Deep { public Deep? Next { get; set; } public List<Response<Dictionary<string, Envelope[]>>>? Pages { get; set; } }
        public class Patches : List<P>;
        public class Stream : IAsyncEnumerable<P> {
            public IAsyncEnumerator<P> GetAsyncEnumerator(System.Threading.CancellationToken cancellationToken)
            => throw new NotSupportedException(); }
        [JsonDerivedType(typeof(Late), "late")] public class Base { }
        public class Late : Base { public P? Patch { get; set; } }
        public class Included { [JsonInclude] public P? Patch; }
        public class Fields { public P? Patch; }
        public struct Both { public S? Maybe { get; set; } public P Patch { get; set; } }

        public class Ignored { [JsonIgnore] public P? Patch { get; set; } internal P? Hidden { get; set; }
            public static P? Shared { get; set; } public P? Field; }
        public class Converted { [JsonConverter(typeof(PatchJsonConverter<P>))] public P? Patch { get; set; }
            [JsonConverter(typeof(ListConverter))] public List<P>? Many { get; set; } }
        [Own] public class Whole { public P? Patch { get; set; } }
        public class Endless<T> { public Endless<List<T>>? Next { get; set; } public Marked? Patch { get; set; }
            public Owned? Owned { get; set; } }
        public class Phantom { public Action<int>? Done { get; set; } public void Take(P patch) { } }

        public abstract class Context() : JsonSerializerContext(null);

        """;

    /// <summary>Every way in which a type that a context writes can contain a patch.</summary>
    [Theory]
    [InlineData("P", "P")]
    [InlineData("P[]", "P")]
    [InlineData("P[][,]", "P")]
    [InlineData("List<P>", "P")]
    [InlineData("IReadOnlyList<P>", "P")]
    [InlineData("Dictionary<string, P>", "P")]
    [InlineData("Dictionary<string, List<P[]>>", "P")]
    [InlineData("KeyValuePair<string, P>", "P")]
    [InlineData("(int, P)", "P")]
    [InlineData("Memory<P>", "P")]
    [InlineData("S", "S")]
    [InlineData("S?", "S")]
    [InlineData("List<S?>", "S")]
    [InlineData("Envelope", "P")]
    [InlineData("Derived", "P")]
    [InlineData("Response<P>", "P")]
    [InlineData("Response<Envelope>", "P")]
    [InlineData("Deep", "P")]
    [InlineData("Patches", "P")]
    [InlineData("Stream", "P")]
    [InlineData("IHoldP", "P")]
    [InlineData("Base", "P")]
    [InlineData("Included", "P")]
    [InlineData("Both", "P S")]
    public void A_patch_that_a_context_writes_is_reported(string type, string patches)
    {
        ImmutableArray<Diagnostic> diagnostics = Diagnose($"[JsonSerializable(typeof({type}))] public abstract partial class C : Context;");
        Assert.All(diagnostics, diagnostic =>
        {
            Assert.Equal(("PG0016", $"JsonSerializable(typeof({type}))"), (diagnostic.Id, TextOf(diagnostic.Location)));
            Assert.StartsWith("[Patch]", TextOf(Assert.Single(diagnostic.AdditionalLocations)), StringComparison.Ordinal);
        });
        Assert.Equal(
            patches.Split(' '),
            diagnostics.Select(static diagnostic => diagnostic.GetMessage(null).Split('\'')[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Fields_are_written_if_the_context_includes_fields() =>
        Assert.Equal(
            "PG0016",
            Assert.Single(Diagnose(
                "[JsonSourceGenerationOptions(IncludeFields = true), JsonSerializable(typeof(Fields))] public abstract partial class C "
                + ": Context;")).Id);

    /// <summary>The user's half has the converter, or the patch is not written, or reflection finds the generated half.</summary>
    [Theory]
    [InlineData(
        "[JsonSerializable(typeof(Marked)), JsonSerializable(typeof(List<Marked>)), JsonSerializable(typeof(Owned))] public abstract "
        + "partial class C : Context;")]
    [InlineData(
        "[JsonSerializable(typeof(Ignored)), JsonSerializable(typeof(Converted)), JsonSerializable(typeof(Whole)), "
        + "JsonSerializable(typeof(Fields))] public abstract partial class C : Context;")]
    [InlineData(
        "[JsonSerializable(typeof(Endless<int>)), JsonSerializable(typeof(Phantom)), JsonSerializable(typeof(object))] public "
        + "abstract partial class C : Context;")]
    [InlineData(
        "public static class Use { public static string Write(P p) => JsonSerializer.Serialize(p) + JsonSerializer.Serialize(new { p "
        + "}) + JsonSerializer.Serialize<object>(new List<P> { p }) + JsonSerializer.Serialize(new Envelope { Patch = p }); }")]
    public void Other_code_has_no_diagnostics(string source) => Assert.Empty(Diagnose(source));

    [Theory]
    [InlineData("P", true)]
    [InlineData("S", true)]
    [InlineData("Marked", false)]
    [InlineData("Owned", false)]
    public void The_generated_half_has_the_converter_unless_the_users_half_has_one(string patch, bool isWritten)
    {
        string source = GeneratorTest.Run(GeneratorTest.Usings + Patches).Sources[$"{patch}.g.cs"];
        Assert.Equal(
            isWritten,
            source.Contains(
                $"[PatchGenSerializer.JsonConverter(typeof(PatchGenRuntime.PatchJsonConverter<{patch}>))]",
                StringComparison.Ordinal));
    }

    /// <summary>The attribute names the record outside the scope of the record's own [Obsolete] and [Experimental].</summary>
    [Fact]
    public void The_attribute_compiles_without_warnings()
    {
        GeneratorTest.Run(GeneratorTest.Usings + """
            [Obsolete("Use Q."), Patch] public sealed partial record Old { public partial string? Text { get; init; } }
            [System.Diagnostics.CodeAnalysis.Experimental("EXP1"), Patch] public sealed partial record New {
                public partial string? Text { get; init; } }
            public partial class @class
            {
                [Patch] private sealed partial record @record { public partial string? Text { get; init; } }
                [Patch] public partial record struct Fielded { private readonly int _field = 1; public Fielded() { }
                    public readonly int Field => _field; public partial string? Text { get; init; } }
                public static string Use => JsonSerializer.Serialize(new @record());
            }
            """);
    }

    private static ImmutableArray<Diagnostic> Diagnose(string source) => GeneratorTest.Diagnose(GeneratorTest.Usings + source + Patches);

    private static string TextOf(Location location) =>
        location.SourceTree!.ToString().Substring(location.SourceSpan.Start, location.SourceSpan.Length);
}
