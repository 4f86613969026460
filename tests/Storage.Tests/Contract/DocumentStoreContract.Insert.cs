namespace Layers.PatchGen.Storage.Tests.Contract;

public abstract partial class DocumentStoreContract
{
    [StoreFact]
    public async Task A_document_that_was_not_inserted_is_not_found()
    {
        Assert.Null(await Store.LoadAsync(Key("a")));
        Assert.Empty(await Store.FindAsync(DocumentSelection.Of(Key("a")), 10));
        Assert.False(await Store.DeleteAsync(Key("a")));
    }

    [StoreFact]
    public async Task An_inserted_document_is_loaded_unchanged()
    {
        byte[] json = Json("""{"name":"Ava"}""");
        StoredDocument? inserted = await Store.InsertAsync(Key("a"), json);

        Assert.NotNull(inserted);
        Assert.Equal(Key("a"), inserted.Key);
        Assert.Equal(1, inserted.Version.Number);
        Assert.Equal("""{"name":"Ava"}""", Text(inserted));
        await Same(inserted, Store.LoadAsync(Key("a")));

        // The caller may reuse its memory after the task has completed.
        json.AsSpan().Fill((byte)'x');
        await Same(inserted with { Json = Json("""{"name":"Ava"}""") }, Store.LoadAsync(Key("a")));
    }

    public static TheoryData<string> ExactDocuments =>
    [
        "{}",
        " { \"a\" :\t1 ,\r\n\"b\" : [ ] } ",
        """{"z":1,"a":2,"m":{"z":1,"a":2}}""",
        """{"n":[0,-0,1.0,1e3,1E+3,-1.5e-7,0.1000,12345678901234567890123456789012345678901234567890,1e400]}""",
        """{"s":"\u0041\/\"\\\b\f\n\r\t","t":"A/","u":"\ud83d\ude00😀é\u00e9e\u0301"}""",
        """{"nul":"\u0000","a\u0000b":1,"lone":"\ud800"}""",
        """{"quote":"it's","percent":"%_\\","space":"  a  ","empty":"","":"no name"}""",
        """{"t":true,"f":false,"n":null,"o":{"o":{"o":{}}},"a":[[[]]]}""",
        """{"next line":" ","bom":"﻿","max":"􏿿"}""",
    ];

    [StoreTheory]
    [MemberData(nameof(ExactDocuments))]
    public async Task Json_is_stored_byte_for_byte(string json)
    {
        await Insert("inserted", json);
        Assert.Equal(json, Text((await Store.LoadAsync(Key("inserted")))!));

        await Insert("transformed", "{}");
        TransformResult result = await Set(DocumentSelection.Of(Key("transformed")), json);
        Assert.Equal(json, Text(result.Document));
        Assert.Equal(json, Text((await Store.LoadAsync(Key("transformed")))!));
        Assert.Equal([json, json], (await Store.FindAsync(Where(), 10)).Select(Text));
    }

    [StoreFact]
    public async Task A_megabyte_is_stored()
    {
        string json = $$"""{"text":"{{new string('é', 500_000)}}"}""";
        await Insert("a", json);
        Assert.Equal(json, Text((await Store.LoadAsync(Key("a")))!));
    }

    [StoreFact]
    public async Task An_insert_under_a_used_key_changes_nothing()
    {
        StoredDocument first = await Insert("a", """{"n":1}""");
        Assert.Null(await Store.InsertAsync(Key("a"), Json("""{"n":2}""")));
        await Same(first, Store.LoadAsync(Key("a")));
    }

    public static TheoryData<string> NotOneObject =>
    [
        "",
        " ",
        "[]",
        "null",
        "1",
        "\"{}\"",
        "{",
        "{}{}",
        "{} x",
        "{'a':1}",
        """{"a":1,}""",
        """{"a":01}""",
        "\uFEFF{}",
        // Invalid UTF-8 after the placeholders are replaced.
        "{\"a\":\"<FF>\"}",
        "{\"a\":\"<ED><A0><80>\"}",
        "{\"a\":" + new string('[', 64) + new string(']', 64) + "}",
    ];

