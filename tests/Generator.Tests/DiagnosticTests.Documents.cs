namespace Layers.PatchGen.Generator.Tests;

public partial class DiagnosticTests
{
    public static TheoryData<string, string, string, string> FenceCases => new()
    {
        {
            "PG0006", "Fence(\"title\")", "[FencedUntil]",
            "[Patch<Todo>, Fence(\"title\")] public partial record P { public partial string Title { get; init; } }"
        },
        {
            "PG0006", "Fence(\"note.tone\")", "put the fence on that record",
            "[Patch<Todo>, Fence(\"note.tone\")] public partial record P { public partial NotePatch Note { get; init; } }"
        },
        {
            "PG0006", "Fence(\"title.x\")", "holds no members",
            "[Patch<Todo>, Fence(\"title.x\")] public partial record P { public partial string Title { get; init; } }"
        },
        { "PG0006", "Fence(\"a..b\")", "joined by dots", "[Patch<Todo>, Fence(\"a..b\")] public partial record P { }" },
        { "PG0006", "Fence(\"a\", \"a.b\")", "covers it already", "[Patch<Todo>, Fence(\"a\", \"a.b\")] public partial record P { }" },

        { "PG0006", "Fence", "names no member", "[Patch<Todo>, Fence] public partial record P { }" },
        {
            "PG0006", "Fence(\"a\", Until = \"\")", "Until is empty",
            "[Patch<Todo>, Fence(\"a\", Until = \"\")] public partial record P { }"
        },
        {
            "PG0006", "FencedUntil(\"\")", "Until is empty",
            "[Patch<Todo>] public partial record P { [FencedUntil(\"\")] public partial string Title { get; init; } }"
        },
        {
            "PG0006", "WriteScope(\"\")", "name one scope",
            "[Patch<Todo>] public partial record P { [WriteScope(\"\")] public partial string Title { get; init; } }"
        },
        {
            "PG0006", "WriteScope(\"a b\")", "has a space",
            "[Patch<Todo>] public partial record P { [WriteScope(\"a b\")] public partial string Title { get; init; } }"
        },
        {
            "PG0006", "WriteScope(\"hr\")", "only a member that changes the document",
            "[Patch<Todo>] public partial record P { [Selector, WriteScope(\"hr\")] public partial string Title { get; init; } }"
        },
    };

    public static TheoryData<string, string, string, string> SelectorCases => new()
    {
        {
            "PG0007", "Shelf", "'Todo' has no property of that name",
            "[Patch<Todo>] public partial record P { [Selector] public partial string Shelf { get; init; } }"
        },
        {
            "PG0007", "Title", "names no document",
            "[Patch] public partial record P { [Selector] public partial string Title { get; init; } }"
        },
        {
            "PG0007", "Count", "string, Guid, int or long",
            "[Patch<Todo>] public partial record P { [Selector] public partial string Count { get; init; } }"
        },
    };

    public static TheoryData<string, string, string, string> DocumentCases => new()
    {
        {
            "PG0008", "Titel", "has no property 'Titel'",
            "[Patch<Todo>] public partial record P { public partial string Titel { get; init; } }"
        },
        {
            "PG0008", "title", "did you mean 'Title'",
            "[Patch<Todo>] public partial record P { public partial string title { get; init; } }"
        },
        {
            "PG0008", "Computed", "cannot be set",
            "[Patch<Todo>] public partial record P { public partial string Computed { get; init; } }"
        },
        {
            "PG0008", "Title", "after it was made",
            "[Patch<Entity>] public partial record P { public partial string Title { get; init; } }"
        },
        { "PG0008", "Title", "cannot be null", "[Patch<Todo>] public partial record P { public partial string? Title { get; init; } }" },
        { "PG0008", "Count", "does not convert", "[Patch<Todo>] public partial record P { public partial string Count { get; init; } }" },
        {
            "PG0008", "PatchTo(\"Nothing\")", "has no property 'Nothing'",
            "[Patch<Todo>] public partial record P { [PatchTo(\"Nothing\")] public partial string Title { get; init; } }"
        },
        {
            "PG0008", "Text", "'Title' is applied to 'Title' already",
            "[Patch<Todo>] public partial record P { public partial string Title { get; init; } [PatchTo(\"Title\")] public partial "
            + "string Text { get; init; } }"
        },
        {
            "PG0008", "Note", "patches no document",
            "[Patch<Todo>] public partial record P { public partial FreePatch Note { get; init; } }"
        },
        {
            "PG0008", "Sealed", "parameterless constructor",
            "[Patch<Todo>] public partial record P { public partial SealedPatch Sealed { get; init; } }"
        },
        {
            "PG0008", "Id", "make the member a [Selector]",
            "[Patch<Todo>] public partial record P { public partial string Id { get; init; } }"
        },
        {
            "PG0008", "At", "the time of each change",
            "public record D { [ChangedAt] public DateTime At { get; init; } } [Patch<D>] public partial record P { public partial "
            + "DateTime At { get; init; } }"
        },
        {
            "PG0008", "Things", "does not convert",
            "public record D { public IReadOnlyList<object> Things { get; init; } = []; } [Patch<D>] public partial record P { "
            + "public partial List<string> Things { get; init; } }"
        },
        {
            "PG0008", "Labels", "those of 'Labels' are 'string'",
            "public record D { public Dictionary<string, string> Labels { get; init; } = []; } [Patch<D>] public partial record P { "
            + "public partial Dictionary<string, int?> Labels { get; init; } }"
        },
        {
            "PG0008", "Tags", "must be a dictionary by string too",
            "[Patch<Todo>] public partial record P { public partial Dictionary<string, int?> Tags { get; init; } }"
        },
        {
            "PG0008", "Notes", "a value of 'Notes' is a 'string'",
            "public record D { public Dictionary<string, string> Notes { get; init; } = []; } [Patch<D>] public partial record P { "
            + "public partial Dictionary<string, NotePatch?> Notes { get; init; } }"
        },
        { "PG0009", "Patch<P>", "the patch itself", "[Patch<P>] public partial record P { public partial string Title { get; init; } }" },
        {
            "PG0009", "Patch<D>", "[ChangedAt] 'At'",
            "public record D { [ChangedAt] public string? At { get; init; } } [Patch<D>] public partial record P { }"
        },
    };
}
