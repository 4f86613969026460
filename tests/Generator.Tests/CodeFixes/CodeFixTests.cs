using Microsoft.CodeAnalysis.CodeFixes;

namespace Layers.PatchGen.Generator.Tests.CodeFixes;

/// <summary>The result of each fix, without remaining diagnostics, and of "Fix all".</summary>
public class CodeFixTests
{
    [Fact]
    public Task A_record_is_made_partial() => CodeFixTest.Fixes("PG0001", """
        /// <summary>A patch.</summary>
        [Patch<Todo>]
        public sealed record P
        {
        }
        """, """
        /// <summary>A patch.</summary>
        [Patch<Todo>]
        public sealed partial record P
        {
        }
        """, "Declare 'P' partial");

    [Fact]
    public Task A_patch_that_a_context_writes_gets_the_converter() => CodeFixTest.FixesAll("PG0016", """
        /// <summary>A patch.</summary>
        [Patch<Todo>]
        public sealed partial record P
        {
            public partial string Title { get; init; }
        }

        public static class Responses
        {
            public record Envelope(P? Patch);
        }

        [JsonSerializable(typeof(Dictionary<string, P[]>))]
        public abstract partial class ShopJson() : JsonSerializerContext(null);

        [JsonSerializable(typeof(Responses.Envelope))]
        public abstract partial class OtherJson() : JsonSerializerContext(null);
        """, """
        /// <summary>A patch.</summary>
        [JsonConverter(typeof(PatchJsonConverter<P>))]
        [Patch<Todo>]
        public sealed partial record P
        {
            public partial string Title { get; init; }
        }

        public static class Responses
        {
            public record Envelope(P? Patch);
        }

        [JsonSerializable(typeof(Dictionary<string, P[]>))]
        public abstract partial class ShopJson() : JsonSerializerContext(null);

        [JsonSerializable(typeof(Responses.Envelope))]
        public abstract partial class OtherJson() : JsonSerializerContext(null);
        """, FixAllScope.Project);

    [Fact]
    public Task A_record_without_modifiers_is_made_partial() => CodeFixTest.Fixes("PG0001", """
        // It is internal.
        [Patch<Todo>]
        // On purpose.
        record P;
        """, """
        // It is internal.
        [Patch<Todo>]
        // On purpose.
        partial record P;
        """);

    [Fact]
    public Task Types_around_a_record_are_made_partial() => CodeFixTest.FixesAll("PG0001", """
        public static class Outer
        {
            struct Inner
            {
                [Patch<Todo>] public record P;
                [Patch<Todo>] public partial record struct Q;
            }
        }
        """, """
        public static partial class Outer
        {
            partial struct Inner
            {
                [Patch<Todo>] public partial record P;
                [Patch<Todo>] public partial record struct Q;
            }
        }
        """, FixAllScope.Project);

    [Fact]
    public Task Abstract_is_removed() => CodeFixTest.Fixes("PG0001", """
        [Patch<Todo>] abstract partial record P { public partial string Title { get; init; } }
        """, """
        [Patch<Todo>] partial record P { public partial string Title { get; init; } }
        """, "Remove 'abstract'");

    [Fact]
    public Task Parameters_become_properties() => CodeFixTest.Fixes("PG0001", """
        namespace Shop;

        /// <summary>A patch.</summary>
        /// <param name="Title">The title, which
        /// is short.</param>
        /// <param name="Text">The text.</param>
        [Patch<Todo>]
        public sealed partial record P([property: StringLength(5), MinLength(1)] string Title, string? Text = null, int @Count = 5);
        """, """
        namespace Shop;

        /// <summary>A patch.</summary>
        [Patch<Todo>]
        public sealed partial record P
        {
            /// <summary>The title, which is short.</summary>
            [StringLength(5), MinLength(1)] public partial string Title { get; init; }
            /// <summary>The text.</summary>
            public partial string? Text { get; init; }
            public partial int @Count { get; init; }
        }
        """, "Declare partial properties instead of parameters");

