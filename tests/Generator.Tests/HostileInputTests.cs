using System.Globalization;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// Valid declarations with difficult names and texts. <see cref="GeneratorTest.Run"/> asserts that they compile without warnings and are
/// cached; then they are loaded, and must read and write JSON correctly.
/// </summary>
public class HostileInputTests
{
    [Fact]
    public void Names_may_be_keywords()
    {
        LoadedPatches patches = GeneratorTest.Run(GeneratorTest.Usings + """
        namespace @namespace.@class;

        public record @record { public string? @class { get; init; } public int? @int { get; init; } public string? with { get; init; }
            public @event? @event { get; init; } }
        public record @event { public string? @is { get; init; } }
        public enum @enum { @null, @true }

        [Patch<@record>]
        public sealed partial record @new
        {
            public partial string? @class { get; init; }
            public partial int? @int { get; init; }
            public partial string? with { get; init; }
            public partial @operator @event { get; init; }
        }

        [Patch<@event>]
        public sealed partial record @operator { public partial string? @is { get; init; } }

        [Patch]
        public sealed partial record @out { public partial @enum @ref { get; init; } public partial string @value { get; init; }
            public partial string @field { get; init; } }
        """).Load();
        Assert.Equal(
            """{"class":"a","int":null,"with":"b","event":{"is":"c"}} """
                + "new { class = a, int = null, with = b, event = operator { is = c } }",
            patches.Read("namespace.class.new", """{"class":"a","int":null,"with":"b","event":{"is":"c"}}"""));
        Assert.Equal("/ref not_allowed_value, /value wrong_type", patches.Read("namespace.class.out", """{"ref":"@null","value":1}"""));
        Assert.Equal(
            """{"ref":"null","value":"x","field":"y"} out { ref = null, value = x, field = y }""",
            patches.Read("namespace.class.out", """{"ref":"null","value":"x","field":"y"}"""));
    }

    [Fact]
    public void Names_may_be_outside_ASCII()
    {
        LoadedPatches patches = GeneratorTest.Run(GeneratorTest.Usings + """
        namespace Läden.Ñandú;

        public record Größe { public string? Smiley { get; init; } public string? Überschrift { get; init; }
            public string? Ärger { get; init; } public string? 名前 { get; init; } }

        [Patch<Größe>]
        public sealed partial record GrößePatch
        {
            public partial string? Überschrift { get; init; }
            public partial string? Ärger { get; init; }
            public partial string? 名前 { get; init; }
            [JsonPropertyName("😀")] [PatchTo("Smiley")] public partial string? Smile { get; init; }
        }
        """).Load();
        Assert.Equal(
            """{"überschrift":"a","ärger":"b","名前":"c","\uD83D\uDE00":"d"} """
                + "GrößePatch { Überschrift = a, Ärger = b, 名前 = c, Smile = d }",
            patches.Read("Läden.Ñandú.GrößePatch", """{"überschrift":"a","ärger":"b","名前":"c","\ud83d\ude00":"d"}"""));
        Assert.Equal(
            "/Ärger unknown_member, /名 unknown_member",
            patches.Read("Läden.Ñandú.GrößePatch", """{"Ärger":"b","名":"c"}"""));
    }

