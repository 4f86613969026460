using System.Globalization;

namespace Layers.PatchGen.Storage.Tests.Contract;

public abstract partial class DocumentStoreContract
{
    [StoreFact]
    public async Task Documents_are_found_by_members_by_id_and_by_both()
    {
        await Insert("a", """{"project":"p","rank":1}""");
        await Insert("b", """{"project":"p","rank":2}""");
        await Insert("c", """{"project":"q","rank":1}""");

        Assert.Equal(["a", "b", "c"], await Ids(Where()));
        Assert.Equal(["a", "b"], await Ids(Where(new MemberValue("project", "p"))));
        Assert.Equal(["a", "c"], await Ids(Where(new MemberValue("rank", 1))));
        Assert.Equal(["b"], await Ids(Where(new MemberValue("project", "p"), new MemberValue("rank", 2))));
        Assert.Equal(["b"], await Ids(Where(new MemberValue("rank", 2), new MemberValue("project", "p"))));
        Assert.Empty(await Ids(Where(new MemberValue("project", "q"), new MemberValue("rank", 2))));
        Assert.Empty(await Ids(Where(new MemberValue("project", "p"), new MemberValue("project", "q"))));
        Assert.Empty(await Ids(Where(new MemberValue("missing", "p"))));
        Assert.Equal(["c"], await Ids(DocumentSelection.Of(Key("c"))));
        Assert.Equal(["b"], await Ids(new DocumentSelection("org", "things", "b", [new MemberValue("project", "p")])));
        Assert.Empty(await Ids(new DocumentSelection("org", "things", "b", [new MemberValue("project", "q")])));
    }

    [StoreFact]
    public async Task Found_documents_equal_loaded_ones()
    {
        await Insert("a", """{"project":"p"}""");
        await Set(DocumentSelection.Of(Key("a")), """{ "project": "p", "n": 1 }""");
        StoredDocument loaded = (await Store.LoadAsync(Key("a")))!;
        Same(loaded, Assert.Single(await Store.FindAsync(Where(new MemberValue("project", "p")), 2)));
        Assert.Equal(2, loaded.Version.Number);
    }

    [StoreFact]
    public async Task Results_are_ordered_by_code_point_and_limited()
    {
        // Both UTF-16 order (U+10000 before U+E000) and the order of a culture would fail.
        string[] ids =
            ["", " ", "A", "B", "Z", "a", "a ", "aa", "b", "z", "é", "ß", "İ", "ı", "\uE000", "\uFFFD", "\U00010000", "\U0001F600"];
        string[] ordered = [.. ids.OrderBy(id => id, DocumentKey.IdOrder)];
        Assert.Equal("\U0001F600", ordered[^1]);
        foreach (string id in ids.Reverse())
        {
            await Insert(id, """{"project":"p"}""");
        }

        Assert.Equal(ordered, await Ids(Where()));
        Assert.Equal(ordered, await Ids(Where(new MemberValue("project", "p"))));
        for (int limit = 1; limit <= ids.Length + 1; limit++)
        {
            Assert.Equal(ordered.Take(limit), await Ids(Where(), limit));
            Assert.Equal(ordered.Take(limit), await Ids(Where(new MemberValue("project", "p")), limit));
        }
    }