    [Fact]
    public Task Parameters_become_properties_before_other_properties() => CodeFixTest.Fixes("PG0001", """
        public partial class Outer
        {
            [Patch<Todo>]
            public sealed partial record P(string Title)
                : IDisposable
            {
                public partial int Count { get; init; }

                public void Dispose() { }
            }
        }
        """, """
        public partial class Outer
        {
            [Patch<Todo>]
            public sealed partial record P
                : IDisposable
            {
                public partial string Title { get; init; }

                public partial int Count { get; init; }

                public void Dispose() { }
            }
        }
        """);

    [Theory]
    [InlineData(
        "{ public partial string? Text { get; init; } }",
        "{\n    public partial string Title { get; init; }\n\n    public partial string? Text { get; init; } }")]
    [InlineData("{ }", "{\n    public partial string Title { get; init; }\n}")]
    public Task Parameters_become_properties_of_a_body_on_one_line(string before, string after) =>
        CodeFixTest.Fixes(
            "PG0001",
            $"[Patch<Todo>] public partial record P(string Title) {before}",
            $"[Patch<Todo>] public partial record P {after}");

    [Theory]
    [InlineData("[Patch<Todo>] public partial class P { }")]
    [InlineData("[Patch<Todo>] public partial record P<T> { }")]
    [InlineData("public record B(string Text); [Patch<Todo>] public partial record P(string Title) : B(\"\");")]
    [InlineData("[Patch<Todo>] file record P { }")]
    [InlineData("[Patch<Todo>] partial record P(string Title) { public string Title { get; init; } = Title; }")]
    public Task Some_shapes_have_no_fix(string source) => CodeFixTest.OffersNothing("PG0001", source);

    [Fact]
    public Task Properties_are_made_partial() => CodeFixTest.FixesAll("PG0002", """
        [Patch<Todo>]
        public partial record P
        {
            // The title.
            [StringLength(5)]
            public string Title { get; set; } = ""; // short

            string? Text { get; set; }
            public NotePatch? Note { get; private set; }
            public int Count
            {
                get;
                set;
            } = 5;
        }
        """, """
        [Patch<Todo>]
        public partial record P
        {
            // The title.
            [StringLength(5)]
            public partial string Title { get; init; } // short

            partial string? Text { get; init; }
            public partial NotePatch? Note { get; private init; }
            public partial int Count
            {
                get;
                init;
            }
        }
        """);

    [Fact]
    public Task A_property_with_a_body_has_no_fix() => CodeFixTest.OffersNothing("PG0002", """
        [Patch<Todo>] public partial record P { public string Title { get => ""; init { } } }
        """);

    [Fact]
    public Task Required_is_removed() => CodeFixTest.FixesAll("PG0003", """
        [Patch<Todo>]
        public partial record P
        {
            required public partial string Title { get; init; }
            [MaxLength(5)] public required partial string? Text { get; init; }
        }
        """, """
        [Patch<Todo>]
        public partial record P
        {
            public partial string Title { get; init; }
            [MaxLength(5)] public partial string? Text { get; init; }
        }
        """);

    [Fact]
    public Task A_required_property_becomes_a_member() => CodeFixTest.Fixes("PG0003", """
        [Patch<Todo>] public partial record P { public required string Title { get; set; } = ""; }
        """, """
        [Patch<Todo>] public partial record P { public partial string Title { get; init; } }
        """, "Declare 'Title' partial");

    [Fact]
    public Task Line_endings_are_kept() => CodeFixTest.Fixes(
        "PG0006",
        "[Patch<Todo>, Fence(\"title\", Until = \"v2\")]\r\npublic partial record P\r\n{\r\n"
            + "    public partial string Title { get; init; }\r\n}\r\n",
        "[Patch<Todo>]\r\npublic partial record P\r\n{\r\n    [FencedUntil(\"v2\")]\r\n"
            + "    public partial string Title { get; init; }\r\n}\r\n");

