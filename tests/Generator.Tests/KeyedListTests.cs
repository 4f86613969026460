namespace Layers.PatchGen.Generator.Tests;

/// <summary>Lists that are patched by key, in documents, patches and collections of each kind.</summary>
public class KeyedListTests
{
    private const string Model = GeneratorTest.Usings + """
        using System.Collections.Immutable;
        using System.Collections.ObjectModel;
        public {0} Line { public {4} int key { get; set; } public int Amount { get; set; } }
        public {1} Order { public Order() { } public {2} Lines { get; set; } = {3}; }
        [Patch<Line>] public {5} LinePatch { public partial int Amount { get; init; } }
        public partial class Outer
        {
            [Patch<Order>] internal {5} OrderPatch
            {
                [KeyedBy("key", AllowCreate = true)] public partial Dictionary<int, LinePatch?> Lines { get; init; }
            }
        }
        [Patch] public sealed partial record P
        {
            public partial int Unused { get; init; }

            public static string Use()
            {
                string text = "";
                Order order = new();
                foreach (string body in new[] { "'3':{'amount':1},'1':{}", "'1':{'amount':5},'2':{'amount':2}", "'3':null,'9':null" })
                {
                    order = PatchReader.Read<Outer.OrderPatch>(("{'lines':{" + body + "} }").Replace('\'', '"'))
                        .ApplyTo(order, out MemberSet<Outer.OrderPatch> changed);
                    text += $"{changed} ";
                }

                List<string> lines = [];
                foreach (Line line in order.Lines{6}) lines.Add($"{line.key}={line.Amount}");
                return text + string.Join(" ", lines) + " " + Outer.OrderPatch.Diff(new Order(), order).ToJson();
            }
        }
        """;

    public static TheoryData<string, string, string> Lists => new()
    {
        { "List<Line>", "[]", "" },
        { "List<Line>?", "null", "!" },
        { "Line[]", "[]", "" },
        { "Line[]?", "null", "!" },
        { "IList<Line>", "[]", "" },
        { "ICollection<Line>", "new HashSet<Line>()", "" },
        { "IEnumerable<Line>", "[]", "" },
        { "IReadOnlyList<Line>?", "null", "!" },
        { "IReadOnlyCollection<Line>", "[]", "" },
        { "Collection<Line>", "[]", "" },
        { "ObservableCollection<Line>?", "null", "!" },
        { "HashSet<Line>", "[]", "" },
        { "ImmutableArray<Line>", "[]", "" },
        { "ImmutableArray<Line>?", "null", "!" },
        { "ImmutableList<Line>", "[]", "" },
        { "IImmutableList<Line>?", "null", "!" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_of_each_kind_is_patched(string list, string made, string exists)
    {
        foreach ((string item, string document, string patch) in new[]
        {
            ("class", "class", "sealed partial record"), ("record struct", "record struct", "readonly partial record struct"),
        })
        {
            string[] parts = [item, document, list, made, item == "class" ? "required" : "", patch, exists];
            string source = Model;
            for (int i = 0; i < parts.Length; i++)
            {
                source = source.Replace($"{{{i}}}", parts[i], StringComparison.Ordinal);
            }

            Assert.Equal(
                """lines lines lines 1=5 2=2 {"lines":{"1":{"amount":5},"2":{"amount":2}}}""",
                GeneratorTest.Run(source).Load().Call("P", "Use"));
        }
    }
}
