namespace Layers.PatchGen.Generator.Tests;

public partial class DiagnosticTests
{
    private const string Lines =
        " public class Line { public int Id { get; set; } public string? Text { get; set; } public string Sku => \"\"; } "
        + "public class Fixed { public required int Id { get; init; } public required string Text { get; set; } } "
        + "public record Positional(int Id) { public string? Text { get; init; } } "
        + "public record Order { public List<Line> Lines { get; init; } = []; public IEnumerable<Fixed> Fixed { get; init; } = []; "
        + "public List<Positional> Rows { get; init; } = []; public Stack<Line> Stack { get; init; } = []; public Line? One { get; init; } "
        + "public LinkedList<Line> Linked { get; init; } = new(); "
        + "public System.Collections.ObjectModel.ReadOnlyCollection<Line>? Shown { get; init; } } "
        + "[Patch<Line>] public partial record LinePatch { public partial string? Text { get; init; } } "
        + "[Patch<Line>] public partial record IdPatch { [PatchTo(\"Id\")] public partial int Key { get; init; } } "
        + "[Patch<Line>] public partial record SelectPatch { [Selector] public partial int Id { get; init; } } "
        + "[Patch<Fixed>] public partial record FixedPatch { public partial string Text { get; init; } } "
        + "[Patch<Positional>] public partial record RowPatch { public partial string? Text { get; init; } } "
        + "[Patch] public partial record BarePatch { public partial string? Text { get; init; } } ";

    /// <summary>What is wrong with a keyed list: the arguments of the attribute, the member, and a part of the message.</summary>
    public static IEnumerable<object[]> ListCases =>
    [
        List("\"Id\"", "string Lines", "it is a 'string'; declare a Dictionary of keys and patches"),
        List("\"Id\"", "List<LinePatch> Lines", "declare a Dictionary of keys and patches"),
        List("\"Id\"", "SortedDictionary<int, LinePatch?> Lines", "declare a Dictionary of keys and patches"),
        List("\"Id\"", "Dictionary<double, LinePatch?> Lines", "its keys are 'double'; use string, a whole number or Guid"),
        List("\"Id\"", "Dictionary<DateTime, LinePatch?> Lines", "its keys are 'System.DateTime'"),
        List("\"Id\"", "Dictionary<int, Line?> Lines", "its values, 'Line', are not patches; declare a [Patch<TItem>] record"),
        List("\"Id\"", "Dictionary<int, LinePatch?> One", "'One' is a 'Line'; declare it as a list, an array or a collection"),
        List("\"Id\"", "Dictionary<int, LinePatch?> Stack", "'Stack' is a 'System.Collections.Generic.Stack<Line>'"),
        List("\"Id\"", "Dictionary<int, LinePatch?> Linked", "declare it as a list, an array or a collection that can be created"),
        List("\"Id\"", "Dictionary<int, LinePatch?> Shown", "declare it as a list, an array or a collection that can be created"),
        List("\"Id\"", "Dictionary<int, FixedPatch?> Lines", "'FixedPatch' patches 'Fixed', and an item of 'Lines' is a 'Line'"),
        List("\"Id\"", "Dictionary<int, BarePatch?> Lines", "'BarePatch' patches no document; declare it [Patch<Line>]"),
        List("\"Idd\"", "Dictionary<int, LinePatch?> Lines", "'Line' has no property 'Idd'"),
        List("null!", "Dictionary<int, LinePatch?> Lines", "'Line' has no property ''"),
        List("\"Id\"", "Dictionary<string, LinePatch?> Lines", "'Line.Id' is a 'int', and the keys of the dictionary are 'string'"),
        List("\"Id\"", "Dictionary<int, IdPatch?> Lines", "'IdPatch.Key' is the key of an item, which never changes; remove it"),
        List("\"Id\"", "Dictionary<int, SelectPatch?> Lines", "'SelectPatch.Id' is the key of an item, which never changes"),
        List("nameof(Line.Sku), AllowCreate = true", "Dictionary<string, LinePatch?> Lines", "give 'Line.Sku' an init accessor"),
        List("\"Id\", AllowCreate = true", "Dictionary<int, FixedPatch?> Fixed", "'Fixed' cannot be created: give it a parameterless"),
        List("\"Id\", AllowCreate = true", "Dictionary<int, RowPatch?> Rows", "'Positional' cannot be created"),
    ];