    [StoreTheory]
    [MemberData(nameof(NotOneObject))]
    public async Task A_document_that_is_not_one_object_is_rejected(string text)
    {
        byte[] json = Bytes(text);
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.InsertAsync(Key("a"), json));
        Assert.Null(await Store.LoadAsync(Key("a")));

        StoredDocument document = await Insert("b", "{}");
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await Store.TransformAsync(DocumentSelection.Of(Key("b")), null, json, (bad, _) => bad));
        await Same(document, Store.LoadAsync(Key("b")));

        static byte[] Bytes(string text)
        {
            var bytes = new List<byte>();
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == '<')
                {
                    bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                    i += 3;
                }
                else
                {
                    bytes.AddRange(Json(text[i].ToString()));
                }
            }

            return [.. bytes];
        }
    }

    [StoreFact]
    public async Task A_document_that_is_too_large_is_rejected_and_other_writes_succeed()
    {
        if (MaxDocumentBytes is not { } max)
        {
            return;
        }

        byte[] tooLarge = new byte[max + 1]; // never accessed, so it needs no memory
        StoredDocument document = await Insert("a", "{}");
        Task<DocumentTooLargeException>[] rejected =
        [
            Assert.ThrowsAsync<DocumentTooLargeException>(async () => await Store.InsertAsync(Key("b"), tooLarge)),
            Assert.ThrowsAsync<DocumentTooLargeException>(
                async () => await Store.TransformAsync(DocumentSelection.Of(Key("a")), null, tooLarge, (json, _) => json)),
        ];
        await InParallel(10, 10, i => Insert($"c{i}", "{}"));
        foreach (DocumentTooLargeException exception in await Task.WhenAll(rejected))
        {
            Assert.Equal((max + 1L, max), (exception.Bytes, exception.MaxBytes));
        }

        await Same(document, Store.LoadAsync(Key("a")));
        Assert.Null(await Store.LoadAsync(Key("b")));
        Assert.Equal(TransformStatus.Changed, (await Set(DocumentSelection.Of(Key("a")), """{"n":1}""")).Status);
    }

    [StoreFact]
    public async Task The_deepest_document_is_stored()
    {
        string json = "{\"a\":" + new string('[', 63) + new string(']', 63) + "}";
        await Insert("a", json);
        Assert.Equal(["a"], await Ids(Where()));
        Assert.Empty(await Ids(Where(new MemberValue("a", "x"))));
    }

    [StoreFact]
    public async Task A_deleted_document_is_not_found_and_its_versions_do_not_recur()
    {
        var seen = new HashSet<DocumentVersion>();
        for (int life = 0; life < 20; life++)
        {
            StoredDocument document = await Insert("a", """{"n":1}""");
            Assert.Equal(1, document.Version.Number);
            Assert.True(seen.Add(document.Version));
            for (int change = 0; change < 2; change++)
            {
                DocumentVersion before = document.Version;
                document = (await Set(DocumentSelection.Of(Key("a")), """{"n":2}""", before)).Document;
                Follows(before, document.Version);
                Assert.True(seen.Add(document.Version));
            }

            Assert.True(await Store.DeleteAsync(Key("a")));
            Assert.False(await Store.DeleteAsync(Key("a")));
            Assert.Null(await Store.LoadAsync(Key("a")));
            Assert.Equal(TransformStatus.NotFound, (await Set(DocumentSelection.Of(Key("a")), "{}", document.Version)).Status);
        }
    }

    [StoreFact]
    public async Task A_version_from_before_a_delete_does_not_match()
    {
        DocumentVersion earlier = (await Insert("a", "{}")).Version;
        await Store.DeleteAsync(Key("a"));
        StoredDocument now = await Insert("a", "{}");
        Assert.Equal(TransformStatus.VersionMismatch, (await Set(DocumentSelection.Of(Key("a")), """{"n":2}""", earlier)).Status);
        await Same(now, Store.LoadAsync(Key("a")));
    }
}