    [StoreFact]
    public async Task A_limit_below_one_is_rejected()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.FindAsync(Where(), 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.FindAsync(Where(), -1));
    }

    public static TheoryData<string, string, string, bool> Strings => new()
    {
        { """{"m":"v"}""", "m", "v", true },
        { """{"m":""}""", "m", "", true },
        { """{"":"v"}""", "", "v", true },
        { """{"m":"\u0076"}""", "m", "v", true },
        { """{"\u006d":"v"}""", "m", "v", true },
        { """{"m":"\ud83d\ude00"}""", "m", "😀", true },
        { """{"gr\u00F6\u00DFe":"v"}""", "größe", "v", true },
        { """{"größe":"v"}""", "größe", "v", true },
        { """{"m":"a\"b\\c/d\n"}""", "m", "a\"b\\c/d\n", true },
        { """{"it's":"it's"}""", "it's", "it's", true },
        { """{"a\"b":"v"}""", "a\"b", "v", true },
        { """{"a\\b":"v"}""", "a\\b", "v", true },
        { """{"a.b":"v"}""", "a.b", "v", true },
        { """{"a[0]":"v"}""", "a[0]", "v", true },
        { """{"$":"v","#":"w"}""", "$", "v", true },
        { """{"a b":"v"}""", "a b", "v", true },
        { """{"m":"\u0000"}""", "m", "\0", true },
        { """{"m":"a\u0000b"}""", "m", "a\0b", true },
        { """{"m":"a\u0000b"}""", "m", "a", false },
        { """{"m":"a\u0000b"}""", "m", "a\0c", false },
        { """{"m":"v","x":{"m":"w"}}""", "m", "w", false },
        { """{"x":{"m":"v"}}""", "m", "v", false },
        { """{"x":{"m":"w"},"m":"v"}""", "m", "v", true },
        { """{"a":{"b":"v"}}""", "a.b", "v", false },
        { """{"a":["v"]}""", "a[0]", "v", false },
        { """{"m":"V"}""", "m", "v", false },
        { """{"M":"v"}""", "m", "v", false },
        { """{"m":"v "}""", "m", "v", false },
        { """{"m":"é"}""", "m", "e\u0301", false },
        { """{"m":"I"}""", "m", "ı", false },
        { """{"m":"ß"}""", "m", "ss", false },
        { """{"m":null}""", "m", "", false },
        { """{"m":null}""", "m", "null", false },
        { """{"m":true}""", "m", "true", false },
        { """{"m":1}""", "m", "1", false },
        { """{"m":[]}""", "m", "[]", false },
        { """{"m":{"a":1}}""", "m", """{"a":1}""", false },
        { """{"m":"\ud800"}""", "m", "\uFFFD", false },
        { """{"\ud800":"v"}""", "\uFFFD", "v", false },
        { """{"\ud800":1,"m":"v"}""", "m", "v", true },
    };

    [StoreTheory]
    [MemberData(nameof(Strings))]
    public async Task A_string_equals_itself_only(string json, string member, string value, bool equal) =>
        await FindsOrNot(json, new MemberValue(member, value), equal);

    [StoreTheory]
    [InlineData("""{"m":1}""", 1, true)]
    [InlineData("""{"m":0}""", 0, true)]
    [InlineData("""{"m":-0}""", 0, true)]
    [InlineData("""{"m":-7}""", -7, true)]
    [InlineData("""{"m":9223372036854775807}""", long.MaxValue, true)]
    [InlineData("""{"m":-9223372036854775808}""", long.MinValue, true)]
    [InlineData("""{"m":9223372036854775808}""", long.MaxValue, false)]
    [InlineData("""{"m":9223372036854775806}""", long.MaxValue, false)]
    [InlineData("""{"m":9007199254740993}""", 9007199254740992, false)]
    [InlineData("""{"m":1.0}""", 1, false)]
    [InlineData("""{"m":1e0}""", 1, false)]
    [InlineData("""{"m":"1"}""", 1, false)]
    [InlineData("""{"m":true}""", 1, false)]
    [InlineData("""{"m":false}""", 0, false)]
    [InlineData("""{"m":null}""", 0, false)]
    [InlineData("""{"m":[1]}""", 1, false)]
    [InlineData("""{"m":{}}""", 0, false)]
    public async Task An_integer_equals_itself_only(string json, long value, bool equal) =>
        await FindsOrNot(json, new MemberValue("m", value), equal);

    private async Task FindsOrNot(string json, MemberValue value, bool equal)
    {
        await Insert("a", json);
        await Insert("other", """{"other":1}""");
        string[] expected = equal ? ["a"] : [];
        Assert.Equal(expected, await Ids(Where(value)));
        Assert.Equal(expected, await Ids(new DocumentSelection("org", "things", "a", [value])));
        Assert.Equal(equal ? TransformStatus.Changed : TransformStatus.NotFound, (await Set(Where(value), "{}")).Status);
    }

    [StoreFact]
    public async Task A_text_with_an_unpaired_surrogate_equals_nothing()
    {
        await Insert("a", """{"m":"\ufffd","\ufffd":"v"}""");
        Assert.Empty(await Ids(Where(new MemberValue("m", "\uD800"))));
        Assert.Empty(await Ids(Where(new MemberValue("\uD800", "v"))));
    }

    [StoreFact]
    public async Task A_selection_can_have_any_number_of_members()
    {
        const int Count = 50;
        for (int i = 0; i < Count; i++)
        {
            await Insert(i.ToString("d2", CultureInfo.InvariantCulture), $$"""{"m{{i}}":"v","n{{i}}":{{i}},"all":1}""");
        }

        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < Count; i++)
            {
                DocumentSelection selection = Where(new MemberValue($"m{i}", "v"), new MemberValue($"n{i}", i));
                Assert.Equal([i.ToString("d2", CultureInfo.InvariantCulture)], await Ids(selection));
                Assert.Equal(
                    TransformStatus.Unchanged, (await Store.TransformAsync<object?>(selection, null, null, (_, _) => null)).Status);
            }
        }

        Assert.Equal(Count, (await Ids(Where(new MemberValue("all", 1)))).Length);
    }

    [StoreFact]
    public async Task A_change_moves_a_document_between_selections()
    {
        await Insert("a", """{"state":"free"}""");
        Assert.Equal(["a"], await Ids(Where(new MemberValue("state", "free"))));
        await Set(DocumentSelection.Of(Key("a")), """{"state":"taken"}""");
        Assert.Empty(await Ids(Where(new MemberValue("state", "free"))));
        Assert.Equal(["a"], await Ids(Where(new MemberValue("state", "taken"))));
        await Store.DeleteAsync(Key("a"));
        Assert.Empty(await Ids(Where(new MemberValue("state", "taken"))));
    }
}
