namespace Layers.PatchGen.Generator.Tests;

public partial class DiagnosticTests
{
    public static TheoryData<string, string, string, string> ShapeCases => new()
    {
        { "PG0001", "P", "not a record", "[Patch<Todo>] public partial class P { }" },
        { "PG0001", "P", "not partial", "[Patch<Todo>] public record P { public string Title { get; init; } = \"\"; }" },
        { "PG0001", "P", "abstract", "[Patch<Todo>] public abstract partial record P { public partial string Title { get; init; } }" },
        { "PG0001", "P", "generic", "[Patch<Todo>] public partial record P<T> { }" },
        {
            "PG0001", "P", "inherits from 'B'",
            "public record B; [Patch<Todo>] public partial record P : B { public partial string Title { get; init; } }"
        },
        { "PG0001", "P", "contains it is not partial", "public class Outer { [Patch<Todo>] public partial record P { } }" },
        { "PG0001", "P", "positional", "[Patch<Todo>] public partial record P(string Id) { public partial string Title { get; init; } }" },
        { "PG0001", "P", "local to its file", "[Patch<Todo>] file partial record P { }" },
        {
            "PG0001", "P", "two patch attributes",
            "[Patch, Patch<Todo>] public partial record P { public partial string Title { get; init; } }"
        },
        {
            "PG0001", "P", "without parameters",
            "[Patch<Todo>] public partial record P { public P(int count) => Count = count; public partial int Count { get; init; } }"
        },
    };

    public static TheoryData<string, string, string, string> PropertyCases => new()
    {
        { "PG0002", "Title", "declare it 'partial'", "[Patch<Todo>] public partial record P { public string? Title { get; init; } }" },
        {
            "PG0003", "Title", "'required'",
            "[Patch<Todo>] public partial record P { public required partial string Title { get; init; } }"
        },
        { "PG0003", "Title", "get and an init accessor", "[Patch<Todo>] public partial record P { public partial string Title { get; } }" },
        {
            "PG0003", "Title", "get and an init accessor",
            "[Patch<Todo>] public partial record P { public partial string Title { init; } }"
        },
        {
            "PG0003", "Title", "access modifier of its own",
            "[Patch<Todo>] public partial record P { public partial string Title { private get; init; } }"
        },
        {
            "PG0003", "Title", "a reference or a pointer",
            "[Patch] public partial record P { public partial Span<char> Title { get; init; } }"
        },
        {
            "PG0003", "Title", "its other half is generated",
            "[Patch<Todo>] public partial record P { public partial string Title { get; init; } public partial string Title { get => "
            + "\"\"; init { } } }"
        },
        {
            "PG0003", "Other", "remove 'required'",
            "[Patch<Todo>] public partial record P { public partial string Title { get; init; } public required string Other { get; "
            + "set; } }"
        },
        { "PG0003", "Other", "remove 'required'", "[Patch<Todo>] public partial record P { public required int Other; }" },
        {
            "PG0003", "List", "with its namespace",
            "public enum Members { A } [Patch] public partial record P { public partial Members[] List { get; init; } }"
        },
        {
            "PG0015", "= \"new\"", "an absent member means unchanged",
            "[Patch<Todo>] public partial record P { public partial string Title { get; init; } = \"new\"; }"
        },
        { "PG0014", "Present", "rename it", "[Patch] public partial record P { public partial bool Present { get; init; } }" },
        {
            "PG0014", "Present", "rename it",
            "[Patch] public partial record P { public partial bool A { get; init; } public bool Present() => true; }"
        },
        {
            "PG0014", "Members", "rename it",
            "[Patch<Todo>] public partial record P { public partial string Title { get; init; } public class Members; }"
        },
        {
            "PG0014", "Validate", "rename it",
            "[Patch<Todo>] public partial record P { public partial string Title { get; init; } public void Validate() { } }"
        },
        {
            "PG0010", "Title", "HasTitle",
            "[Patch<Todo>] public partial record P { public partial string Title { get; init; } public bool HasTitle => true; }"
        },
    };

    public static TheoryData<string, string, string, string> ValueCases => new()
    {
        { "PG0004", "Count", "'object' is none of them", "[Patch] public partial record P { public partial object Count { get; init; } }" },
        {
            "PG0004", "Counts", "none of them",
            "[Patch] public partial record P { public partial Dictionary<int, string> Counts { get; init; } }"
        },
        {
            "PG0004", "Notes", "[Patch(Context = typeof(...))]",
            "[Patch] public partial record P { public partial Note[] Notes { get; init; } }"
        },
        {
            "PG0004", "Notes", "add [JsonSerializable(typeof(Note))] to 'Context'",
            "[Patch(Context = typeof(Context))] public partial record P { public partial List<Note> Notes { get; init; } }"
        },
        {
            "PG0004", "Note", "'Note', its Context, is not a JsonSerializerContext",
            "[Patch(Context = typeof(Note))] public partial record P { public partial Note Note { get; init; } }"
        },
        {
            "PG0004", "Notes", "list the type that it patches",
            "[Patch(Context = typeof(Context))] public partial record P { public partial NotePatch[] Notes { get; init; } }"
        },
        {
            "PG0004", "Other", "IDictionary<string, JsonElement>",
            "[Patch] public partial record P { [JsonExtensionData] public partial IDictionary<string, object> Other { get; init; } }"
        },
        {
            "PG0005", "Heading", "\"title\"",
            "[Patch] public partial record P { public partial string Title { get; init; } [JsonPropertyName(\"title\")] public "
            + "partial string Heading { get; init; } }"
        },
    };
}