    [Theory]
    [InlineData("{ get; }", "{ get; init; }", "Add the missing accessor")]
    [InlineData("{ set; }", "{ get; set; }", "Add the missing accessor")]
    [InlineData("{ private get; init; }", "{ get; init; }", "Remove the accessor's modifier")]
    public Task Accessors_are_fixed(string before, string after, string title)
    {
        const string Start = "[Patch<Todo>] public partial record P { public partial string Title ";
        return CodeFixTest.Fixes("PG0003", $"{Start}{before} }}", $"{Start}{after} }}", title);
    }

    [Fact]
    public Task Initializers_are_removed() => CodeFixTest.FixesAll("PG0015", """
        [Patch<Todo>]
        public partial record P
        {
            public partial string Title { get; init; } = "new"; // no default
            public partial int Count { get; set; } = 5;
        }
        """, """
        [Patch<Todo>]
        public partial record P
        {
            public partial string Title { get; init; } // no default
            public partial int Count { get; set; }
        }
        """);

    [Fact]
    public Task A_fence_moves_to_the_property_that_it_names() => CodeFixTest.Fixes("PG0006", """
        /// <summary>A patch.</summary>
        [Patch<Todo>]
        [Fence("title", Until = "v\"2")]
        public partial record P
        {
            /// <summary>The title.</summary>
            [StringLength(5)]
            public partial string Title { get; init; }
        }
        """, """
        /// <summary>A patch.</summary>
        [Patch<Todo>]
        public partial record P
        {
            /// <summary>The title.</summary>
            [FencedUntil("v\"2")]
            [StringLength(5)]
            public partial string Title { get; init; }
        }
        """, "Put [FencedUntil(\"v\\\"2\")] on 'Title' instead");

    [Fact]
    public Task Only_fences_that_name_a_property_move() => CodeFixTest.FixesAll("PG0006", """
        [Patch<Todo>, Fence("title", "later", Name, Until = "v2"), Fence("text", Until = "v3")]
        public partial record P
        {
            private const string Name = "count";
            public partial string Title { get; init; }
            [FencedUntil("v4")] public partial string? Text { get; init; }
            [JsonPropertyName(Name)] public partial int Count { get; init; }
        }
        """, """
        [Patch<Todo>, Fence("later", Until = "v2")]
        public partial record P
        {
            private const string Name = "count";
            [FencedUntil("v2")]
            public partial string Title { get; init; }
            [FencedUntil("v4")] public partial string? Text { get; init; }
            [FencedUntil("v2")]
            [JsonPropertyName(Name)] public partial int Count { get; init; }
        }
        """);

    [Fact]
    public Task A_fence_moves_to_a_property_in_another_file() => CodeFixTest.Fixes(
        "PG0006",
        "[Patch<Note>, Fence(\"text\", Until = \"v2\")] public partial record P;",
        "[Patch<Note>] public partial record P;",
        other: (
            "partial record P { public partial string? Text { get; init; } }",
            "partial record P { [FencedUntil(\"v2\")] public partial string? Text { get; init; } }"));

    [Theory]
    [InlineData("[Patch<Todo>, Fence(\"title\")] public partial record P { public partial string Title { get; init; } }")]
    [InlineData(
        "[Patch<Todo>, Fence(\"note.text\", Until = \"v2\")] public partial record P { public partial string Title { get; init; } "
        + "[JsonPropertyName(\"note\")] public partial int Count { get; init; } }")]
    public Task A_fence_without_a_target_has_no_fix(string source) => CodeFixTest.OffersNothing("PG0006", source);

    [Fact]
    public Task A_misspelled_name_becomes_that_of_the_document() => CodeFixTest.FixesAll("PG0008", """
        [Patch<Todo>]
        public partial record P
        {
            public partial string title { get; init; }
            [PatchTo("nothing")] public partial string? text { get; init; }
        }
        """, """
        [Patch<Todo>]
        public partial record P
        {
            [PatchTo(nameof(Todo.Title))]
            public partial string title { get; init; }
            [PatchTo(nameof(Todo.Text))]
            public partial string? text { get; init; }
        }
        """);

