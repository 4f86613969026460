using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Members of other types, read and written through the serializer context that the patch names.</summary>
public sealed partial class ContextTests
{
    private const string Body =
        """{"lines":[{"article":"tea","amount":2,"at":"2026-04-18T09:30:00Z","parts":{"unit.price":3}},{"article":"milk"}]"""
        + ""","main":{"article":"a"},"point":{"x":1,"y":2},"named":{"a":{"article":"b"},"c":null}}""";

    [Fact]
    public void Values_are_read_applied_and_written()
    {
        OrderPatch patch = Read.Ok<OrderPatch>(Body);
        Assert.Equal(["tea", "milk"], patch.Lines!.Select(static l => l.Article));
        Assert.Equal(patch, Read.Ok<OrderPatch>(Body));
        Assert.Equal(patch.GetHashCode(), Read.Ok<OrderPatch>(Body).GetHashCode());
        Assert.Equal(patch, Read.Ok<OrderPatch>(Read.Written(patch)));
        Assert.NotEqual(patch, Read.Ok<OrderPatch>(Body.Replace("\"amount\":2", "\"amount\":3", StringComparison.Ordinal)));
        Assert.Empty(patch.Validate());

        Order order = patch.ApplyTo(new Order { Named = { ["c"] = new() { Article = "x" } } }, out MemberSet<OrderPatch> changed);
        Assert.Equal("lines, main, point, named", changed.ToString());
        Assert.Equal(["a"], order.Named.Keys);
        Assert.Same(order, Read.Ok<OrderPatch>(Body).ApplyTo(order, out changed));
        Assert.True(changed.IsEmpty);
        Assert.Equal("lines", OrderPatch.Diff(order, order with { Lines = [] }).Present.ToString());
        Assert.Null(Read.Ok<OrderPatch>("""{"main":null}""").ApplyTo(order, out _).Main);
    }

    [Theory]
    [InlineData(
        """{"lines":[{"article":"a","amount":"2"}]}""",
        "/lines/0/amount wrong_type Must be a whole number from -2147483648 to 2147483647.")]
    [InlineData(
        """{"lines":[{"article":"a"},{"article":"a","amount":99999999999}]}""",
        "/lines/1/amount wrong_type Must be a whole number from -2147483648 to 2147483647.")]
    [InlineData("""{"lines":[{"article":"a","amuont":2}]}""", "/lines/0/amuont unknown_member Unknown member. Did you mean \"amount\"?")]
    [InlineData("""{"lines":[{"amount":2}]}""", "/lines/0 wrong_type Must be an object with \"article\".")]
    [InlineData("""{"lines":[{"article":null}]}""", "/lines/0/article null_not_allowed Must not be null.")]
    [InlineData("""{"lines":[{"article":[]}]}""", "/lines/0/article wrong_type Must be a string.")]
    [InlineData("""{"lines":[[]]}""", "/lines/0 wrong_type Must be an object with \"article\".")]
    [InlineData("""{"lines":[{"article":"a","parts":[]}]}""", "/lines/0/parts wrong_type Must be an object.")]
    [InlineData("""{"lines":[{"article":"a","at":"yesterday"}]}""", "/lines/0/at bad_format Must be an ISO-8601 date and time.")]
    [InlineData("""{"lines":[{"article":"a","at":5}]}""", "/lines/0/at wrong_type Must be a string.")]
    [InlineData(
        """{"lines":[{"article":"a","parts":{"unit.price":"x"}}]}""",
        "/lines/0/parts/unit.price wrong_type Must be a whole number from -2147483648 to 2147483647.")]
    [InlineData(
        """{"lines":[{"article":"a","parts":{"a']['b":"x"}}]}""", "/lines/0/parts wrong_type Must be a value that this member accepts.")]
    [InlineData(
        """{"lines":[{"article":"a","subs":[{"article":"s"},{"article":1}]}]}""", "/lines/0/subs/1/article wrong_type Must be a string.")]
    [InlineData("""{"lines":[{"article":"a","amount":1,"amount":2}]}""", "/lines/0/amount duplicate_member Duplicate member.")]
    [InlineData("""{"lines":[null]}""", "/lines/0 null_not_allowed Must not be null.")]
    [InlineData("""{"odd":{"article":"throws"}}""", "/odd wrong_type Must be a value that this member accepts.")]
    [InlineData("""{"odd":{"article":"none"}}""", "/odd wrong_type Must be a value that this member accepts.")]
    [InlineData("""{"named":{"a/b":{"article":true}}}""", "/named/a~1b/article wrong_type Must be a string.")]
    [InlineData("""{"point":{"x":true}}""", "/point/x wrong_type Must be a whole number from -2147483648 to 2147483647.")]
    public void Problems_have_pointers_and_messages_in_terms_of_JSON(string body, string problem)
    {
        PatchProblem found = Assert.Single(Read.Problems<OrderPatch>(body));
        Assert.Equal(problem, $"{found.Pointer} {found.Code} {found.Message}");
    }

