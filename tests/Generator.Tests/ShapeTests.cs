using System.Globalization;
using System.Text;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// Valid shapes of records and documents. <see cref="GeneratorTest.Run"/> asserts that they compile without warnings and are cached.
/// </summary>
public class ShapeTests
{
    [Theory]
    [InlineData("sealed partial record P")]
    [InlineData("partial record P")]
    [InlineData("partial record class P")]
    [InlineData("partial record struct P")]
    [InlineData("readonly partial record struct P")]
    public void All_kinds_of_records(string declaration) => GeneratorTest.Run(GeneratorTest.Usings + $$"""
        namespace Shop;

        public record D { public string Title { get; init; } = ""; public int? Count { get; init; } public string[]? Tags { get; init; }
            public N? Note { get; init; } }
        public record struct N { public string? Text { get; init; } }
        [Patch<N>] public readonly partial record struct NP { public partial string? Text { get; init; } }

        [Patch<D>(RequireAny = true)]
        public {{declaration}}
        {
            public partial string Title { get; init; }
            public partial int? Count { get; init; }
            public partial string[]? Tags { get; init; }
            public partial NP? Note { get; init; }
        }

        public static class Use
        {
            public static P Clear() => new P { Title = "x", Count = null } with { Tags = [] };
            public static D Apply(P patch, D document) => patch.ApplyTo(document, out MemberSet<P> changed) with {
                Count = changed.Contains(P.Members.Count) ? 1 : 2 };
            public static int Guarded(P patch) => patch.HasTitle ? patch.Title.Length : 0;
        }
        """);

    /// <summary>Clients may still send members that code can no longer use.</summary>
    [Fact]
    public void Members_may_be_obsolete_as_an_error() => GeneratorTest.Run(GeneratorTest.Usings + """
        [Patch] public sealed partial record P
        {
            [Obsolete("", true)] public partial string Title { get; init; }
            [Obsolete("", true)] public partial int Count { get; init; }
            [Obsolete("", true)] public partial string[]? Tags { get; init; }
        }
        """);

    [Theory]
    [InlineData("")]
    [InlineData("[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]")]
    public void Structs_may_have_fields(string layout) => GeneratorTest.Run(GeneratorTest.Usings + $$"""
        [Patch] {{layout}}
        public partial record struct P { public partial int Count { get; init; } [JsonIgnore] public int Tries { get; set; }
            public string? Note; }
        """);

    [Theory]
    [InlineData("public record D { public string Title { get; init; } = \"\"; public N? Note { get; init; } }")]
    [InlineData("public record D { public required string Title { get; init; } public required N Note { get; init; } }")]
    [InlineData("public record D(string Title, N? Note);")]
    [InlineData("public record D { public string Title { get; set; } = \"\"; public N? Note { get; set; } }")]
    [InlineData("public class D { public string Title { get; set; } = \"\"; public N? Note { get; set; } }")]
    [InlineData(
        "public class B { public string Title { get; set; } = \"\"; } public class D : B { public N? Note { get; internal set; } }")]
    [InlineData(
        "public class B { public virtual string Title { get; set; } = \"\"; } public class D : B { public override string Title { "
        + "set => base.Title = value.Trim(); } public N? Note { get; set; } }")]
    [InlineData("public struct D { public string Title { get; set; } public N? Note { get; init; } }")]
    [InlineData("public readonly record struct D(string Title, N? Note);")]
    public void All_kinds_of_documents(string document) => GeneratorTest.Run(GeneratorTest.Usings + $$"""
        namespace Shop;

        {{document}}
        public class N { public string? Text { get; set; } [ChangedAt] public DateTimeOffset At { get; set; } }
        [Patch<N>] public sealed partial record NP { public partial string? Text { get; init; } }

        [Patch<D>]
        public sealed partial record P
        {
            public partial string Title { get; init; }
            public partial NP Note { get; init; }
        }
        """);

