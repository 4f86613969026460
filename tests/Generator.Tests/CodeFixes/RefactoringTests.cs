namespace Layers.PatchGen.Generator.Tests.CodeFixes;

/// <summary>Refactorings that write patch records. They write only valid members, and are not offered if there are none.</summary>
public class RefactoringTests
{
    [Fact]
    public Task A_patch_record_is_written_from_a_record() => CodeFixTest.Refactors("""
        namespace Shop;

        /// <summary>An order.</summary>
        public record $$Order
        {
            [Key] public string Id { get; init; } = "";
            [ChangedAt] public DateTime At { get; init; }
            [NotInResponse] public string Owner { get; init; } = "";
            [JsonIgnore] public string? Hidden { get; init; }
            public static int Made { get; set; }
            public string Computed => Id;
            public object? Anything { get; init; }
            public required string Title { get; init; }
            public int? Count { get; init; }
            public Note? Note { get; init; }
            public Note Other { get; init; } = new();
            public Note[] Notes { get; init; } = [];
            public Line? Line { get; init; }
            public string[] Tags { get; init; } = [];
            public Dictionary<string, int> Counts { get; init; } = [];
            public IReadOnlyDictionary<string, Note>? Named { get; init; }
            public string? @class { get; init; }
            internal Guid Token { get; init; }
        }

        public record Line { public int Amount { get; init; } }
        """, """
        namespace Shop;

        /// <summary>An order.</summary>
        public record Order
        {
            [Key] public string Id { get; init; } = "";
            [ChangedAt] public DateTime At { get; init; }
            [NotInResponse] public string Owner { get; init; } = "";
            [JsonIgnore] public string? Hidden { get; init; }
            public static int Made { get; set; }
            public string Computed => Id;
            public object? Anything { get; init; }
            public required string Title { get; init; }
            public int? Count { get; init; }
            public Note? Note { get; init; }
            public Note Other { get; init; } = new();
            public Note[] Notes { get; init; } = [];
            public Line? Line { get; init; }
            public string[] Tags { get; init; } = [];
            public Dictionary<string, int> Counts { get; init; } = [];
            public IReadOnlyDictionary<string, Note>? Named { get; init; }
            public string? @class { get; init; }
            internal Guid Token { get; init; }
        }

        [Patch<Order>]
        public sealed partial record OrderPatch
        {
            public partial string Title { get; init; }
            public partial int? Count { get; init; }
            public partial NotePatch? Note { get; init; }
            public partial NotePatch Other { get; init; }
            public partial string[] Tags { get; init; }
            public partial Dictionary<string, int?> Counts { get; init; }
            public partial IReadOnlyDictionary<string, NotePatch?>? Named { get; init; }
            public partial string? @class { get; init; }
            internal partial Guid Token { get; init; }
        }

        public record Line { public int Amount { get; init; } }
        """, "Generate patch record from 'Order'");

    [Fact]
    public Task A_patch_record_is_written_from_a_class_with_its_attributes() => CodeFixTest.Refactors("""
        partial class Outer
        {
            class $$Order
            {
                [Required, StringLength(5, MinimumLength = 2)]
                public string Title { get; set; } = "";
                [EmailAddress, JsonPropertyName("e mail")] public string? Mail { get; set; }
                public int Set { get; init; }
                public int Private { get; private set; }
                [AllowedValues(1, 2)] public int Count { get; set; }
                [JsonExtensionData] public Dictionary<string, JsonElement>? Rest { get; set; }
            }
        }
        """, """
        partial class Outer
        {
            class Order
            {
                [Required, StringLength(5, MinimumLength = 2)]
                public string Title { get; set; } = "";
                [EmailAddress, JsonPropertyName("e mail")] public string? Mail { get; set; }
                public int Set { get; init; }
                public int Private { get; private set; }
                [AllowedValues(1, 2)] public int Count { get; set; }
                [JsonExtensionData] public Dictionary<string, JsonElement>? Rest { get; set; }
            }

            [Patch<Order>]
            private sealed partial record OrderPatch
            {
                [StringLength(5, MinimumLength = 2)]
                public partial string Title { get; init; }

                [EmailAddress, JsonPropertyName("e mail")]
                public partial string? Mail { get; init; }

                [AllowedValues(1, 2)]
                public partial int Count { get; init; }

                [JsonExtensionData]
                public partial Dictionary<string, JsonElement> Rest { get; init; }
            }
        }
        """);

    [Fact]
    public Task Missing_usings_are_added() => CodeFixTest.Refactors("""
        // A licence.
        using System;

        namespace Shop
        {
            public record $$Order { public DateTime At { get; init; } public System.Text.Json.JsonElement Rest { get; init; } }
        }
        """, """
        // A licence.
        using System;
        using System.Text.Json;
        using Layers.PatchGen;

        namespace Shop
        {
            public record Order { public DateTime At { get; init; } public System.Text.Json.JsonElement Rest { get; init; } }

            [Patch<Order>]
            public sealed partial record OrderPatch
            {
                public partial DateTime At { get; init; }
                public partial JsonElement Rest { get; init; }
            }
        }
        """, other: "");