    [Fact]
    public Task A_wrong_PatchTo_is_removed_if_the_own_name_matches() => CodeFixTest.Fixes("PG0008", """
        [Patch<Todo>] public partial record P { [PatchTo("Nothing")] public partial string Title { get; init; } }
        """, """
        [Patch<Todo>] public partial record P { public partial string Title { get; init; } }
        """, "Remove [PatchTo]");

    [Fact]
    public Task A_member_of_a_property_that_cannot_be_null_becomes_non_nullable() => CodeFixTest.FixesAll("PG0008", """
        [Patch<Todo>] public partial record P { public partial string? Title { get; init; } public partial int? Count { get; init; } }
        """, """
        [Patch<Todo>] public partial record P { public partial string Title { get; init; } public partial int Count { get; init; } }
        """, FixAllScope.Solution);

    [Fact]
    public Task The_key_becomes_a_selector() => CodeFixTest.Fixes("PG0008", """
        [Patch<Todo>] public partial record P { public partial string Id { get; init; } }
        """, """
        [Patch<Todo>] public partial record P { [Selector] public partial string Id { get; init; } }
        """, "Make 'Id' a selector");

    [Fact]
    public Task Invalid_constraints_are_removed() => CodeFixTest.FixesAll("PG0013", """
        [Patch<Todo>]
        public partial record P
        {
            /// <summary>The title.</summary>
            [Required]
            public partial string Title { get; init; }

            [Required] public partial string? Text { get; init; }

            [Range(1, 5), Required]
            // The count.
            public partial int Count { get; init; }
        }
        """, """
        [Patch<Todo>]
        public partial record P
        {
            /// <summary>The title.</summary>
            public partial string Title { get; init; }

            public partial string? Text { get; init; }

            [Range(1, 5)]
            // The count.
            public partial int Count { get; init; }
        }
        """);

    [Fact]
    public Task An_attribute_without_effect_is_removed() => CodeFixTest.Fixes("PG0018", """
        [Fence("a")]
        // A plain record.
        public record P;
        """, """
        // A plain record.
        public record P;
        """, "Remove [Fence]");

    private const string Context =
        "\n[JsonSerializable(typeof(D))] public abstract partial class C : JsonSerializerContext { protected C() : base(null) { } }\n"
        + "[Patch<D>] public partial record P { }\n";

    [Fact]
    public Task A_document_with_lost_initializers_gets_setters() => CodeFixTest.FixesAll("PG0022", """
        public record D
        {
            public string Name { get; init; } = "";
            public int Size { get; private init; } = 5; // pages
        }
        """ + Context, """
        public record D
        {
            public string Name { get; set; } = "";
            public int Size { get; private set; } = 5; // pages
        }
        """ + Context);

    [Fact]
    public Task A_member_gets_the_JSON_name_of_the_document() => CodeFixTest.FixesAll("PG0023", """
        public record D
        {
            [JsonPropertyName("headline")] public string Title { get; set; } = "";
            [JsonPropertyName("n \\")] public int Count { get; set; }
        }

        [Patch<D>]
        public partial record P
        {
            // The title.
            public partial string Title { get; init; }
            [JsonPropertyName("m"), Range(1, 5)] public partial int Count { get; init; } // 1-5
        }
        """, """
        public record D
        {
            [JsonPropertyName("headline")] public string Title { get; set; } = "";
            [JsonPropertyName("n \\")] public int Count { get; set; }
        }

        [Patch<D>]
        public partial record P
        {
            // The title.
            [JsonPropertyName("headline")]
            public partial string Title { get; init; }
            [JsonPropertyName("n \\")]
            [Range(1, 5)] public partial int Count { get; init; } // 1-5
        }
        """);

