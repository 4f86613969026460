using System.Globalization;
using System.Text.Json;

namespace Layers.PatchGen.Storage.Tests.Contract;

public abstract partial class DocumentStoreContract
{
    /// <summary>Strings that some engine treats as equal with some settings.</summary>
    private static readonly string[] LookAlikes =
    [
        "", " ", "a", "A", "a ", " a", "a\t", "a\n", "orgA", "ORGA", "orga", "i", "I", "ı", "İ", "i\u0307",
        "ss", "ß", "ẞ", "é", "e\u0301", "K", "\u212A",
        "a/b", "a\\b", "a'b", "a\"b", "a%", "a_", "a*", "a?", "a;--", "1", "01", "1.0", "null", "true",
        "\u0001", "\u007F", "\uFEFFa", "a\u200B",
        "\uFFFD", "\uE000", "😀", "\U0010FFFF", "ａ", "Ａ", "à", "日本",
    ];

    public static TheoryData<string> Cultures => ["", "tr-TR", "de-DE", "sv-SE"];

    [StoreTheory]
    [MemberData(nameof(Cultures))]
    public async Task Keys_are_exact_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            for (int i = 0; i < LookAlikes.Length; i++)
            {
                string text = LookAlikes[i];
                await Insert(new DocumentKey(text, "things", "x"), $$"""{"part":"tenant","i":{{i}}}""");
                await Insert(new DocumentKey("org", text + "c", "x"), $$"""{"part":"collection","i":{{i}}}""");
                await Insert(new DocumentKey("org", "things", text), $$"""{"part":"id","i":{{i}}}""");
            }

            for (int i = 0; i < LookAlikes.Length; i++)
            {
                string text = LookAlikes[i];
                await Is(i, "tenant", new DocumentKey(text, "things", "x"));
                await Is(i, "collection", new DocumentKey("org", text + "c", "x"));
                await Is(i, "id", new DocumentKey("org", "things", text));
                Assert.Equal([text], await Ids(Where(new MemberValue("i", i))));
                Assert.Single(await Store.FindAsync(new DocumentSelection(text, "things", null, []), 10));
            }

