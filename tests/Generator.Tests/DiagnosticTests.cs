using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>What is wrong in a declaration is said once, at its place, with what to do; and ours is the only error seen.</summary>
public class DiagnosticTests
{
    private const string Documents = """

        public enum Kind { Red, Green }
        public record Note { public string? Text { get; init; } }
        public record Sealed(string Text);
        public record Todo
        {
            [Key] public string Id { get; init; } = "";
            public string Title { get; init; } = "";
            public string? Text { get; init; }
            public int Count { get; init; }
            public TimeSpan Delay { get; init; }
            public string[] Tags { get; init; } = [];
            public Note? Note { get; init; }
            public Sealed? Sealed { get; init; }
            public string Computed => Title;
        }
        public class Entity { [Key] public string Id { get; set; } = ""; public string Title { get; init; } = ""; }
        public partial class Context : JsonSerializerContext
        {
            public Context() : base(null) { }
            public static Context Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    private static readonly Dictionary<string, string> Patches = new()
    {
        ["NotePatch"] = "[Patch<Note>] public sealed partial record NotePatch { public partial string? Text { get; init; } }",
        ["SealedPatch"] = "[Patch<Sealed>] public sealed partial record SealedPatch { public partial string Text { get; init; } }",
        ["FreePatch"] = "[Patch] public sealed partial record FreePatch { public partial string Text { get; init; } }",
    };

    /// <summary>An id, the text that it is reported at, a part of the message, and the declaration.</summary>
    public static TheoryData<string, string, string, string> Cases => new()
    {
        // Shapes
        { "PG0001", "P", "not a record", "[Patch<Todo>] public partial class P { }" },
        { "PG0001", "P", "not partial", "[Patch<Todo>] public record P { public string Title { get; init; } = \"\"; }" },
        { "PG0001", "P", "abstract", "[Patch<Todo>] public abstract partial record P { public partial string Title { get; init; } }" },
        { "PG0001", "P", "generic", "[Patch<Todo>] public partial record P<T> { }" },
        { "PG0001", "P", "inherits from 'B'", "public record B; [Patch<Todo>] public partial record P : B { public partial string Title { get; init; } }" },
        { "PG0001", "P", "contains it is not partial", "public class Outer { [Patch<Todo>] public partial record P { } }" },
        { "PG0001", "P", "positional", "[Patch<Todo>] public partial record P(string Id) { public partial string Title { get; init; } }" },
        { "PG0001", "P", "local to its file", "[Patch<Todo>] file partial record P { }" },
        { "PG0001", "P", "two patch attributes", "[Patch, Patch<Todo>] public partial record P { public partial string Title { get; init; } }" },
        { "PG0001", "P", "without parameters", "[Patch<Todo>] public partial record P { public P(int count) => Count = count; public partial int Count { get; init; } }" },

        // Properties
        { "PG0002", "Title", "declare it 'partial'", "[Patch<Todo>] public partial record P { public string? Title { get; init; } }" },
        { "PG0003", "Title", "'required'", "[Patch<Todo>] public partial record P { public required partial string Title { get; init; } }" },
        { "PG0003", "Title", "get and an init accessor", "[Patch<Todo>] public partial record P { public partial string Title { get; } }" },
        { "PG0003", "Title", "get and an init accessor", "[Patch<Todo>] public partial record P { public partial string Title { init; } }" },
        { "PG0003", "Title", "access modifier of its own", "[Patch<Todo>] public partial record P { public partial string Title { private get; init; } }" },
        { "PG0003", "Title", "a reference or a pointer", "[Patch] public partial record P { public partial Span<char> Title { get; init; } }" },
        { "PG0003", "Title", "its other half is generated", "[Patch<Todo>] public partial record P { public partial string Title { get; init; } public partial string Title { get => \"\"; init { } } }" },
        { "PG0003", "Other", "remove 'required'", "[Patch<Todo>] public partial record P { public partial string Title { get; init; } public required string Other { get; set; } }" },
        { "PG0003", "Other", "remove 'required'", "[Patch<Todo>] public partial record P { public required int Other; }" },
        { "PG0003", "List", "with its namespace", "public enum Members { A } [Patch] public partial record P { public partial Members[] List { get; init; } }" },
        { "PG0015", "= \"new\"", "an absent member means unchanged", "[Patch<Todo>] public partial record P { public partial string Title { get; init; } = \"new\"; }" },
        { "PG0014", "Present", "rename it", "[Patch] public partial record P { public partial bool Present { get; init; } }" },
        { "PG0014", "Present", "rename it", "[Patch] public partial record P { public partial bool A { get; init; } public bool Present() => true; }" },
        { "PG0014", "Members", "rename it", "[Patch<Todo>] public partial record P { public partial string Title { get; init; } public class Members; }" },
        { "PG0014", "Validate", "rename it", "[Patch<Todo>] public partial record P { public partial string Title { get; init; } public void Validate() { } }" },
        { "PG0010", "Title", "HasTitle", "[Patch<Todo>] public partial record P { public partial string Title { get; init; } public bool HasTitle => true; }" },

        // Values
        { "PG0004", "Count", "'object' is none of them", "[Patch] public partial record P { public partial object Count { get; init; } }" },
        { "PG0004", "Counts", "none of them", "[Patch] public partial record P { public partial Dictionary<int, string> Counts { get; init; } }" },
        { "PG0004", "Notes", "[Patch(Context = typeof(...))]", "[Patch] public partial record P { public partial Note[] Notes { get; init; } }" },
        { "PG0004", "Notes", "add [JsonSerializable(typeof(Note))] to 'Context'", "[Patch(Context = typeof(Context))] public partial record P { public partial List<Note> Notes { get; init; } }" },
        { "PG0004", "Note", "'Note', its Context, is not a JsonSerializerContext", "[Patch(Context = typeof(Note))] public partial record P { public partial Note Note { get; init; } }" },
        { "PG0004", "Notes", "list the type that it patches", "[Patch(Context = typeof(Context))] public partial record P { public partial NotePatch[] Notes { get; init; } }" },
        { "PG0004", "Other", "IDictionary<string, JsonElement>", "[Patch] public partial record P { [JsonExtensionData] public partial IDictionary<string, object> Other { get; init; } }" },
        { "PG0005", "Heading", "\"title\"", "[Patch] public partial record P { public partial string Title { get; init; } [JsonPropertyName(\"title\")] public partial string Heading { get; init; } }" },

        // Fences
        { "PG0006", "Fence(\"title\")", "[FencedUntil]", "[Patch<Todo>, Fence(\"title\")] public partial record P { public partial string Title { get; init; } }" },
        { "PG0006", "Fence(\"note.tone\")", "put the fence on that record", "[Patch<Todo>, Fence(\"note.tone\")] public partial record P { public partial NotePatch Note { get; init; } }" },
        { "PG0006", "Fence(\"title.x\")", "holds no members", "[Patch<Todo>, Fence(\"title.x\")] public partial record P { public partial string Title { get; init; } }" },
        { "PG0006", "Fence(\"a..b\")", "joined by dots", "[Patch<Todo>, Fence(\"a..b\")] public partial record P { }" },
        { "PG0006", "Fence(\"a\", \"a.b\")", "covers it already", "[Patch<Todo>, Fence(\"a\", \"a.b\")] public partial record P { }" },

        { "PG0006", "Fence", "names no member", "[Patch<Todo>, Fence] public partial record P { }" },
        { "PG0006", "Fence(\"a\", Until = \"\")", "Until is empty", "[Patch<Todo>, Fence(\"a\", Until = \"\")] public partial record P { }" },
        { "PG0006", "FencedUntil(\"\")", "Until is empty", "[Patch<Todo>] public partial record P { [FencedUntil(\"\")] public partial string Title { get; init; } }" },

        // Selectors
        { "PG0007", "Shelf", "'Todo' has no property of that name", "[Patch<Todo>] public partial record P { [Selector] public partial string Shelf { get; init; } }" },
        { "PG0007", "Title", "names no document", "[Patch] public partial record P { [Selector] public partial string Title { get; init; } }" },
        { "PG0007", "Count", "string, Guid, int or long", "[Patch<Todo>] public partial record P { [Selector] public partial string Count { get; init; } }" },

        // Documents
        { "PG0008", "Titel", "has no property 'Titel'", "[Patch<Todo>] public partial record P { public partial string Titel { get; init; } }" },
        { "PG0008", "title", "did you mean 'Title'", "[Patch<Todo>] public partial record P { public partial string title { get; init; } }" },
        { "PG0008", "Computed", "cannot be set", "[Patch<Todo>] public partial record P { public partial string Computed { get; init; } }" },
        { "PG0008", "Title", "after it was made", "[Patch<Entity>] public partial record P { public partial string Title { get; init; } }" },
        { "PG0008", "Title", "cannot be null", "[Patch<Todo>] public partial record P { public partial string? Title { get; init; } }" },
        { "PG0008", "Count", "does not convert", "[Patch<Todo>] public partial record P { public partial string Count { get; init; } }" },
        { "PG0008", "PatchTo(\"Nothing\")", "has no property 'Nothing'", "[Patch<Todo>] public partial record P { [PatchTo(\"Nothing\")] public partial string Title { get; init; } }" },
        { "PG0008", "Text", "'Title' is applied to 'Title' already", "[Patch<Todo>] public partial record P { public partial string Title { get; init; } [PatchTo(\"Title\")] public partial string Text { get; init; } }" },
        { "PG0008", "Note", "patches no document", "[Patch<Todo>] public partial record P { public partial FreePatch Note { get; init; } }" },
        { "PG0008", "Sealed", "parameterless constructor", "[Patch<Todo>] public partial record P { public partial SealedPatch Sealed { get; init; } }" },
        { "PG0008", "Id", "make the member a [Selector]", "[Patch<Todo>] public partial record P { public partial string Id { get; init; } }" },
        { "PG0008", "At", "the time of each change", "public record D { [ChangedAt] public DateTime At { get; init; } } [Patch<D>] public partial record P { public partial DateTime At { get; init; } }" },
        { "PG0008", "Things", "does not convert", "public record D { public IReadOnlyList<object> Things { get; init; } = []; } [Patch<D>] public partial record P { public partial List<string> Things { get; init; } }" },
        { "PG0008", "Labels", "those of 'Labels' are 'string'", "public record D { public Dictionary<string, string> Labels { get; init; } = []; } [Patch<D>] public partial record P { public partial Dictionary<string, int?> Labels { get; init; } }" },
        { "PG0008", "Tags", "must be a dictionary by string too", "[Patch<Todo>] public partial record P { public partial Dictionary<string, int?> Tags { get; init; } }" },
        { "PG0008", "Notes", "a value of 'Notes' is a 'string'", "public record D { public Dictionary<string, string> Notes { get; init; } = []; } [Patch<D>] public partial record P { public partial Dictionary<string, NotePatch?> Notes { get; init; } }" },
        { "PG0009", "Patch<P>", "the patch itself", "[Patch<P>] public partial record P { public partial string Title { get; init; } }" },
        { "PG0009", "Patch<D>", "[ChangedAt] 'At'", "public record D { [ChangedAt] public string? At { get; init; } } [Patch<D>] public partial record P { }" },

        // Endpoints
        { "PG0011", "PatchEndpoint(\"/todos/{shelf}\", Context = typeof(Context))", "has no property 'shelf'", "[Patch<Todo>, PatchEndpoint(\"/todos/{shelf}\", Context = typeof(Context))] public partial record P { }" },
        { "PG0011", "PatchEndpoint(\"/todos/{id:guid}\", Context = typeof(Context))", "must be a plain name", "[Patch<Todo>, PatchEndpoint(\"/todos/{id:guid}\", Context = typeof(Context))] public partial record P { }" },
        { "PG0011", "PatchEndpoint(\"/todos/{delay}\", Context = typeof(Context))", "string, Guid, int or long", "[Patch<Todo>, PatchEndpoint(\"/todos/{delay}\", Context = typeof(Context))] public partial record P { }" },
        { "PG0011", "PatchEndpoint(\"/todos\", Context = typeof(Context))", "no parameter", "[Patch<Todo>, PatchEndpoint(\"/todos\", Context = typeof(Context))] public partial record P { }" },
        { "PG0011", "PatchEndpoint(\"/{id}/{ID}\", Context = typeof(Context))", "twice", "[Patch<Todo>, PatchEndpoint(\"/{id}/{ID}\", Context = typeof(Context))] public partial record P { }" },
        { "PG0012", "PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))", "'PHandler', its handler, is declared; make that a 'partial class'", "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))] public partial record P { } public class PHandler;" },
        { "PG0012", "PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))", "'PHandler', its handler", "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))] public partial record P { } public delegate void PHandler();" },
        { "PG0012", "PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))", "'PHandler', its handler", "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))] public partial record P { } public static partial class PHandler;" },
        { "PG0012", "PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))", "without a base", "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))] public partial record P { } public partial class PHandler : Exception;" },
        { "PG0012", "PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))", "'PatchHandlerExtensions', which registers the handlers, is declared", "namespace Shop { public class PatchHandlerExtensions; } [Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))] public partial record P { }" },
        { "PG0008", "Text", "obsolete as an error", "public record Old { [Obsolete(\"\", true)] public string? Text { get; init; } } [Patch<Old>] public partial record P { public partial string? Text { get; init; } }" },
        { "PG0009", "Patch<Hidden>", "local to its file", "[Patch<Hidden>] public partial record P { } file record Hidden;" },
        { "PG0008", "Text", "cannot be read", "public class Secret { public string? Text { private get; set; } } [Patch<Secret>] public partial record P { public partial string? Text { get; init; } }" },
        { "PG0012", "PatchEndpoint(\"/todos/{id}\", Context = typeof(JsonSerializerContext))", "not a JsonSerializerContext", "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(JsonSerializerContext))] public partial record P { }" },
        { "PG0012", "PatchEndpoint(\"/todos/{id}\")", "set Context", "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\")] public partial record P { }" },
        { "PG0012", "PatchEndpoint(\"/todos/{id}\", Context = typeof(string))", "not a JsonSerializerContext", "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(string))] public partial record P { }" },
        { "PG0012", "PatchEndpoint(\"/notes/{text}\", Context = typeof(Context))", "exactly one [Key]", "[Patch<Note>, PatchEndpoint(\"/notes/{text}\", Context = typeof(Context))] public partial record P { }" },
        { "PG0012", "PatchEndpoint(\"/x/{id}\", Context = typeof(Context))", "needs a document", "[Patch, PatchEndpoint(\"/x/{id}\", Context = typeof(Context))] public partial record P { }" },

        { "PG0019", "PatchEndpoint(\"Todos/{key}\", Context = typeof(Context))", "is also that of 'P'", "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))] public partial record P { } public record Other { [Key] public int Key { get; init; } } [Patch<Other>, PatchEndpoint(\"Todos/{key}\", Context = typeof(Context))] public partial record Q { }" },

        // Constraints
        { "PG0013", "Base64String", "only a string can be Base64", "[Patch<Todo>] public partial record P { [Base64String] public partial int Count { get; init; } }" },
        { "PG0013", "EnumDataType(typeof(int))", "must be an enum", "[Patch] public partial record P { [EnumDataType(typeof(int))] public partial int Count { get; init; } }" },
        { "PG0013", "CustomValidation(typeof(Todo), \"No\")", "must name a public static method", "[Patch] public partial record P { [CustomValidation(typeof(Todo), \"No\")] public partial int Count { get; init; } }" },
        { "PG0013", "StringLength(5)", "only a string", "[Patch<Todo>] public partial record P { [StringLength(5)] public partial int Count { get; init; } }" },
        { "PG0013", "MaxLength(5)", "strings, lists, dictionaries and bytes", "[Patch<Todo>] public partial record P { [MaxLength(5)] public partial int Count { get; init; } }" },
        { "PG0013", "Length(5, 4)", "out of order", "[Patch<Todo>] public partial record P { [Length(5, 4)] public partial string Title { get; init; } }" },
        { "PG0013", "Range(1, 5)", "only numbers", "[Patch<Todo>] public partial record P { [Range(1, 5)] public partial string Title { get; init; } }" },
        { "PG0013", "Range(5, 1)", "the lower first", "[Patch<Todo>] public partial record P { [Range(5, 1)] public partial int Count { get; init; } }" },
        { "PG0013", "Range(4, 5, MaximumIsExclusive = true, MinimumIsExclusive = true)", "at least one 'sbyte'", "[Patch] public partial record P { [Range(4, 5, MaximumIsExclusive = true, MinimumIsExclusive = true)] public partial sbyte Count { get; init; } [Range(4, 5, MaximumIsExclusive = true)] public partial sbyte Size { get; init; } }" },
        { "PG0013", "Range(300, 400)", "at least one 'byte'", "[Patch] public partial record P { [Range(300, 400)] public partial byte Count { get; init; } }" },
        { "PG0013", "Range(0.1, 0.9)", "at least one 'int'", "[Patch] public partial record P { [Range(0.1, 0.9)] public partial int Count { get; init; } }" },
        { "PG0013", "Range(double.NaN, 1)", "must be numbers", "[Patch] public partial record P { [Range(double.NaN, 1)] public partial double Part { get; init; } }" },
        { "PG0013", "Range(1, 5)", "[Range(typeof(DateOnly), \"2000-01-01\", \"2099-12-31\")]", "[Patch] public partial record P { [Range(1, 5)] public partial DateOnly Day { get; init; } }" },
        { "PG0013", "Range(typeof(TimeSpan), \"00:00:30\", \"02:00:00\")", "write [IsoDuration(\"PT30S\", \"PT2H\")] instead", "[Patch<Todo>] public partial record P { [Range(typeof(TimeSpan), \"00:00:30\", \"02:00:00\")] public partial TimeSpan Delay { get; init; } }" },
        { "PG0013", "MinLength(1)", "write [MaxLength] alone", "[Patch] public partial record P { [MinLength(1)] public partial Dictionary<string, int> Map { get; init; } }" },
        { "PG0013", "StringLength(5)", "write [Length]", "[Patch] public partial record P { [StringLength(5)] public partial byte[] Data { get; init; } }" },
        { "PG0013", "EmailAddress", "accepts only strings", "[Patch] public partial record P { [EmailAddress] public partial int Count { get; init; } }" },
        { "PG0013", "StringLength(5, ErrorMessage = \"{3}\")", "than {0} to {2}", "[Patch<Todo>] public partial record P { [StringLength(5, ErrorMessage = \"{3}\")] public partial string Title { get; init; } }" },
        { "PG0013", "MaxLength(5, ErrorMessage = \"{x}\")", "than {0} and {1}", "[Patch<Todo>] public partial record P { [MaxLength(5, ErrorMessage = \"{x}\")] public partial string Title { get; init; } }" },
        { "PG0013", "MaxLength(5, ErrorMessage = \"a\", ErrorMessageResourceType = typeof(Kind), ErrorMessageResourceName = \"A\")", "remove one", "[Patch<Todo>] public partial record P { [MaxLength(5, ErrorMessage = \"a\", ErrorMessageResourceType = typeof(Kind), ErrorMessageResourceName = \"A\")] public partial string Title { get; init; } }" },
        { "PG0013", "MaxLength(5, ErrorMessageResourceName = \"A\")", "set both", "[Patch<Todo>] public partial record P { [MaxLength(5, ErrorMessageResourceName = \"A\")] public partial string Title { get; init; } }" },
        { "PG0013", "Url(ErrorMessageResourceType = typeof(Todo), ErrorMessageResourceName = \"Title\")", "has no static property 'Title'", "[Patch<Todo>] public partial record P { [Url(ErrorMessageResourceType = typeof(Todo), ErrorMessageResourceName = \"Title\")] public partial string Title { get; init; } }" },
        { "PG0013", "Display(Name = \"A\", ResourceType = typeof(Todo))", "has no static property 'A'", "[Patch<Todo>] public partial record P { [Display(Name = \"A\", ResourceType = typeof(Todo)), Url, MaxLength(5)] public partial string Title { get; init; } }" },
        { "PG0013", "RegularExpression(\"(\")", "not a regular expression", "[Patch<Todo>] public partial record P { [RegularExpression(\"(\")] public partial string Title { get; init; } }" },
        { "PG0013", "IsoDuration(\"PT1H\", \"PT30S\")", "the shorter first", "[Patch<Todo>] public partial record P { [IsoDuration(\"PT1H\", \"PT30S\")] public partial TimeSpan Delay { get; init; } }" },
        { "PG0013", "Distinct", "only a list has equal items", "[Patch<Todo>] public partial record P { [Distinct] public partial string Title { get; init; } }" },
        { "PG0013", "AllowedValues", "lists no value", "[Patch<Todo>] public partial record P { [AllowedValues] public partial string Title { get; init; } }" },
        { "PG0013", "AllowedValues(null!)", "lists no value", "[Patch<Todo>] public partial record P { [AllowedValues(null!)] public partial string Title { get; init; } }" },
        { "PG0013", "Required", "may be absent", "[Patch<Todo>] public partial record P { [Required] public partial string Title { get; init; } }" },
        { "PG0013", "Compare(\"Text\")", "handler's Validate", "[Patch<Todo>] public partial record P { [Compare(\"Text\")] public partial string Title { get; init; } }" },
        { "PG0013", "Local", "local to its file", "[Patch<Todo>] public partial record P { [Local] public partial string Title { get; init; } } file class LocalAttribute : ValidationAttribute;" },
        { "PG0013", "MinLength(1)", "not modelled", "[Patch] public partial record P { [MinLength(1), JsonExtensionData] public partial IDictionary<string, JsonElement> Other { get; init; } }" },

        // Near misses
        { "PG0016", "JsonSerializable(typeof(P))", "PatchJsonConverter<P>", "[Patch] public partial record P { public partial string Title { get; init; } } [JsonSerializable(typeof(P))] public partial class C : Context;" },
        { "PG0016", "JsonSerializable(typeof(P?))", "PatchJsonConverter<P>", "[Patch] public partial record struct P { public partial string Title { get; init; } } [JsonSerializable(typeof(P?))] public partial class C : Context;" },
        { "PG0043", "P", "null is rejected for 'Title', 'Tags'; write '#nullable enable'", "\n#nullable disable\n[Patch<Todo>] public partial record P { public partial string Title { get; init; } public partial int Count { get; init; } public partial string[] Tags { get; init; } }\n#nullable enable\n" },
        { "PG0044", "Title", "'IHeading.Title' is never null; declare that 'string?', or check 'HasTitle' first", "public interface IHeading { string Title { get; } string? Text { get; } } [Patch<Todo>] public partial record P : IHeading { public partial string Title { get; init; } public partial string? Text { get; init; } }" },
        { "PG0045", "Name", "'Name' needs 'Customer.Name'", "public partial class Customer { [CommunityToolkit.Mvvm.ComponentModel.ObservableProperty] private string name = \"\"; } [Patch<Customer>] public partial record P { public partial string Name { get; init; } }" },
        { "PG0045", "Mail", "'Mail' needs 'Email'", "[Vogen.ValueObject] public readonly partial struct Email; public record User { public Email Mail { get; init; } } [Patch<User>] public partial record P { public partial string Mail { get; init; } }" },
        { "PG0017", "Title", "counts as sent", "[Patch<Todo>] public partial record P { public P() { Title = \"\"; } public P(string title) => Title = title; public partial string Title { get; init; } }" },
        { "PG0017", "Count", "counts as sent", "[Patch<Todo>] public partial record P { public P(int count = 1) => (Count, _) = (count, 1); public partial int Count { get; init; } }" },
        { "PG0018", "Fence(\"a\")", "not a patch", "[Fence(\"a\")] public record P { }" },
        { "PG0018", "PatchEndpoint(\"/todos/{id}\")", "not a patch", "[PatchEndpoint(\"/todos/{id}\")] public record P { }" },
        { "PG0018", "FencedUntil(\"v2\")", "'P' is not a patch", "public record P { [FencedUntil(\"v2\")] public string? Title { get; init; } }" },
        { "PG0018", "Distinct", "not a member", "[Patch<Todo>] public partial record P { [Distinct] public string[] Tags => []; }" },
        { "PG0018", "PatchTo(\"Title\")", "patches no document", "[Patch] public partial record P { [PatchTo(\"Title\")] public partial string Text { get; init; } }" },
        { "PG0018", "PatchTo(\"Title\")", "matched by its own name", "[Patch<Todo>] public partial record P { [Selector, PatchTo(\"Title\")] public partial string Text { get; init; } }" },
        { "PG0018", "IsoDuration(\"PT1S\", \"PT2S\")", "only a TimeSpan", "[Patch<Todo>] public partial record P { [IsoDuration(\"PT1S\", \"PT2S\")] public partial int Count { get; init; } }" },
        { "PG0018", "Key", "belongs on the property of the document", "[Patch<Todo>] public partial record P { [Key] public partial string Title { get; init; } }" },
        { "PG0018", "NotInResponse", "'D' has a converter of its own", "[JsonConverter(typeof(DConverter))] public record D { [NotInResponse] public string? Secret { get; init; } } public abstract class DConverter : JsonConverter<D>;" },
        { "PG0018", "JsonIgnore", "remove 'partial'", "[Patch<Todo>] public partial record P { [JsonIgnore] public partial string Title { get; init; } }" },
        { "PG0018", "JsonRequired", "may be absent", "[Patch<Todo>] public partial record P { [JsonRequired] public partial string Title { get; init; } }" },
        { "PG0018", "JsonConverter(typeof(JsonStringEnumConverter))", "without converters", "[Patch] public partial record P { [JsonConverter(typeof(JsonStringEnumConverter))] public partial Kind Kind { get; init; } }" },
        { "PG0018", "System.Runtime.Serialization.DataMember(Name = \"t\")", "[JsonPropertyName]", "[Patch<Todo>] public partial record P { [System.Runtime.Serialization.DataMember(Name = \"t\")] public partial string Title { get; init; } }" },
        { "PG0021", "Other", "declare it 'set'", "public record D { public In? In { get; init; } } public record In { [JsonExtensionData] public Dictionary<string, JsonElement>? Other { get; init; } } [Patch<D>] public partial record P { } [JsonSerializable(typeof(D))] public partial class C : Context;" },
        { "PG0022", "Size", "is 0 instead of its initializer", "public record D { public int Size { get; init; } = 5; public int A { get; set; } = 5; public int? B { get; init; } = null; public bool E { get; init; } = false; public required int F { get; init; } = 3; [JsonIgnore] public int G { get; init; } = 3; } [Patch<D>] public partial record P { } [JsonSerializable(typeof(D))] public partial class C : Context;" },
        { "PG0022", "Name", "is null instead of its initializer", "public class D { public string Name { get; init; } = \"\"; } [Patch<D>] public partial record P { } [JsonSerializable(typeof(D))] public partial class C : Context;" },
        { "PG0023", "Title", "'Title' is \"title\" in a body and \"Title\" in the response; put [JsonPropertyName(\"Title\")] on the member, or set PropertyNamingPolicy on 'C'", "public record D { [Key] public int Id { get; set; } public string Title { get; set; } = \"\"; } [Patch<D>, PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial string Title { get; init; } } public partial class C : Context;" },
        { "PG0023", "Title", "\"title\" in a body and \"headline\" in the response; put [JsonPropertyName(\"headline\")] on the member", "public record D { [JsonPropertyName(\"headline\")] public string Title { get; set; } = \"\"; } [Patch<D>] public partial record P { public partial string Title { get; init; } }" },
        { "PG0023", "Page_Count", "\"page_Count\" in a body and \"page_count\" in the response", "public record D { [Key] public int Id { get; set; } public int Page_Count { get; set; } } [Patch<D>, PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial int Page_Count { get; init; } } [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)] public partial class C : Context;" },
        { "PG0023", "Inner", "\"inner\" in a body and \"Inner\" in the response", "public record D { [Key] public int Id { get; set; } public E? e { get; set; } } public record E { public int Inner { get; set; } } [Patch<E>] public partial record Q { public partial int Inner { get; init; } } [Patch<D>, PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial Q? e { get; init; } } [Patch<D>, PatchEndpoint(\"/e/{id}\", Context = typeof(C))] public partial record R { public partial Q? e { get; init; } } public partial class C : Context;" },
        { "PG0023", "Size", "'Size.BigOne' is \"bigOne\" in a body and \"BigOne\" in the response; put [JsonConverter(typeof(JsonStringEnumConverter<Size>))] on 'Size'", "public enum Size { BigOne } public record D { [Key] public int Id { get; set; } public Size Size { get; set; } } [Patch<D>, PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial Size Size { get; init; } } [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)] public partial class C : Context;" },
        { "PG0023", "Sizes", "'Size.Big' is \"big\" in a body and \"7\" in the response", "public enum Size { Big = 7 } public record D { [Key] public int Id { get; set; } public List<Size> Sizes { get; set; } = []; } [Patch<D>, PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial List<Size> Sizes { get; init; } } [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)] public partial class C : Context;" },
        { "PG0023", "Day", "put [JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] on 'D.Day'", "public record D { [Key] public int Id { get; set; } public DayOfWeek? Day { get; set; } } [Patch<D>, PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial DayOfWeek? Day { get; init; } } [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(JsonStringEnumConverter<DayOfWeek>)])] public partial class C : Context;" },
        { "PG0004", "Size", "'BIG' and 'Big' of 'Size' are both \"big\"; rename one with [JsonStringEnumMemberName]", "public enum Size { BIG, Big } [Patch] public partial record P { public partial Size Size { get; init; } }" },
        { "PG0004", "Sizes", "'A' and 'B' of 'Size' are both \"x\"", "public enum Size { [JsonStringEnumMemberName(\"x\")] A, [JsonStringEnumMemberName(\"x\")] B } [Patch] public partial record P { public partial Size[] Sizes { get; init; } }" },
        { "PG0004", "Size", "has no members", "public enum Size { } [Patch] public partial record P { public partial Size? Size { get; init; } }" },
        { "PG0004", "Tags", "System.Text.Json writes a 'FrozenSet<string>' and does not read one", "[JsonSerializable(typeof(System.Collections.Frozen.FrozenSet<string>))] public partial class C : Context; [Patch(Context = typeof(C))] public partial record P { public partial System.Collections.Frozen.FrozenSet<string> Tags { get; init; } }" },
        { "PG0004", "Shapes", "'Shape' is abstract", "public abstract record Shape; [JsonSerializable(typeof(Shape))] public partial class C : Context; [Patch(Context = typeof(C))] public partial record P { public partial Shape[] Shapes { get; init; } }" },
        { "PG0020", "Count", "is 0 when it was not sent; check 'HasCount' first", "[Patch<Todo>] public partial record P { public partial int Count { get; init; } public static int Twice(P patch) => 2 * patch.Count; }" },
        { "PG0020", "Text", "is null when", "[Patch<Todo>] public partial record P { public partial string? Text { get; init; } public static void Copy(P patch, Note[] notes) => notes[0] = notes[0] with { Text = patch.Text }; }" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_said_once_at_its_place(string id, string at, string message, string declaration)
    {
        // CS8050 is the compiler's own word on an initializer, and nothing that is generated could take it back.
        ImmutableArray<Diagnostic> diagnostics = Diagnose(declaration).RemoveAll(d => id == "PG0015" && d.Id == "CS8050");

        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(message, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(at, diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    /// <summary>Of a mistake that is the compiler's to report, it says what it says without us, and nothing of ours falls over it.</summary>
    [Theory]
    [InlineData("CS0246", "[Patch<Missing>] public partial record P { public partial int Count { get; init; } }")]
    [InlineData("CS0246", "[Patch<Todo>] public partial record P { public partial Missing Count { get; init; } }")]
    [InlineData("CS0579", "[Patch<Todo>, Patch<Note>] public partial record P { public partial int Count { get; init; } }")]
    [InlineData("CS0579", "[Patch<Todo>] public partial record P { public partial int Count { get; init; } } [Patch<Todo>] public partial record P { }")]
    [InlineData("CS0102 CS9250", "[Patch<Todo>] public partial record P { public partial int Count { get; init; } public partial int Count { get; init; } }")]
    [InlineData("CS0754 CS9248", "[Patch<Todo>] public partial record P : IThing { public partial int Count { get; init; } partial int IThing.Count { get; set; } } public interface IThing { int Count { get; set; } }")]
    [InlineData("CS9248", "[Patch<Todo>] public partial record P { public static partial int Count { get; set; } }")]
    [InlineData("CS8625", "[Patch<Todo>] public partial record P { [JsonPropertyName(null)] public partial int Count { get; init; } [RegularExpression(null)] public partial string Title { get; init; } }")]
    public void What_the_compiler_says_is_left_to_it(string ids, string declaration) =>
        Assert.Equal(ids, string.Join(" ", Diagnose(declaration).Select(static d => d.Id).Distinct().Order(StringComparer.Ordinal)));

    /// <summary>What looks like a fault and is none.</summary>
    [Theory]
    [InlineData("[Patch<Todo>] public partial record P { public P() { } public P(string title) => Title = title; public partial string Title { get; init; } }")]
    [InlineData("[Patch<Todo>] public partial record struct P { public P() { Title = \"\"; } public partial string Title { get; init; } }")]
    [InlineData("[Patch<Todo>] public partial record P { [JsonIgnore] public string? Note { get; set; } public void Merge(int a, int b, int c) { } public override string ToString() => \"\"; public static int Made { get; set; } public string Shown => \"\"; }")]
    [InlineData("[Patch<Todo>] public partial record P { public partial int Count { get; init; } public static int Of(P patch) => patch.HasCount ? patch.Count : 1; }")]
    [InlineData("[Patch<Todo>] public partial record P { public partial int Count { get; init; } public static bool Big(P patch) => patch is { HasCount: true, Count: > 5 }; }")]
    [InlineData("[Patch<Todo>] public partial record P { public partial int Count { get; init; } public static int Of(P patch) => patch.Present.Contains(Members.Count) ? patch.Count : 1; }")]
    [InlineData("[Patch<Todo>] public partial record P { public partial string? Text { get; init; } public static string Of(P patch) => patch.Text is { } text ? text : patch.Text ?? nameof(patch.Text); }")]
    [InlineData("public record D { public int Size { get; init; } = 5; } [Patch<D>] public partial record P { } [JsonSerializable(typeof(List<D>))] public partial class C : Context;")]
    [InlineData("public record D { public int Size { get; init; } = 5; } [JsonSerializable(typeof(D))] public partial class C : Context;")]
    [InlineData("[JsonDerivedType(typeof(Ball), \"ball\")] public abstract record Shape; public record Ball : Shape; [JsonSerializable(typeof(Shape))] public partial class C : Context; [Patch(Context = typeof(C))] public partial record P { public partial Shape Shape { get; init; } }")]
    [InlineData("public enum Size { Big = 1, BIG = 1 } [Patch] public partial record P { public partial Size Size { get; init; } }")]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter<Size>))] public enum Size { BigOne, [JsonStringEnumMemberName(\"s\")] Small } public record D { [Key] public int Id { get; set; } public Size Size { get; set; } } [Patch<D>, PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial Size Size { get; init; } } [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)] public partial class C : Context;")]
    [InlineData("public record D { [Key] public int Id { get; set; } [JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] public DayOfWeek Day { get; set; } [JsonIgnore] public int Hidden { get; set; } [JsonPropertyName(\"n\")] public int Named { get; set; } } [Patch<D>(Naming = PatchNaming.AsDeclared), PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial DayOfWeek Day { get; init; } public partial int Hidden { get; init; } [JsonPropertyName(\"n\")] public partial int Named { get; init; } } public partial class C : Context;")]
    [InlineData("[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))] public partial record P { } [Patch<Todo>, PatchEndpoint(\"/todos/{id}/text\", Context = typeof(Context))] public partial record Q { }")]
    public void Nothing_is_said(string declaration) => Assert.Empty(Diagnose(declaration));

    /// <summary>As with value objects: the converter is in a file of another generator, which that of System.Text.Json does not see.</summary>
    [Fact]
    public void A_converter_that_the_serializer_does_not_see_is_reported()
    {
        const string Generated = "[System.Text.Json.Serialization.JsonConverter(typeof(IdConverter))] partial struct Id { }";
        const string Own = "public partial struct Id { } public abstract class IdConverter : JsonConverter<Id>; [JsonSerializable(typeof(Id))] public partial class C : Context; [Patch(Context = typeof(C))] public partial record P { public partial Id Id { get; init; } }";
        Microsoft.CodeAnalysis.CSharp.CSharpCompilation compilation = GeneratorTest.Compile(GeneratorTest.Usings + Own + Documents)
            .AddSyntaxTrees(GeneratorTest.Parse(Generated, "obj/Vogen/Id.g.cs"));
        INamedTypeSymbol patch = compilation.GetTypeByMetadataName("P")!;
        var found = Parser.PatchParser.Parse(patch, patch.GetAttributes()[0], compilation, default).Diagnostics;
        Assert.Contains("repeat the attribute on your half of 'Id'", Assert.Single(found).GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    // With the documents, and those patches of them that the declaration names.
    private static ImmutableArray<Diagnostic> Diagnose(string declaration) =>
        GeneratorTest.Diagnose(GeneratorTest.Usings + declaration + Documents + string.Concat(Patches.Where(p => declaration.Contains(p.Key, StringComparison.Ordinal)).Select(static p => "\n" + p.Value)));
}