    [Fact]
    public Task Missing_members_are_added() => CodeFixTest.Refactors("""
        [Patch<Todo>, Fence("count", Until = "v2")]
        public sealed partial record P$$
        {
            [PatchTo(nameof(Todo.Title))]
            public partial string Heading { get; init; }
        }
        """, """
        [Patch<Todo>, Fence("count", Until = "v2")]
        public sealed partial record P
        {
            [PatchTo(nameof(Todo.Title))]
            public partial string Heading { get; init; }
            public partial string? Text { get; init; }
            public partial NotePatch? Note { get; init; }
        }
        """, "Add missing members");

    [Theory]
    [InlineData("public partial record P$$;", "public partial record P\n{\n#}")]
    [InlineData("public partial record P$$ { }", "public partial record P {\n#}")]
    [InlineData("public partial record P$$ {\n}", "public partial record P {\n#}")]
    [InlineData(
        "public partial record $$P\n{\n    public int A => 1;\n\n    public int B => 2;\n    // The end.\n}",
        "public partial record P\n{\n    public int A => 1;\n\n    public int B => 2;\n\n#    // The end.\n}")]
    public Task Members_are_added_to_a_record_of_any_layout(string before, string after) =>
        CodeFixTest.Refactors(
            "[Patch<Note>] " + before,
            "[Patch<Note>] " + after.Replace("#", "    public partial string? Text { get; init; }\n", StringComparison.Ordinal));

    [Theory]
    [InlineData("public static class $$C { public static int A { get; set; } }")]
    [InlineData("public class $$C<T> { public int A { get; set; } }")]
    [InlineData("public class $$C { public object? A { get; set; } }")]
    [InlineData("public class $$C { public int A { get; init; } }")]
    [InlineData("public class $$C { public int A { get; set; } } public class CPatch;")]
    [InlineData("public class Outer { public class $$C { public int A { get; set; } } }")]
    [InlineData("public class C { public int $$A { get; set; } }")]
    [InlineData("public interface $$C { public int A { get; set; } }")]
    [InlineData("[Patch<Note>] public partial record $$P { public partial string? Text { get; init; } }")]
    [InlineData("[Patch] public partial record $$P { }")]
    public Task Nothing_is_offered_for_unsuitable_declarations(string source) => CodeFixTest.RefactorsNothing(source);

    [Fact]
    public Task Wrapped_properties_become_partial() => CodeFixTest.Refactors("""
        namespace Shop;

        public readonly record struct Optional<T>(T Value, bool HasValue);

        public static class Bodies
        {
            /// <summary>What may be changed.</summary>
            public sealed class OrderBody
            {
                [StringLength(5)]
                public Optional<string> Ti$$tle { get; set; } = default;

                /// <summary>How many.</summary>
                public Shop.Optional<int?> Count { get; init; } // kept
                internal Optional<List<string>>? Tags { get; set; }
                [JsonIgnore] public string? Note { get; set; }
            }
        }
        """, """
        namespace Shop;

        public readonly record struct Optional<T>(T Value, bool HasValue);

        public static partial class Bodies
        {
            /// <summary>What may be changed.</summary>
            [Patch]
            public sealed partial record OrderBody
            {
                [StringLength(5)]
                public partial string Title { get; init; }

                /// <summary>How many.</summary>
                public partial int? Count { get; init; } // kept
                internal partial List<string> Tags { get; init; }
                [JsonIgnore] public string? Note { get; set; }
            }
        }
        """, "Convert to partial properties of a patch");

    [Fact]
    public Task A_wrapped_property_of_a_patch_becomes_partial() => CodeFixTest.Refactors("""
        public record struct Maybe<T>(T Value);
        [Patch<Todo>] public partial record P
        {
            public $$Maybe<string> Title { get; init; }
        }
        """, """
        public record struct Maybe<T>(T Value);
        [Patch<Todo>] public partial record P
        {
            public partial string Title { get; init; }
        }
        """);

    [Theory]
    [InlineData(
        "public record struct Optional<T>(T Value); public class B; public class C : B { public $$Optional<string> Title { get; init; } }")]
    [InlineData("public record struct Optional<T>(T Value); public class C { public $$Optional<string> Title => default; }")]
    [InlineData("public record struct Optional<T>(T Value); public class C<T> { public $$Optional<T> Title { get; init; } }")]
    [InlineData("public class C { public $$List<string> Title { get; init; } = []; }")]
    public Task Nothing_is_offered_for_other_types(string source) => CodeFixTest.RefactorsNothing(source);
}