    [Fact]
    public void All_problems_are_reported_and_the_reader_checks_the_grammar()
    {
        Assert.Equal(
            "Invalid /lines/0/amount wrong_type, /lines/1/article null_not_allowed, /point wrong_type",
            Read.Errors<OrderPatch>("""{"lines":[{"article":"a","amount":true},{"article":null}],"point":[]}"""));
        Assert.Equal("Malformed  malformed", Read.Errors<OrderPatch>("""{"main":{"article":"\ud800"}}"""));
        Assert.Equal("Malformed  malformed", Read.Errors<OrderPatch>("""{"main":{"article":"a",}}"""));
        Assert.Equal(
            "Malformed  too_deep",
            Read.Errors<OrderPatch>("""{"main":{"article":"a","parts":{"a":1}}}""", new PatchReadOptions { MaxDepth = 2 }));
        Assert.Equal(
            "Invalid /lines too_long",
            Read.Errors<OrderPatch>("""{"lines":[{"article":"a"},{"article":"a"},{"article":"a"},{"article":"a"}]}"""));
    }

    [Fact]
    public void The_schema_comes_from_the_serializer()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            OrderPatch.WriteJsonSchema(writer);
        }

        JsonNode members = JsonNode.Parse(stream.ToArray())!["properties"]!;
        Assert.Equal(
            """{"type":"object","properties":{"x":{"type":"integer"},"y":{"type":"integer"}},"additionalProperties":false}""",
            members["point"]!["anyOf"]![0]!.ToJsonString());
        Assert.Equal("""{"type":"null"}""", members["point"]!["anyOf"]![1]!.ToJsonString());
        // Recursive: a line contains lines.
        Assert.Equal("""{"type":"array","items":{"not":{"type":"null"}},"maxItems":3}""", members["lines"]!.ToJsonString());
    }

    internal sealed record Line
    {
        public required string Article { get; init; }

        public int Amount { get; init; }

        public DateTimeOffset? At { get; init; }

        public Dictionary<string, int>? Parts { get; init; }

        public List<Line>? Subs { get; init; }
    }

    internal record struct Point(int X, int Y);

    [JsonConverter(typeof(OddConverter))]
    internal sealed record Odd(string Article);

    internal sealed record Order
    {
        public IReadOnlyList<Line> Lines { get; init; } = [];

        public Line? Main { get; init; }

        public Point? Point { get; init; }

        public Dictionary<string, Line> Named { get; init; } = [];

        public Odd? Odd { get; init; }
    }

    [Patch<Order>(Context = typeof(OrderJson))]
    internal sealed partial record OrderPatch
    {
        [MaxLength(3)]
        public partial List<Line> Lines { get; init; }

        public partial Line? Main { get; init; }

        public partial Point? Point { get; init; }

        public partial Dictionary<string, Line?> Named { get; init; }

        public partial Odd? Odd { get; init; }
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true)]
    [JsonSerializable(typeof(Line))]
    [JsonSerializable(typeof(Point))]
    [JsonSerializable(typeof(Odd))]
    internal sealed partial class OrderJson : JsonSerializerContext;

    /// <summary>A converter that violates its contract: it returns null or throws the wrong exception.</summary>
    internal sealed class OddConverter : JsonConverter<Odd>
    {
        public override Odd? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.GetProperty("article").GetString() == "none"
                ? null
                : throw new ArgumentException("Not a JsonException.");
        }

        public override void Write(Utf8JsonWriter writer, Odd value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Article);
    }
}
