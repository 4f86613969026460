using System.Text;
using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Documents;

/// <summary>Patches of stored bytes: what is kept, what is compared, and what needs the object.</summary>
public class DocumentPatcherTests
{
    private const string Stored =
        """{"id":"p1","name":"Ava","mood":"calm","motto":"caf\u00E9","traits":{"humor":"dry","zest":[1, 2.50],"K":"x"}"""
        + ""","home":{"number":7,"at":{"x":1.0,"y":2},"street":null},"images":["a" , "b"],"places":[]"""
        + ""","updatedAt":"2026-01-01T00:00:00Z"}""";

    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 30, 0, 120, TimeSpan.Zero);

    [Fact]
    public void Everything_else_is_kept_byte_for_byte() => Assert.Equal(
        Stored.Replace("\"Ava\"", "\"Mia\"", StringComparison.Ordinal)
            .Replace("2026-01-01T00:00:00Z", "2026-11-27T09:30:00.12Z", StringComparison.Ordinal),
        Apply(Stored, """{"name":"Mia"}""", "name"));

    [Theory]
    [InlineData("""{"name":"Ava"}""")]
    [InlineData("""{"saying":"café"}""")] // stored with an escape
    [InlineData("""{"images":["a","b"]}""")] // stored with spaces
    [InlineData("""{"traits":{"zest":[1.0,2.5]}}""")] // numbers by value
    [InlineData("""{"home":{"at":{"x":1,"y":2.0}}}""")]
    [InlineData("""{"nickname":null}""")] // absent and null are the same
    [InlineData("""{"traits":{"none":null}}""")]
    [InlineData("""{"traits":{},"home":{}}""")]
    public void Equal_values_change_nothing(string body) => Assert.Null(Apply(Stored, body, ""));

    [Fact]
    public void An_equal_value_stays_as_it_was_spelled() => Assert.Contains(
        ""","motto":"caf\u00E9","traits":{"humor":"dry","zest":[1, 2.50],"K":"y"}""",
        Apply(Stored, """{"saying":"café","traits":{"zest":[1,2.5],"K":"y"}}""", "traits"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"K":"\u0061\u003Cb"}""", "\"K\":\"a<b\"")] // the relaxed encoder of the contract
    [InlineData("""{"K":"caf\u00e9"}""", "\"K\":\"café\"")]
    [InlineData("""{"K":"\u00A0"}""", "\"K\":\"\\u00A0\"")]
    [InlineData("""{"K":{ "a" : [ 1.50 , -0 ] }}""", "\"K\":{\"a\":[1.50,-0]}")]
    [InlineData("""{"K":-0.0}""", "\"K\":-0.0")]
    [InlineData("""{"K":false}""", "\"K\":false")]
    public void Open_members_are_written_as_the_contract_writes_them(string traits, string expected) =>
        Assert.Contains(expected + "}", Apply(Stored, $$"""{"traits":{{traits}}}""", "traits"), StringComparison.Ordinal);

    [Fact]
    public void Open_members_that_were_changed_after_reading_are_used()
    {
        ProfilePatch patch = ProfilePatch.Read("""{"traits":{"K":"y","L":1}}"""u8);
        patch.Traits!.Other!.Remove("K");
        patch.Traits.Other["L"] = JsonElement.Parse("[ 2 ]");
        Assert.True(Create().TryApply(Encoding.UTF8.GetBytes(Stored), in patch, Now, 64, out byte[]? bytes, out _));
        Assert.Contains("\"K\":\"x\",\"L\":[2]}", Encoding.UTF8.GetString(bytes!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"nickname":"A","traits":{"likes":["x"]}}""",
        "\"mood\":\"calm\",\"nickname\":\"A\",\"motto\"",
        "{\"likes\":[\"x\"],\"humor\"")]
    [InlineData("""{"traits":{"humor":null,"zest":null,"K":null}}""", "\"traits\":{},\"home\"", "")]
    [InlineData("""{"traits":{"humor":null,"new":{"a":[]}}}""", "{\"zest\":[1, 2.50],\"K\":\"x\",\"new\":{\"a\":[]}}", "")]
    [InlineData("""{"mood":null,"home":null}""", "\"mood\":null,", "\"home\":null,")]
    public void Members_are_added_and_removed_in_place(string body, string expected, string alsoExpected)
    {
        string after = Apply(Stored, body, changed: null)!;
        Assert.Contains(expected, after, StringComparison.Ordinal);
        Assert.Contains(alsoExpected, after, StringComparison.Ordinal);
        Assert.NotNull(JsonSerializer.Deserialize(after, PlainContext.Default.Profile));
    }

    [Fact]
    public void The_time_never_goes_back() => Assert.Contains(
        "\"updatedAt\":\"2030-01-01T00:00:00.0000001Z\"",
        Apply(Stored.Replace("2026-01-01T00:00:00Z", "2030-01-01T00:00:00Z", StringComparison.Ordinal), """{"mood":null}""", "mood"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"id\"", "{ \"id\"")] // white space
    [InlineData("}", "} ")]
    [InlineData("\"name\":\"Ava\",", "")] // a missing member
    [InlineData("\"name\":\"Ava\",", "\"name\":\"Ava\",\"name\":\"Ava\",")] // a duplicate
    [InlineData("\"name\":\"Ava\",", "\"name\":\"Ava\",\"more\":1,")] // an unknown member
    [InlineData("\"name\"", "\"n\\u0061me\"")] // an escaped name
    [InlineData("\"id\":\"p1\",\"name\":\"Ava\"", "\"name\":\"Ava\",\"id\":\"p1\"")] // another order
    [InlineData("\"K\":\"x\"", "\"zest\":1")] // a duplicate in an open object
    [InlineData("\"K\":\"x\"", "\"humor\":null")] // a declared name after the others
    [InlineData("\"humor\":\"dry\"", "\"humor\":null")] // would not be written
    [InlineData("\"street\":null}", "\"street\":null,\"street\":null}")] // in a nested document
    [InlineData("\"Ava\"", "\"\\uD800\"")] // no Unicode
    [InlineData("\"x\":1.0", "\"x\":01")] // no JSON
    [InlineData("2026-01-01T00:00:00Z", "yesterday")] // no time
    public void Anything_unexpected_needs_the_object(string expected, string found) =>
        Assert.False(TryApply(Replaced(Stored, expected, found), """{"mood":null}""", out _, out _));

    [Fact]
    public void An_object_that_is_missing_is_made_by_its_type()
    {
        string document = Stored.Replace("{\"number\":7,\"at\":{\"x\":1.0,\"y\":2},\"street\":null}", "null", StringComparison.Ordinal);
        Assert.False(TryApply(document, """{"home":{"number":1}}""", out _, out _));
        Assert.Contains("\"home\":null", Apply(document, """{"home":{},"mood":null}""", "mood"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_absent_member_with_an_initializer_needs_the_object()
    {
        Assert.True(DocumentPatcher.TryCreate(
            ContractsContext.Default.Initialized,
            DocumentWays.Writing,
            out DocumentPatcher<InitializedPatch>? patcher,
            out string? reason), reason);

        // What it holds when it is absent is not learned from one that is elsewhere, and null.
        Assert.False(IsApplied("""{"Other":"a","Value":null}"""));
        Assert.False(IsApplied("""{"Other":"a","Valu\u0065":null}"""));
        Assert.False(IsApplied("""{"Other":"a"}"""));
        Assert.False(IsApplied("""{"Other":"a"}"""));
        Assert.True(IsApplied("""{"Value":"b","Other":"a"}"""));

        bool IsApplied(string document)
        {
            InitializedPatch patch = new() { Other = "b" };
            return patcher!.TryApply(Encoding.UTF8.GetBytes(document), in patch, Now, 64, out _, out _);
        }
    }

    [Fact]
    public void Open_members_beyond_the_limit_need_the_object()
    {
        Assert.True(TryApply(Stored, """{"traits":{"third":1}}""", out _, out _, max: 3));
        Assert.False(TryApply(Stored, """{"traits":{"third":1}}""", out _, out _, max: 2));
        Assert.True(TryApply(Stored, """{"traits":{"K":null,"third":1}}""", out _, out _, max: 2));
        Assert.True(TryApply(Stored, """{"traits":{"humor":"wry"}}""", out _, out _, max: 1));
    }

    [Fact]
    public void Texts_are_escaped_as_the_writer_does()
    {
        const string Text = "\u007f\u00a0\u2028\ufeff\ue000😀\"\\/<é—\u0001";
        string after = Apply(Stored, JsonSerializer.Serialize(new Dictionary<string, string> { ["name"] = Text }), "name")!;
        Profile read = JsonSerializer.Deserialize(after, PlainContext.Default.Profile)!;
        Assert.Equal(Text, read.Name);
        Assert.Contains("\"\\u007F\\u00A0\\u2028\\uFEFF\\uE000\\uD83D\\uDE00\\\"\\\\/<é—\\u0001\"", after, StringComparison.Ordinal);
    }

    [Fact]
    public void Large_documents_and_values_are_patched()
    {
        string name = new('n', 5_000), motto = new('m', 60_000);
        string document = Stored.Replace("Ava", name, StringComparison.Ordinal);
        Assert.Contains(
            $"\"name\":\"{name}\",\"mood\":\"calm\",\"motto\":\"{motto}\"",
            Apply(document, $$"""{"saying":"{{motto}}"}""", "saying"),
            StringComparison.Ordinal);
        Assert.Contains(motto, Apply(Stored, $$"""{"saying":"{{motto}}"}""", "saying"), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_documents_need_the_object()
    {
        var deep = new StringBuilder();
        const int Levels = 70;
        const string Open = """{"at":{"x":0,"y":0},"lastError":null,"label":{"text":null,"next":""";
        Assert.True(DocumentPatcher.TryCreate(
            PlainContext.Default.Sensor, DocumentWays.Writing, out DocumentPatcher<SensorPatch>? patcher, out _));
        for (int i = 0; i < Levels; i++)
        {
            deep.Append(Open);
        }

        deep.Append("null");
        deep.Insert(deep.Length, "}}", Levels);
        SensorPatch.TryRead("""{"lastError":"x"}"""u8, out SensorPatch patch, out _);
        Assert.False(patcher!.TryApply(Encoding.UTF8.GetBytes(deep.ToString()), in patch, Now, 64, out _, out _));
    }

    // Of texts and open members; numbers are boxed where the library is not optimized.
    [Fact]
    public void Only_the_new_document_is_allocated()
    {
        DocumentPatcher<ProfilePatch> patcher = Create();
        byte[] document = Encoding.UTF8.GetBytes(Stored);
        foreach (string body in new[]
        {
            """{"name":"Mia","nickname":"M","saying":"née"}""", """{"mood":null,"traits":{"humor":"wry"}}""",
            """{"traits":{"K":"y","zest":null,"new":true},"home":null}""", """{"name":"Ava","traits":{"K":"x"}}""",
        })
        {
            ProfilePatch patch = ProfilePatch.Read(Encoding.UTF8.GetBytes(body));
            byte[]? after = null;
            for (int i = 0; i < 100; i++)
            {
                Assert.True(patcher.TryApply(document, in patch, Now, 64, out after, out _));
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            patcher.TryApply(document, in patch, Now, 64, out _, out _);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated == (after is null ? 0 : (after.Length + 24 + 7) & ~7), $"{allocated} B for {body}");
        }
    }

    private static string? Apply(string document, string body, string? changed)
    {
        Assert.True(TryApply(document, body, out string? after, out string found), body);
        Assert.Equal(changed ?? found, found);
        return after;
    }

    private static bool TryApply(string document, string body, out string? after, out string changed, int max = 64)
    {
        ProfilePatch patch = ProfilePatch.Read(Encoding.UTF8.GetBytes(body));
        bool isDone = Create().TryApply(
            Encoding.UTF8.GetBytes(document), in patch, Now, max, out byte[]? bytes, out MemberSet<ProfilePatch> members);
        after = bytes is null ? null : Encoding.UTF8.GetString(bytes);
        changed = members.ToString();
        return isDone;
    }

    private static string Replaced(string text, string old, string replacement)
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        int at = text.LastIndexOf(old, StringComparison.Ordinal);
        return text[..at] + replacement + text[(at + old.Length)..];
    }

    private static DocumentPatcher<ProfilePatch> Create()
    {
        Assert.True(DocumentPatcher.TryCreate(
            PlainContext.Default.Profile, DocumentWays.Writing, out DocumentPatcher<ProfilePatch>? patcher, out string? reason), reason);
        return patcher!;
    }
}
