using System.Text;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>Checksums and tokens of documents.</summary>
public class StoredDocumentTests
{
    private static readonly StoredDocument Document = New("org", "things", "a", new DocumentVersion(7, 1), """{"name":"Ava"}""");

    [Fact]
    public void The_checksum_covers_every_part_and_its_length()
    {
        StoredDocument[] all =
        [
            Document,
            New("or", "gthings", "a", new DocumentVersion(7, 1), """{"name":"Ava"}"""),
            New("org", "thingsa", "", new DocumentVersion(7, 1), """{"name":"Ava"}"""),
            New("", "", "", new DocumentVersion(7, 1), """{"name":"Ava"}"""),
            New("things", "org", "a", new DocumentVersion(7, 1), """{"name":"Ava"}"""),
            New("org", "things", "A", new DocumentVersion(7, 1), """{"name":"Ava"}"""),
            New("org", "things", "é", new DocumentVersion(7, 1), """{"name":"Ava"}"""),
            New("org", "things", "e\u0301", new DocumentVersion(7, 1), """{"name":"Ava"}"""),
            New("org", "things", new string('x', 10_000), new DocumentVersion(7, 1), """{"name":"Ava"}"""),
            New("org", "things", "a", new DocumentVersion(8, 1), """{"name":"Ava"}"""),
            New("org", "things", "a", new DocumentVersion(7, 2), """{"name":"Ava"}"""),
            New("org", "things", "a", new DocumentVersion(1, 7), """{"name":"Ava"}"""),
            New("org", "things", "a", new DocumentVersion(7, 1), """{"name":"Ave"}"""),
            New("org", "things", "a", new DocumentVersion(7, 1), """{"name":"Ava" }"""),
        ];
        Assert.Equal(all.Length, all.Select(document => document.Checksum()).Distinct().Count());
    }

    /// <summary>Stored files contain these values: they must not change without a new layout.</summary>
    [Fact]
    public void The_checksum_is_the_same_on_every_machine() => Assert.Equal(-7749906982439984140, Document.Checksum());

    [Fact]
    public void Each_flipped_bit_is_detected()
    {
        byte[] json = Encoding.UTF8.GetBytes("{\"text\":\"" + new string('x', 1000) + "\"}");
        long checksum = (Document with { Json = json }).Checksum();
        for (int bit = 0; bit < json.Length * 8; bit++)
        {
            json[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(checksum, (Document with { Json = json }).Checksum());
            json[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(500)]
    [InlineData(1_000_000)]
    public void The_checksum_does_not_allocate(int length)
    {
        StoredDocument document =
            New(new string('ö', 256), new string('\uFFFD', 256), new string('x', 256), DocumentVersion.First(), new string(' ', length));
        document.Checksum();
        long before = GC.GetAllocatedBytesForCurrentThread();
        document.Checksum();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_document_has_the_tokens_of_matching_selections_however_it_is_escaped()
    {
        byte[] json =
            """
            {"n\u0061me":"\u0041va \ud83d\ude00","age":36,"":"","open":{"age":1},
            "\ud800":"x","lone":"\ud800","half":0.5,"e":1e3,"yes":true}
            """u8.ToArray();
        ISet<long> tokens = DocumentTokens.Of(Document with { Json = json });
        Assert.Equal(3, tokens.Count);
        Assert.Contains(Token(new MemberValue("name", "Ava 😀")), tokens);
        Assert.Contains(Token(new MemberValue("age", 36)), tokens);
        Assert.Contains(Token(new MemberValue("", "")), tokens);
    }

    [Fact]
    public void Tokens_differ_by_collection_name_kind_and_value()
    {
        long[] tokens =
        [
            Token(new MemberValue("a", "b")), Token(new MemberValue("ab", "")), Token(new MemberValue("", "ab")),
            Token(new MemberValue("a", "B")), Token(new MemberValue("a", 1)), Token(new MemberValue("a", "1")),
            Token(new MemberValue("a", "\u0001\0\0\0\0\0\0\0")), Token(
                new MemberValue("a", -1)), Token(new MemberValue("a", "b"), "other"), Token(new MemberValue("a", "b"), tenant: "other"),
        ];
        Assert.Equal(tokens.Length, tokens.Distinct().Count());
    }

    private static long Token(MemberValue value, string collection = "things", string tenant = "org") =>
        Assert.Single(DocumentTokens.Of(new DocumentSelection(tenant, collection, null, [value])));

    private static StoredDocument New(string tenant, string collection, string id, DocumentVersion version, string json) =>
        new(new DocumentKey(tenant, collection, id), version, Encoding.UTF8.GetBytes(json));
}