    [Fact]
    public Task An_enum_is_written_by_name() => CodeFixTest.FixesAll("PG0023", """
        public enum Size { Big } // of all
        public record D { [Key] public int Id { get; set; } public Size Size { get; set; }
          public Size? Other { get; set; } public DayOfWeek? Day { get; set; } }
        [Patch<D>, Layers.PatchGen.AspNetCore.PatchEndpoint("/d/{id}", Context = typeof(C))] public partial record P {
            public partial Size Size { get; init; } public partial Size? Other { get; init; } public partial DayOfWeek? Day { get; init; } }
        [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)] public abstract partial class C : JsonSerializerContext {
            protected C() : base(null) { } public static C Default => null!; }
        """, """
        [JsonConverter(typeof(JsonStringEnumConverter<Size>))]
        public enum Size { Big } // of all
        public record D { [Key] public int Id { get; set; } public Size Size { get; set; }
          public Size? Other { get; set; } [JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] public DayOfWeek? Day { get; set; } }
        [Patch<D>, Layers.PatchGen.AspNetCore.PatchEndpoint("/d/{id}", Context = typeof(C))] public partial record P {
            public partial Size Size { get; init; } public partial Size? Other { get; init; } public partial DayOfWeek? Day { get; init; } }
        [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)] public abstract partial class C : JsonSerializerContext {
            protected C() : base(null) { } public static C Default => null!; }
        """);

    [Fact]
    public Task Extension_data_gets_a_setter() => CodeFixTest.Fixes("PG0021", """
        public record D { [JsonExtensionData] public IDictionary<string, JsonElement>? Other { get; init; } }
        """ + Context, """
        public record D { [JsonExtensionData] public IDictionary<string, JsonElement>? Other { get; set; } }
        """ + Context, "Declare it 'set'");

    [Fact]
    public Task Comments_of_removed_attributes_are_kept() => CodeFixTest.FixesAll("PG0013", """
        [Patch<Todo>]
        public sealed partial record P
        {
            [Range(5, 1)] /* a */ public partial int Count { get; init; }
            [Required, /* b */ StringLength(80)] public partial string Title { get; init; }
            // before
            [Required] // why
            public partial string? Text { get; init; }
        }
        """, """
        [Patch<Todo>]
        public sealed partial record P
        {
            /* a */ public partial int Count { get; init; }
            [ /* b */ StringLength(80)] public partial string Title { get; init; }
            // before
            // why
            public partial string? Text { get; init; }
        }
        """, key: null);

    [Fact]
    public Task Comments_of_parameters_that_become_properties_are_kept() => CodeFixTest.Fixes("PG0001", """
        [Patch<Todo>]
        public sealed partial record P(/* a */ string Title /* b */, /* c */ string? Text = null, // d
            // e
            int Count = 1 // f
            ); // tail
        """, """
        [Patch<Todo>]
        public sealed partial record P
        {
            /* a */
            public partial string Title { get; init; } /* b */
            /* c */
            public partial string? Text { get; init; } // d
            // e
            public partial int Count { get; init; } // f
        } // tail
        """);

    [Fact]
    public Task Comments_of_removed_modifiers_and_initializers_are_kept() => CodeFixTest.Fixes("PG0003", """
        [Patch<Todo>]
        public sealed partial record P
        {
            public required /* a */ partial string Title { private /* b */ get; init; } // d
        }
        """, """
        [Patch<Todo>]
        public sealed partial record P
        {
            public /* a */ partial string Title { /* b */ get; init; } // d
        }
        """);

    /// <summary><c>dotnet format</c> passes no key, or the key of another rule.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("RemoveInitializer")]
    public Task Fix_all_does_not_need_a_key_of_the_rule(string? key) => CodeFixTest.FixesAll("PG0003", """
        [Patch<Todo>]
        public sealed partial record P
        {
            public required partial string Title { get; init; }
            public partial string? Text { get; }
        }
        """, """
        [Patch<Todo>]
        public sealed partial record P
        {
            public partial string Title { get; init; }
            public partial string? Text { get; init; }
        }
        """, key: key);

    [Fact]
    public Task A_fix_of_one_rule_offers_nothing_for_another() => CodeFixTest.OffersNothing("PG0011", """
        [Patch<Todo>, Layers.PatchGen.AspNetCore.PatchEndpoint("/todos", Context = typeof(Context))]
        public sealed partial record P
        {
        }

        public abstract partial class Context() : JsonSerializerContext(null);
        """, ofAnyProvider: true);
}