    [Fact]
    public void JSON_names_may_be_anything()
    {
        LoadedPatches patches = GeneratorTest.Run(GeneratorTest.Usings + """"
        namespace Shop;

        [Patch]
        [Fence("a \"quoted\" fence", "line\nfence.further\tdown", "*/ comment", "{0}", Until = "the \"end\"\n// of it")]
        public sealed partial record P
        {
            [JsonPropertyName("with \"quotes\"")] public partial string Quotes { get; init; }
            [JsonPropertyName("line\nbreak")] public partial string Break { get; init; }
            [JsonPropertyName("back\\slash")] public partial string Slash { get; init; }
            [JsonPropertyName("\u2028")] public partial string Separator { get; init; }
            [JsonPropertyName("</summary>&<br")] public partial string Xml { get; init; }
            [JsonPropertyName("")] public partial string Empty { get; init; }
            [JsonPropertyName("{0} {1} {2}")] [MaxLength(3)] public partial string Braces { get; init; }
            [JsonPropertyName("*/")] [RegularExpression("[\"\\\\\n]*/{0}")] public partial string Comment { get; init; }
            [AllowedValues("a\"b", "c\nd", "{0}{1}")] public partial string Listed { get; init; }
        }
        """").Load();
        string body = """
            {"with \"quotes\"":"a","line\nbreak":"b","back\\slash":"c","\u2028":"d",
            "</summary>&<br":"e","":"f","{0} {1} {2}":"g","*/":"\"\\","listed":"{0}{1}"}
            """.ReplaceLineEndings("");
        patches.AssertKeeps("Shop.P", body);
        Assert.Equal(
            "/with \"quotes\" wrong_type, /{0} {1} {2} too_long, /*~1 bad_format, /listed not_allowed_value",
            patches.Read("Shop.P", """{"w\u0069th \"quotes\"":1,"{0} {1} {2}":"four","*/":"x","listed":"a"}"""));
        Assert.Equal(
            "/a \"quoted\" fence fenced, /line\nfence/further\tdown fenced, /*~1 comment fenced, /{0} fenced",
            patches.Read("Shop.P", """{"a \"quoted\" fence":1,"line\nfence":{"further\tdown":2},"*/ comment":3,"{0}":4}"""));
    }

    [Fact]
    public void Namespaces_and_types_may_have_the_names_of_the_framework()
    {
        LoadedPatches patches = GeneratorTest.Run("""
        namespace Shop.System
        {
            using global::Layers.PatchGen;
            public class String { }
            public class Object { }
            public class ReadOnlySpan { }
            public enum Boolean { Yes, No }

            [Patch]
            public sealed partial record P { public partial Boolean Answer { get; init; } public partial string Text { get; init; } }
        }

        namespace Shop.Layers
        {
            using global::Layers.PatchGen;

            [Patch]
            public sealed partial record P { public partial string Text { get; init; } public partial Q Q { get; init; } }

            [Patch]
            public sealed partial record Q { public partial int Json { get; init; } public partial string[] System { get; init; } }
        }

        namespace System
        {
            using global::Layers.PatchGen;

            public enum Members { Some }

            [Patch]
            public sealed partial record SystemPatch { public partial string Text { get; init; }
                public partial System.Members Members_ { get; init; } public partial DateTimeOffset? Time { get; init; } }
        }
        """).Load();
        patches.AssertKeeps("Shop.System.P", """{"answer":"yes","text":"x"}""");
        patches.AssertKeeps("Shop.Layers.P", """{"text":"x","q":{"json":1,"system":["a"]}}""");
        patches.AssertKeeps("System.SystemPatch", """{"text":"x","members_":"some","time":"2026-04-18T09:30:00+00:00"}""");
    }

    [Fact]
    public void Members_may_have_the_names_of_generated_members_and_locals()
    {
        LoadedPatches patches = GeneratorTest.Run(GeneratorTest.Usings + """
        namespace Shop;

        public record D { public string? State { get; init; } public string? Names { get; init; } public string? Codecs { get; init; }
            public string? document { get; init; } public N? changed { get; init; } public N? Changed { get; init; }
            public N? patch { get; init; } }
        public record N { public int at { get; init; } }
        [Patch<N>] public sealed partial record NP { public partial int at { get; init; } }

        [Patch<D>]
        public sealed partial record P
        {
            public partial string? State { get; init; }
            public partial string? Names { get; init; }
            public partial string? Codecs { get; init; }
            public partial string? document { get; init; }
            public partial NP changed { get; init; }
            [JsonPropertyName("Changed")] public partial NP? Changed { get; init; }
            public partial NP patch { get; init; }
            private static string _state => "";
            private static void FindName() { }
            public static string Use() { FindName(); return _state; }
        }
        """).Load();
        patches.AssertKeeps(
            "Shop.P",
            """{"state":"a","names":null,"codecs":"b","document":"c","changed":{"at":1},"Changed":null,"patch":{"at":2}}""");
    }

    [Fact]
    public void Types_that_differ_by_case_or_by_a_dot_have_separate_files()
    {
        GeneratorTest test = GeneratorTest.Run(GeneratorTest.Usings + """
            namespace Shop
            {
                [Patch] public sealed partial record TodoPatch { public partial string A { get; init; } }
                [Patch] public sealed partial record TODOPatch { public partial string B { get; init; } }
            }
            namespace Shop.A { [Patch] public sealed partial record B_C { public partial string A { get; init; } } }
            namespace Shop.A.B { [Patch] public sealed partial record C { public partial string A { get; init; } } }
            """);
        Assert.Equal(4, test.Sources.Keys.Count(static name => name.EndsWith(".Json.g.cs", StringComparison.Ordinal)));
        Assert.Equal(test.Sources.Count, test.Sources.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("Shop.A.B_C.Json.g.cs", test.Sources.Keys);
        LoadedPatches patches = test.Load();
        patches.AssertKeeps("Shop.TodoPatch", """{"a":"x"}""");
        Assert.Equal("/a unknown_member", patches.Read("Shop.TODOPatch", """{"a":"x"}"""));
        patches.AssertKeeps("Shop.A.B_C", """{"a":"x"}""");
        patches.AssertKeeps("Shop.A.B.C", """{"a":"x"}""");
    }

    [Fact]
    public void A_type_with_the_name_of_a_generated_file_has_separate_files()
    {
        GeneratorTest test = GeneratorTest.Run(GeneratorTest.Usings + """
            namespace Shop;

            [Patch] public sealed partial record Order
            {
                public partial Json? Inner { get; init; }
                [Patch] public sealed partial record Json { public partial string A { get; init; } }
                [Patch] public sealed partial record Document { public partial string B { get; init; } }
            }
            """);
        Assert.Contains("Shop.Order.Json.g.cs", test.Sources.Keys);
        Assert.Equal(6, test.Sources.Count);
        LoadedPatches patches = test.Load();
        patches.AssertKeeps("Shop.Order", """{"inner":{"a":"x"}}""");
        patches.AssertKeeps("Shop.Order+Document", """{"b":"x"}""");
    }

    [Fact]
    public void A_patch_may_have_the_name_of_the_registration_file()
    {
        GeneratorTest test = GeneratorTest.RunUnchecked(GeneratorTest.Usings + """
            public sealed class Entity { [Key] public string Id { get; set; } = ""; public string Title { get; set; } = ""; }
            [JsonSerializable(typeof(Entity))] public sealed partial class Json : JsonSerializerContext;
            [Patch<Entity>, PatchEndpoint("/entities/{id}", Context = typeof(Json))] public sealed partial record PatchHandlers {
                public partial string Title { get; init; } }
            """);
        Assert.Contains("PatchHandlers.g.cs", test.Sources.Keys);
        Assert.Equal(5, test.Sources.Count);
    }

    [Fact]
    public void Members_may_have_the_names_of_locals_of_Equals_and_Merge()
    {
        LoadedPatches patches = GeneratorTest.Run(GeneratorTest.Usings + """
            namespace Shop;

            [Patch]
            public sealed partial record P
            {
                public partial string other { get; init; }
                public partial string? members { get; init; }
                public partial int hash { get; init; }
                public partial int value { get; init; }
                public static string Differ()
                {
                    P one = new() { other = "a", members = "b", hash = 1, value = 2 }, two = one with { other = "z" },
                        three = one.Without(Members.members).Merge(new P { hash = 5 });
                    return $"{one == two} {one == two with { other = "a" }} {one.GetHashCode() == two.GetHashCode()} "
                        + $"{three} {three.Present}";
                }
            }
            """).Load();
        patches.AssertKeeps("Shop.P", """{"other":"a","members":null,"hash":1,"value":2}""");
        Assert.Equal("False True False P { other = a, hash = 5, value = 2 } other, hash, value", patches.Call("Shop.P", "Differ"));
    }

    [Fact]
    public void A_member_may_have_the_name_of_a_presence_property()
    {
        GeneratorTest test = GeneratorTest.RunUnchecked(GeneratorTest.Usings + """
            [Patch] public sealed partial record P { public partial int Children { get; init; }
                public partial bool HasChildren { get; init; } public bool TryGetHasChildren => true; }
            """);
        LoadedPatches patches = test.Load();
        Assert.Equal("""{"hasChildren":false} P { HasChildren = False }""", patches.Read("P", """{"hasChildren":false}"""));
        Assert.Equal("""{"children":2} P { Children = 2 }""", patches.Read("P", """{"children":2}"""));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fi-FI")]
    [InlineData("ar-SA")]
    public void Output_is_the_same_in_every_culture(string culture)
    {
        const string Source = GeneratorTest.Usings + """
            namespace Shop;

            [Patch(Naming = PatchNaming.SnakeCaseUpper)]
            public sealed partial record P
            {
                [Range(-1.5, 2.5)] public partial double Ratio { get; init; }
                [Range(-3, 4)] public partial long InitialId { get; init; }
                [Range(typeof(decimal), "-1.5", "3.25")] public partial decimal Price { get; init; }
            }
            """;
        IReadOnlyDictionary<string, string> expected = GeneratorTest.Run(Source).Sources;
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            GeneratorTest test = GeneratorTest.Run(Source);
            Assert.Equal(expected, test.Sources);
            Assert.Equal(
                """{"RATIO":-1.5,"INITIAL_ID":-3,"PRICE":3.25} P { Ratio = -1.5, InitialId = -3, Price = 3.25 }""",
                test.Load().Read("Shop.P", """{"RATIO":-1.5,"INITIAL_ID":-3,"PRICE":3.25}"""));
            Assert.Equal(
                "/RATIO out_of_range, /İNİTİAL_İD unknown_member",
                test.Load().Read("Shop.P", """{"RATIO":2.6,"İNİTİAL_İD":1}"""));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Contains("\"INITIAL_ID\"", expected["Shop.P.Json.g.cs"], StringComparison.Ordinal);
    }
}