            Assert.Equal(LookAlikes.Length, (await Store.FindAsync(Where(), 1000)).Count);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        async Task Is(int i, string part, DocumentKey key)
        {
            StoredDocument? document = await Store.LoadAsync(key);
            Assert.Equal($$"""{"part":"{{part}}","i":{{i}}}""", Text(document!));
            Assert.Equal(key, document!.Key);
        }
    }

    [StoreFact]
    public async Task Nothing_is_stored_or_found_under_an_invalid_key()
    {
        await Insert("a", """{"m":1}""");
        await Insert("\uFFFD", """{"m":1}""");
        await Insert("", """{"m":1}""");
        foreach (string text in new[] { "a\0", "\0", "\uD800", "a\uDC00b", "\uDC00\uD800", new string('a', 257) })
        {
            foreach (DocumentKey key in new DocumentKey[] { new(text, "things", "a"), new("org", text, "a"), new("org", "things", text) })
            {
                Assert.False(key.IsValid);
                await Assert.ThrowsAsync<ArgumentException>(async () => await Store.InsertAsync(key, Json("{}")));
                Assert.Null(await Store.LoadAsync(key));
                Assert.False(await Store.DeleteAsync(key));
                Assert.Empty(await Store.FindAsync(DocumentSelection.Of(key), 10));
                Assert.Equal(TransformStatus.NotFound, (await Set(DocumentSelection.Of(key), "{}")).Status);
            }

            Assert.Empty(await Store.FindAsync(new DocumentSelection(text, "things", null, [new MemberValue("m", 1)]), 10));
            Assert.Empty(await Store.FindAsync(new DocumentSelection("org", text, null, []), 10));
        }

        Assert.Equal(3, (await Store.FindAsync(Where(), 10)).Count);
    }

    [StoreFact]
    public async Task The_longest_keys_are_stored()
    {
        string part = new('日', DocumentKey.MaxPartLength);
        var key = new DocumentKey(part, part, part);
        StoredDocument document = await Insert(key, """{"m":"v"}""");
        await Same(document, Store.LoadAsync(key));
        Same(document, Assert.Single(await Store.FindAsync(new DocumentSelection(part, part, null, [new MemberValue("m", "v")]), 2)));
    }

    /// <summary>
    /// Random calls, compared with a simple model. There are few and similar keys, so that tenants and collections collide often.
    /// </summary>
    [StoreFact]
    public async Task Every_result_equals_that_of_a_simple_model()
    {
        int seed = Size("STORE_SEED", Environment.TickCount);
        int steps = Size("STORE_STEPS", 1500);
        var random = new Random(seed);
        var model = new Dictionary<DocumentKey, StoredDocument>();
        string[] values = ["", "a", "A", "1", "ı", "😀"];
        for (int step = 0; step < steps; step++)
        {
            var key = new DocumentKey(Part(3), Part(2), Part(4));
            string json = random.Next(3) switch
            {
                0 => $$"""{"m":{{JsonSerializer.Serialize(Pick(values))}},"n":{{random.Next(3)}}}""",
                1 => $$"""{"n":{{random.Next(3)}}.0,"m":{{random.Next(2)}}}""",
                _ => $$"""{"x":{"m":"a"},"n":{{random.Next(3)}}}""",
            };
            try
            {
                await Step(key, json);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"STORE_SEED={seed} STORE_STEPS={steps}: step {step}, key {JsonSerializer.Serialize(key)}", exception);
            }
        }

        foreach (StoredDocument document in model.Values)
        {
            await Same(document, Store.LoadAsync(document.Key));
        }

        string Part(int kinds) => LookAlikes[3 + random.Next(kinds)];

        string Pick(string[] from) => from[random.Next(from.Length)];

        async Task Step(DocumentKey key, string json)
        {
            MemberValue[] equal = random.Next(4) switch
            {
                0 => [],
                1 => [new MemberValue("m", Pick(values))],
                2 => [new MemberValue("n", random.Next(3))],
                _ => [new MemberValue("m", Pick(values)), new MemberValue("n", random.Next(3))],
            };
            var selection = new DocumentSelection(key.Tenant, key.Collection, random.Next(3) == 0 ? key.Id : null, equal);
            StoredDocument[] matches =
            [
                .. model.Values
                    .Where(document => ModelMatches(selection, document))
                    .OrderBy(document => document.Key.Id, StringComparer.Ordinal),
            ];
            bool there = model.TryGetValue(key, out StoredDocument? known);
            switch (random.Next(10))
            {
                case 0 or 1:
                    StoredDocument? inserted = await Store.InsertAsync(key, Json(json));
                    Assert.Equal(!there, inserted is not null);
                    model[key] = inserted ?? known!;
                    break;
                case 2:
                    Assert.Equal(there, await Store.DeleteAsync(key));
                    model.Remove(key);
                    break;
                case 3:
                    if (there)
                    {
                        await Same(known!, Store.LoadAsync(key));
                    }
                    else
                    {
                        Assert.Null(await Store.LoadAsync(key));
                    }

                    break;
                case 4 or 5:
                    int limit = random.Next(1, 4);
                    Compare(matches.Take(limit), await Store.FindAsync(selection, limit));
                    break;
                default:
                    DocumentVersion[]? versions = random.Next(3) switch
                    {
                        0 => [.. matches.Select(document => document.Version)],
                        1 when there => [known!.Version],
                        _ => null,
                    };
                    TransformResult result = await Store.TransformAsync(
                        selection, versions, json, (text, _) => text[^2] == '1' ? (ReadOnlyMemory<byte>?)null : Json(text));
                    if (matches.Length == 1 && versions?.Contains(matches[0].Version) is not false && json[^2] != '1')
                    {
                        Assert.Equal(TransformStatus.Changed, result.Status);
                        Follows(matches[0].Version, result.Document.Version);
                        Same(matches[0] with { Version = result.Document.Version, Json = Json(json) }, result.Document);
                        model[matches[0].Key] = result.Document;
                        break;
                    }

                    Assert.Equal(
                        matches.Length switch
                        {
                            0 => TransformStatus.NotFound,
                            > 1 => TransformStatus.Ambiguous,
                            _ when versions?.Contains(matches[0].Version) is false => TransformStatus.VersionMismatch,
                            _ => TransformStatus.Unchanged,
                        },
                        result.Status);
                    Compare(matches, result.Documents);
                    break;
            }
        }
    }

    private static void Compare(IEnumerable<StoredDocument> expected, IReadOnlyList<StoredDocument> actual)
    {
        StoredDocument[] documents = [.. expected];
        Assert.Equal(documents.Length, actual.Count);
        for (int i = 0; i < documents.Length; i++)
        {
            Same(documents[i], actual[i]);
        }
    }

    private static bool ModelMatches(DocumentSelection selection, StoredDocument document)
    {
        using var parsed = JsonDocument.Parse(document.Json);
        return document.Key.Tenant == selection.Tenant
            && document.Key.Collection == selection.Collection
            && (selection.Id is null || document.Key.Id == selection.Id)
            && selection.Equal.All(value => parsed.RootElement.TryGetProperty(value.Member, out JsonElement member) && (value.Text is null
                ? member.ValueKind == JsonValueKind.Number && member.GetRawText() == value.Number.ToString(CultureInfo.InvariantCulture)
                : member.ValueKind == JsonValueKind.String && member.GetString() == value.Text));
    }
}
