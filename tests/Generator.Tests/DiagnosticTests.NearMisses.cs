namespace Layers.PatchGen.Generator.Tests;

public partial class DiagnosticTests
{
    public static TheoryData<string, string, string, string> NearMissCases => new()
    {
        {
            "PG0016", "JsonSerializable(typeof(P))", "PatchJsonConverter<P>",
            "[Patch] public partial record P { public partial string Title { get; init; } } [JsonSerializable(typeof(P))] public "
            + "partial class C : Context;"
        },
        {
            "PG0016", "JsonSerializable(typeof(P?))", "PatchJsonConverter<P>",
            "[Patch] public partial record struct P { public partial string Title { get; init; } } [JsonSerializable(typeof(P?))] "
            + "public partial class C : Context;"
        },
        {
            "PG0028", "Rows", "single items of 'Rows', because responses do not show 'Row.Secret'",
            "public record Row { [NotInResponse] public string? Secret { get; init; } } public record D { [Key] public int Id { get; "
            + "init; } public List<Row> Rows { get; init; } = []; } [Patch<D>(Context = typeof(C)), PatchEndpoint(\"/d/{id}\", Context = "
            + "typeof(C), Formats = PatchFormats.MergePatch | PatchFormats.JsonPatch)] public partial record P { public partial "
            + "List<Row> Rows { get; init; } } [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)] [JsonSerializable(typeof(Row))] "
            + "public partial class C : Context;"
        },
        {
            "PG0029", "body.Patch", "call 'For(document)'",
            "[Patch<Todo>] public partial record P { public partial string Title { get; init; } } public static class E { public "
            + "static void Set(PatchGenOptions options) => options.Formats = PatchFormats.JsonPatch; public static string "
            + "Get(PatchBody<P> body) => body.Patch.ToString(); }"
        },
        {
            "PG0024", "P", "null is rejected for 'Title', 'Tags'; write '#nullable enable'",
            "\n#nullable disable\n[Patch<Todo>] public partial record P { public partial string Title { get; init; } public partial "
            + "int Count { get; init; } public partial string[] Tags { get; init; } }\n#nullable enable\n"
        },
        {
            "PG0025", "Title", "'IHeading.Title' is never null; declare that 'string?', or check 'HasTitle' first",
            "public interface IHeading { string Title { get; } string? Text { get; } } [Patch<Todo>] public partial record P : "
            + "IHeading { public partial string Title { get; init; } public partial string? Text { get; init; } }"
        },
        {
            "PG0026", "Name", "'Name' needs 'Customer.Name'",
            "public partial class Customer { [CommunityToolkit.Mvvm.ComponentModel.ObservableProperty] private string name = \"\"; } "
            + "[Patch<Customer>] public partial record P { public partial string Name { get; init; } }"
        },
        {
            "PG0026", "Mail", "'Mail' needs 'Email'",
            "[Vogen.ValueObject] public readonly partial struct Email; public record User { public Email Mail { get; init; } } "
            + "[Patch<User>] public partial record P { public partial string Mail { get; init; } }"
        },
        {
            "PG0017", "Title", "counts as sent",
            "[Patch<Todo>] public partial record P { public P() { Title = \"\"; } public P(string title) => Title = title; public "
            + "partial string Title { get; init; } }"
        },
        {
            "PG0017", "Count", "counts as sent",
            "[Patch<Todo>] public partial record P { public P(int count = 1) => (Count, _) = (count, 1); public partial int Count { "
            + "get; init; } }"
        },
        { "PG0018", "Fence(\"a\")", "not a patch", "[Fence(\"a\")] public record P { }" },
        { "PG0018", "PatchEndpoint(\"/todos/{id}\")", "not a patch", "[PatchEndpoint(\"/todos/{id}\")] public record P { }" },
        {
            "PG0018", "FencedUntil(\"v2\")", "'P' is not a patch",
            "public record P { [FencedUntil(\"v2\")] public string? Title { get; init; } }"
        },
        { "PG0018", "Distinct", "not a member", "[Patch<Todo>] public partial record P { [Distinct] public string[] Tags => []; }" },
        {
            "PG0018", "PatchTo(\"Title\")", "patches no document",
            "[Patch] public partial record P { [PatchTo(\"Title\")] public partial string Text { get; init; } }"
        },
        {
            "PG0018", "PatchTo(\"Title\")", "matched by its own name",
            "[Patch<Todo>] public partial record P { [Selector, PatchTo(\"Title\")] public partial string Text { get; init; } }"
        },
        {
            "PG0018", "IsoDuration(\"PT1S\", \"PT2S\")", "only a TimeSpan",
            "[Patch<Todo>] public partial record P { [IsoDuration(\"PT1S\", \"PT2S\")] public partial int Count { get; init; } }"
        },
        {
            "PG0018", "Key", "belongs on the property of the document",
            "[Patch<Todo>] public partial record P { [Key] public partial string Title { get; init; } }"
        },
        {
            "PG0018", "NotInResponse", "'D' has a converter of its own",
            "[JsonConverter(typeof(DConverter))] public record D { [NotInResponse] public string? Secret { get; init; } } public "
            + "abstract class DConverter : JsonConverter<D>;"
        },
        {
            "PG0018", "JsonIgnore", "remove 'partial'",
            "[Patch<Todo>] public partial record P { [JsonIgnore] public partial string Title { get; init; } }"
        },
        {
            "PG0018", "JsonRequired", "may be absent",
            "[Patch<Todo>] public partial record P { [JsonRequired] public partial string Title { get; init; } }"
        },
        {
            "PG0018", "JsonConverter(typeof(JsonStringEnumConverter))", "is for enums",
            "[Patch] public partial record P { [JsonConverter(typeof(JsonStringEnumConverter))] public partial string Kind { get; "
            + "init; } }"
        },
        {
            "PG0018", "JsonConverter(typeof(OfInner))", "its own reader",
            "[Patch] public partial record Inner { public partial string Text { get; init; } } public abstract class OfInner : "
            + "JsonConverter<Inner>; [Patch] public partial record P { [JsonConverter(typeof(OfInner))] public partial Inner I { get; "
            + "init; } }"
        },
        {
            "PG0018", "System.Runtime.Serialization.DataMember(Name = \"t\")", "[JsonPropertyName]",
            "[Patch<Todo>] public partial record P { [System.Runtime.Serialization.DataMember(Name = \"t\")] public partial string "
            + "Title { get; init; } }"
        },
        {
            "PG0021", "Other", "declare it 'set'",
            "public record D { public In? In { get; init; } } public record In { [JsonExtensionData] public Dictionary<string, "
            + "JsonElement>? Other { get; init; } } [Patch<D>] public partial record P { } [JsonSerializable(typeof(D))] public "
            + "partial class C : Context;"
        },
        {
            "PG0022", "Size", "is 0 instead of its initializer",
            "public record D { public int Size { get; init; } = 5; public int A { get; set; } = 5; public int? B { get; init; } = "
            + "null; public bool E { get; init; } = false; public required int F { get; init; } = 3; [JsonIgnore] public int G { get; "
            + "init; } = 3; } [Patch<D>] public partial record P { } [JsonSerializable(typeof(D))] public partial class C : Context;"
        },
        {
            "PG0022", "Name", "is null instead of its initializer",
            "public class D { public string Name { get; init; } = \"\"; } [Patch<D>] public partial record P { } "
            + "[JsonSerializable(typeof(D))] public partial class C : Context;"
        },
        {
            "PG0023",
            "Title",
            "'Title' is \"title\" in a body and \"Title\" in the response; put [JsonPropertyName(\"Title\")] on the member, or set "
            + "PropertyNamingPolicy on 'C'",
            "public record D { [Key] public int Id { get; set; } public string Title { get; set; } = \"\"; } [Patch<D>, "
            + "PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial string Title { get; init; } } "
            + "public partial class C : Context;"
        },
        {
            "PG0023", "Title", "\"title\" in a body and \"headline\" in the response; put [JsonPropertyName(\"headline\")] on the member",
            "public record D { [JsonPropertyName(\"headline\")] public string Title { get; set; } = \"\"; } [Patch<D>] public "
            + "partial record P { public partial string Title { get; init; } }"
        },
        {
            "PG0023", "Page_Count", "\"page_Count\" in a body and \"page_count\" in the response",
            "public record D { [Key] public int Id { get; set; } public int Page_Count { get; set; } } [Patch<D>, "
            + "PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial int Page_Count { get; init; } "
            + "} [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)] public partial class C : "
            + "Context;"
        },
        {
            "PG0023", "Inner", "\"inner\" in a body and \"Inner\" in the response",
            "public record D { [Key] public int Id { get; set; } public E? e { get; set; } } public record E { public int Inner { "
            + "get; set; } } [Patch<E>] public partial record Q { public partial int Inner { get; init; } } [Patch<D>, "
            + "PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial Q? e { get; init; } } "
            + "[Patch<D>, PatchEndpoint(\"/e/{id}\", Context = typeof(C))] public partial record R { public partial Q? e { get; init; "
            + "} } public partial class C : Context;"
        },
        {
            "PG0023",
            "Size",
            "'Size.BigOne' is \"bigOne\" in a body and \"BigOne\" in the response; put "
            + "[JsonConverter(typeof(JsonStringEnumConverter<Size>))] on 'Size'",
            "public enum Size { BigOne } public record D { [Key] public int Id { get; set; } public Size Size { get; set; } } "
            + "[Patch<D>, PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial Size Size { get; "
            + "init; } } [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)] public partial class "
            + "C : Context;"
        },
        {
            "PG0023", "Sizes", "'Size.Big' is \"big\" in a body and \"7\" in the response",
            "public enum Size { Big = 7 } public record D { [Key] public int Id { get; set; } public List<Size> Sizes { get; set; } "
            + "= []; } [Patch<D>, PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial List<Size> "
            + "Sizes { get; init; } } [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)] public partial class C : Context;"
        },
        {
            "PG0023", "Day", "put [JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] on 'D.Day'",
            "public record D { [Key] public int Id { get; set; } public DayOfWeek? Day { get; set; } } [Patch<D>, "
            + "PatchEndpoint(\"/d/{id}\", Context = typeof(C))] public partial record P { public partial DayOfWeek? Day { get; init; } "
            + "} [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(JsonStringEnumConverter<DayOfWeek>)])] "
            + "public partial class C : Context;"
        },
        {
            "PG0004", "Size", "'BIG' and 'Big' of 'Size' are both \"big\"; rename one with [JsonStringEnumMemberName]",
            "public enum Size { BIG, Big } [Patch] public partial record P { public partial Size Size { get; init; } }"
        },
        {
            "PG0004", "Sizes", "'A' and 'B' of 'Size' are both \"x\"",
            "public enum Size { [JsonStringEnumMemberName(\"x\")] A, [JsonStringEnumMemberName(\"x\")] B } [Patch] public partial "
            + "record P { public partial Size[] Sizes { get; init; } }"
        },
        {
            "PG0004", "Size", "has no members",
            "public enum Size { } [Patch] public partial record P { public partial Size? Size { get; init; } }"
        },
        {
            "PG0004", "Tags", "System.Text.Json writes a 'FrozenSet<string>' and does not read one",
            "[JsonSerializable(typeof(System.Collections.Frozen.FrozenSet<string>))] public partial class C : Context; "
            + "[Patch(Context = typeof(C))] public partial record P { public partial System.Collections.Frozen.FrozenSet<string> Tags "
            + "{ get; init; } }"
        },
        {
            "PG0004", "Shapes", "'Shape' is abstract",
            "public abstract record Shape; [JsonSerializable(typeof(Shape))] public partial class C : Context; [Patch(Context = "
            + "typeof(C))] public partial record P { public partial Shape[] Shapes { get; init; } }"
        },
        {
            "PG0031", "patch.ApplyTo(todo)", "'Todo' is a record, so that 'ApplyTo' returns a changed copy",
            "[Patch<Todo>] public partial record P { public partial string Title { get; init; } public static void Change(P patch, Todo "
            + "todo) { patch.ApplyTo(todo); _ = patch.ApplyTo(todo); todo = patch.ApplyTo(todo, out _); } }"
        },
        {
            "PG0031", ".ApplyTo(box, out _)", "'Box' is a struct",
            "public record struct Box(string Title) { public int Other; } [Patch<Box>] public partial record P { public partial string "
            + "Title { get; init; } public static void Change(P? patch, Box box) => patch?.ApplyTo(box, out _); }"
        },
        {
            "PG0020", "Count", "is 0 when it was not sent; check 'HasCount' first",
            "[Patch<Todo>] public partial record P { public partial int Count { get; init; } public static int Twice(P patch) => 2 * "
            + "patch.Count; }"
        },
        {
            "PG0020", "Text", "is null when",
            "[Patch<Todo>] public partial record P { public partial string? Text { get; init; } public static void Copy(P patch, "
            + "Note[] notes) => notes[0] = notes[0] with { Text = patch.Text }; }"
        },
    };
}