    /// <summary>Errors that any member can have.</summary>
    public static TheoryData<string, string> OtherListCases => new()
    {
        { "PG0008", "[KeyedBy(\"Id\")] public partial Dictionary<int, LinePatch?> Lins { get; init; }" },
        { "PG0008", "[KeyedBy(\"Id\")] public partial Dictionary<int, LinePatch?>? Lines { get; init; }" },
        { "PG0007", "[Selector, KeyedBy(\"Id\")] public partial Dictionary<int, LinePatch?> Lines { get; init; }" },
        { "PG0013", "[KeyedBy(\"Id\"), MinLength(1)] public partial Dictionary<int, LinePatch?> Lines { get; init; }" },
        { "PG0013", "[KeyedBy(\"Id\"), Distinct] public partial Dictionary<int, LinePatch?> Lines { get; init; }" },
        { "PG0018", "[KeyedBy(\"Id\")] public Dictionary<int, LinePatch?> Lines => [];" },
        { "", "[KeyedBy(\"Id\")] public partial Dictionary<int, LinePatch> Lines { get; init; }" },
        { "", "[KeyedBy(\"Id\")] public partial Dictionary<int, FixedPatch?> Fixed { get; init; }" },
        { "", "[KeyedBy(\"Sku\")] public partial IDictionary<string, LinePatch?> Lines { get; init; }" },
        { "", "[KeyedBy(\"Id\")] public partial IReadOnlyDictionary<int, RowPatch?> Rows { get; init; }" },
    };

    [Theory]
    [MemberData(nameof(OtherListCases))]
    public void Another_error_of_a_keyed_list_is_reported_once(string id, string member) => Assert.Equal(
        id, string.Join(' ', Diagnose($"{Lines}[Patch<Order>] public partial record P {{ {member} }}").Select(static d => d.Id)));

    [Theory]
    [InlineData("class Order { public List<Line> Lines { get; } = []; }", "")]
    [InlineData("class Order { public ICollection<Line> Lines { get; private set; } = []; }", "")]
    [InlineData("class Order { public HashSet<Line> Lines { get; init; } = []; }", "")]
    [InlineData("class Order { public Line[] Lines { get; } = []; }", "PG0008")]
    [InlineData("class Order { public IReadOnlyList<Line> Lines { get; } = []; }", "PG0008")]
    [InlineData("class Order { public System.Collections.Immutable.ImmutableList<Line> Lines { get; } = []; }", "PG0008")]
    [InlineData("record Order { public List<Line> Lines { get; } = []; }", "PG0008")]
    public void A_list_that_can_be_changed_needs_no_setter_in_a_class(string order, string ids) => Assert.Equal(
        ids,
        string.Join(' ', Diagnose(
            $"public {order} public class Line {{ public int Id {{ get; set; }} public int Count {{ get; set; }} }} "
            + "[Patch<Line>] public partial record LinePatch { public partial int Count { get; init; } } "
            + "[Patch<Order>] public partial record P { "
            + "[KeyedBy(\"Id\")] public partial Dictionary<int, LinePatch?> Lines { get; init; } }")
            .Select(static d => d.Id)));

    private static object[] List(string arguments, string member, string message) =>
    [
        "PG0030", $"KeyedBy({arguments})", message,
        $"{Lines}[Patch<Order>] public partial record P {{ [KeyedBy({arguments})] public partial {member} {{ get; init; }} }}",
    ];
}