    [Fact]
    public void Patches_may_be_in_types_and_in_the_global_namespace() => GeneratorTest.Run(GeneratorTest.Usings + """
        public partial class Outer
        {
            internal partial record struct Middle
            {
                public partial interface Inner
                {
                    [Patch] public sealed partial record P { public partial string Title { get; init; } }
                }
            }
        }

        [Patch] internal sealed partial record Q { public partial Outer.Middle.Inner.P Nested { get; init; }
            internal partial int? Count { get; private set; } }
        """);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(250)]
    public void Any_number_of_members(int count)
    {
        var document = new StringBuilder("public record D {");
        var patch = new StringBuilder("[Patch<D>, Fence(\"later\")] public sealed partial record P {");
        for (int i = 0; i < count; i++)
        {
            document.Append(CultureInfo.InvariantCulture, $" public int Number{i} {{ get; init; }}");
            patch.Append(CultureInfo.InvariantCulture, $" public partial int Number{i} {{ get; init; }}");
        }

        if (count > 0)
        {
            patch.Append(
                CultureInfo.InvariantCulture,
                $" public static string Ends() => (Members.Number0 | Members.Number{count - 1}).ToString();");
        }

        LoadedPatches patches = GeneratorTest.Run($"{GeneratorTest.Usings}namespace Shop; {document} }} {patch} }}").Load();
        string all = string.Join(",", Enumerable.Range(0, count).Select(static i => $"\"number{i}\":{i}"));
        patches.AssertKeeps("Shop.P", $"{{{all}}}");
        Assert.Equal("/later fenced", patches.Read("Shop.P", $"{{{all}{(count > 0 ? "," : "")}\"later\":1,\"number{count}\":1}}"));
        if (count > 0)
        {
            Assert.Equal($"/number{count - 1} duplicate_member", patches.Read("Shop.P", $"{{{all},\"number{count - 1}\":1}}"));
            Assert.Equal(count == 1 ? "number0" : $"number0, number{count - 1}", patches.Call("Shop.P", "Ends"));
        }
    }

    [Fact]
    public void Every_type_of_member() => GeneratorTest.Run(GeneratorTest.Usings + """
        namespace Shop;

        public enum Colour { Red }
        [Patch] public sealed partial record N { public partial string Text { get; init; } public partial N? Next { get; init; } }

        [Patch]
        public sealed partial record P
        {
            public partial string String { get; init; }
            public partial bool Boolean { get; init; }
            public partial sbyte SByte { get; init; }
            public partial byte Byte { get; init; }
            public partial short Int16 { get; init; }
            public partial ushort UInt16 { get; init; }
            public partial int Int32 { get; init; }
            public partial uint UInt32 { get; init; }
            public partial long Int64 { get; init; }
            public partial ulong UInt64 { get; init; }
            public partial float Single { get; init; }
            public partial double Double { get; init; }
            public partial decimal Decimal { get; init; }
            public partial Guid Guid { get; init; }
            public partial DateTime DateTime { get; init; }
            public partial DateTimeOffset DateTimeOffset { get; init; }
            public partial DateOnly DateOnly { get; init; }
            public partial TimeOnly TimeOnly { get; init; }
            public partial TimeSpan TimeSpan { get; init; }
            public partial Uri Uri { get; init; }
            public partial byte[] Bytes { get; init; }
            public partial JsonElement Element { get; init; }
            public partial System.Text.Json.Nodes.JsonNode Node { get; init; }
            public partial Colour Colour { get; init; }
            public partial N Nested { get; init; }
            public partial string? NullString { get; init; }
            public partial bool? NullBoolean { get; init; }
            public partial ulong? NullNumber { get; init; }
            public partial Guid? NullGuid { get; init; }
            public partial byte[]? NullBytes { get; init; }
            public partial Colour? NullColour { get; init; }
            public partial JsonElement? NullElement { get; init; }
            public partial N? NullNested { get; init; }
            public partial string[] Strings { get; init; }
            public partial Colour[]? Colours { get; init; }
            [Distinct, Length(1, 4)] public partial Guid[] Guids { get; init; }
            public partial byte[][] Blobs { get; init; }
            [JsonExtensionData] public partial IDictionary<string, JsonElement> Other { get; init; }
        }
        """);

    [Fact]
    public void Every_type_of_collection() => GeneratorTest.Run(GeneratorTest.Usings + """
        using System.Collections.Immutable;

        namespace Shop;

        public record D
        {
            public List<string> List { get; init; } = [];
            public IReadOnlyList<string>? Wider { get; init; }
            public IList<int>? Interface { get; init; }
            public ImmutableArray<int> Immutable { get; init; }
            public HashSet<string>? Set { get; init; }
            public IEnumerable<Guid>? Any { get; init; }
            public IReadOnlyList<int>? Boxed { get; init; }
            public IReadOnlyList<int> Unboxed { get; init; } = [];
            public IReadOnlyCollection<string> Array { get; init; } = [];
        }

        [Patch<D>]
        public sealed partial record P
        {
            [MaxLength(3)] public partial List<string> List { get; init; }
            [Distinct] public partial List<string>? Wider { get; init; }
            public partial IList<int>? Interface { get; init; }
            public partial ImmutableArray<int> Immutable { get; init; }
            [Length(1, 4)] public partial HashSet<string>? Set { get; init; }
            public partial IEnumerable<Guid>? Any { get; init; }
            public partial ImmutableArray<int>? Boxed { get; init; }
            public partial ImmutableArray<int> Unboxed { get; init; }
            public partial string[] Array { get; init; }
        }

        public enum Colour { Red }

        [Patch]
        public sealed partial record Q
        {
            public partial IReadOnlyList<Colour> A { get; init; }
            public partial IReadOnlyCollection<string[]> B { get; init; }
            public partial ICollection<TimeSpan> C { get; init; }
            public partial ImmutableList<decimal>? D { get; init; }
            public partial ISet<int> E { get; init; }
            public partial IReadOnlySet<Colour>? F { get; init; }
            public partial ImmutableHashSet<string> G { get; init; }
            public partial ImmutableArray<string>? H { get; init; }
            public partial SortedSet<int> I { get; init; }
        }
        """);

    [Fact]
    public void Every_type_of_dictionary() => GeneratorTest.Run(GeneratorTest.Usings + """
        using System.Collections.Frozen;
        using System.Collections.Immutable;

        namespace Shop;

        public enum Colour { Red }
        public record N { public string? Text { get; init; } }
        [Patch<N>] public sealed partial record NP { public partial string? Text { get; init; } }
        public record struct S { public int Size { get; init; } }
        [Patch<S>] public readonly partial record struct SP { public partial int Size { get; init; } }

        public record D
        {
            public Dictionary<string, string> A { get; init; } = [];
            public IReadOnlyDictionary<string, int>? B { get; init; }
            public ImmutableDictionary<string, Colour> C { get; init; } = ImmutableDictionary<string, Colour>.Empty;
            public FrozenDictionary<string, Guid>? E { get; init; }
            public IDictionary<string, string[]> F { get; init; } = new Dictionary<string, string[]>();
            public SortedDictionary<string, N> G { get; init; } = [];
            public ImmutableSortedDictionary<string, S>? H { get; init; }
            public Dictionary<string, JsonElement> I { get; init; } = [];
            public Dictionary<string, double?> J { get; init; } = [];
            public Dictionary<string, N> K { get; init; } = [];
            public Dictionary<string, string?>? L { get; init; }
            public Dictionary<string, List<int>?> M { get; init; } = [];
        }

        [Patch<D>]
        public sealed partial record P
        {
            public partial IReadOnlyDictionary<string, string?> A { get; init; }
            public partial Dictionary<string, int?>? B { get; init; }
            public partial ImmutableDictionary<string, Colour?> C { get; init; }
            public partial FrozenDictionary<string, Guid?>? E { get; init; }
            public partial IDictionary<string, string[]?> F { get; init; }
            public partial SortedDictionary<string, NP?> G { get; init; }
            public partial ImmutableSortedDictionary<string, SP?>? H { get; init; }
            public partial IImmutableDictionary<string, JsonElement?> I { get; init; }
            public partial Dictionary<string, double?> J { get; init; }
            public partial Dictionary<string, NP> K { get; init; }
            public partial Dictionary<string, string> L { get; init; }
            public partial Dictionary<string, List<int>> M { get; init; }
        }

        public class C { public Dictionary<string, int> Counts { get; set; } = [];
            public ImmutableDictionary<string, S>? Sizes { get; set; } }
        [Patch<C>]
        public partial record struct CP
        {
            [PatchTo("Counts")] public partial Dictionary<string, int?> Numbers { get; init; }
            public partial Dictionary<string, SP> Sizes { get; init; }
        }

        [Patch] public sealed partial record Q { public partial Dictionary<string, Q?> Children { get; init; }
            public partial Dictionary<string, TimeSpan?> Times { get; init; } }
        """);

    [Fact]
    public void Any_other_type_through_a_context() => GeneratorTest.Run(GeneratorTest.Usings + """
        namespace Shop;

        public record Line(string Article, int Amount);
        public record struct Point(int X, int Y);
        public class Box<T> { public T? Content { get; set; } }

        [JsonSerializable(typeof(Line)), JsonSerializable(typeof(Point)), JsonSerializable(typeof(Box<Line>)),
            JsonSerializable(typeof(object)), JsonSerializable(typeof(Stack<int>))]
        public partial class Context : JsonSerializerContext
        {
            public Context() : base(null) { }
            public static Context Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }

        public record D
        {
            public IReadOnlyList<Line> Lines { get; init; } = [];
            public Line? Line { get; init; }
            public Point? Point { get; init; }
            public Dictionary<string, Line> Named { get; init; } = [];
            public Dictionary<string, Point> Points { get; init; } = [];
            public Stack<int>? Stack { get; init; }
            public object? Any { get; init; }
        }

        [Patch<D>(Context = typeof(Context))]
        public sealed partial record P
        {
            [MaxLength(3)] public partial List<Line> Lines { get; init; }
            public partial Line? Line { get; init; }
            public partial Point? Point { get; init; }
            public partial Dictionary<string, Line?> Named { get; init; }
            public partial Dictionary<string, Point?> Points { get; init; }
            public partial Stack<int> Stack { get; init; }
            public partial object? Any { get; init; }
        }

        [Patch(Context = typeof(Context))]
        public partial record struct Q { public partial Box<Line> Box { get; init; }
            [Distinct] public partial Line[][] Many { get; init; } public partial Point Point { get; init; } }
        """);

    [Fact]
    public void Every_constraint() => GeneratorTest.Run(GeneratorTest.Usings + """
        namespace Shop;

        [Patch]
        public sealed partial record P
        {
            [StringLength(5)] public partial string A { get; init; }
            [StringLength(5, MinimumLength = 2), RegularExpression("[a-z]+")] public partial string? B { get; init; }
            [Length(1, 3)] public partial string[] C { get; init; }
            [MinLength(1)] public partial int[]? D { get; init; }
            [Range(1, 5)] public partial byte E { get; init; }
            [Range(-5, 5)] public partial long? F { get; init; }
            [Range(-0.5, double.PositiveInfinity)] public partial double G { get; init; }
            [AllowedValues("a", "b", null)] public partial string? H { get; init; }
            [AllowedValues(1, 2)] public partial int? I { get; init; }
            [AllowedValues(1)] public partial ushort J { get; init; }
            [IsoDuration("PT1S", "P1D")] public partial TimeSpan? K { get; init; }
            [EmailAddress, Url(ErrorMessage = "\"{0}\""), Phone] public partial string L { get; init; }
            [EnumDataType(typeof(DayOfWeek)), DataType(DataType.Custom)] public partial string L_1 { get; init; }
            [CustomValidation(typeof(P), nameof(IsOdd))] public partial int? M { get; init; }
            [@class.Odd<string>(
                (byte)1, 2L, 'c', null, null, new[] { 1.5f, float.NaN }, typeof(List<>), Day = DayOfWeek.Friday, @event = 1.5)]
            public partial Dictionary<string, int?> N { get; init; }
            [RegularExpression("a*")] public partial string Rules { get; init; }
            [RegularExpression("b*")] public partial string RulesPattern { get; init; }
            public partial int Rules_0 { get; init; }
            public static ValidationResult? IsOdd(int? value, ValidationContext context)
                => value % 2 == 1 ? ValidationResult.Success : new ValidationResult(context.DisplayName);
        }

        public class @class
        {
            [AttributeUsage(AttributeTargets.Property)]
            internal sealed class OddAttribute<T>(object a, object b, object c, object? d, string? e, float[] f, Type g)
                : ValidationAttribute
            {
                public object?[] All => [a, b, c, d, e, f, g];
                public DayOfWeek Day { get; set; }
                public double @event;
            }
        }
        """);

    [Fact]
    public void Endpoints_with_all_types_of_keys() => GeneratorTest.Run(GeneratorTest.Usings + """
        namespace Shop;

        public record D { [Key] public Guid Id { get; init; } public long Shelf { get; init; } public int Row { get; init; }
            public string Name { get; init; } = ""; }

        [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
        public partial class Context : JsonSerializerContext
        {
            public Context() : base(null) { }
            public static Context Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }

        [Patch<D>, PatchEndpoint("/shelves/{shelf}/{id}", Context = typeof(Context))]
        public sealed partial record P
        {
            [Selector] public partial int? Row { get; init; }
            [Selector] public partial long Shelf { get; init; }
            public partial string Name { get; init; }
        }

        [Patch<D>, PatchEndpoint("/rows/{row}", Context = typeof(Context), RequireIfMatch = true)]
        internal sealed partial record Q { public partial string Name { get; init; } }

        internal sealed partial class QHandler(TimeProvider time) { public TimeProvider Time => time; }
        """);
}
