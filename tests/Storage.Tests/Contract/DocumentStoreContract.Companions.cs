namespace Layers.PatchGen.Storage.Tests.Contract;

public abstract partial class DocumentStoreContract
{
    [StoreFact]
    public async Task Companions_are_inserted_with_the_change()
    {
        StoredDocument before = await Insert("a", """{"n":1}""");
        var seen = new List<(StoredDocument, StoredDocument)>();
        TransformResult result = await Store.TransformAsync(
            DocumentSelection.Of(Key("a")),
            [before.Version],
            seen,
            (_, document) => Increment(document),
            (calls, old, next) =>
            {
                calls.Add((old, next));
                return [Companion("1", """{"of":"a"}"""), Companion("2", """ {"of" : "a"} """)];
            });
        Assert.Equal(TransformStatus.Changed, result.Status);
        Same(before, seen[^1].Item1);
        Same(result.Document, seen[^1].Item2);
        await Same(result.Document, Store.LoadAsync(Key("a")));
        Assert.Equal(["1", "2"], result.Companions.Select(one => one.Key.Id));
        foreach ((StoredDocument companion, string json) in result.Companions.Zip([ """{"of":"a"}""", """ {"of" : "a"} """]))
        {
            Assert.Equal((1, json), (companion.Version.Number, Text(companion)));
            await Same(companion, Store.LoadAsync(companion.Key));
        }

        // They are documents like others: found by members, changed, deleted.
        DocumentSelection both = new("org", "events", null, [new MemberValue("of", "a")]);
        Assert.Equal(["1", "2"], await Ids(both));
        Assert.Equal(
            TransformStatus.Changed, (await Set(DocumentSelection.Of(result.Companions[0].Key), """{"of":"b"}""")).Status);
        Assert.True(await Store.DeleteAsync(result.Companions[1].Key));
        Assert.Empty(await Ids(both));
    }

    [StoreFact]
    public async Task There_are_no_companions_without_a_change()
    {
        StoredDocument document = await Insert("a", """{"project":"p"}""");
        await Insert("b", """{"project":"p"}""");
        foreach ((DocumentSelection selection, DocumentVersion[]? versions, TransformStatus status) in
            new (DocumentSelection, DocumentVersion[]?, TransformStatus)[]
            {
                (DocumentSelection.Of(Key("a")), null, TransformStatus.Unchanged),
                (DocumentSelection.Of(Key("c")), null, TransformStatus.NotFound),
                (DocumentSelection.Of(Key("a")), [document.Version.Next()], TransformStatus.VersionMismatch),
                (Where(new MemberValue("project", "p")), null, TransformStatus.Ambiguous),
            })
        {
            TransformResult result = await Store.TransformAsync<object?>(
                selection, versions, null, (_, _) => null, (_, _, _) => throw new InvalidOperationException("It ran."));
            Assert.Equal(status, result.Status);
            Assert.Empty(result.Companions);
        }
    }

    [StoreFact]
    public async Task When_a_companion_cannot_be_inserted_nothing_is_changed()
    {
        StoredDocument before = await Insert("a", """{"n":1}""");
        StoredDocument used = await Insert(new DocumentKey("org", "events", "used"), """{"n":1}""");
        foreach (NewDocument[] companions in new NewDocument[][]
        {
            [Companion("used")],
            [Companion("1"), Companion("used"), Companion("2")],
            [Companion("1"), Companion("1")],
            [Companion("1"), new NewDocument(Key("a"), Json("{}"))],
            [Companion("1"), Companion("2", "[]")],
            [Companion("1"), Companion("2", "")],
            [Companion("1"), new NewDocument(new DocumentKey("other", "events", "2"), Json("{}"))],
            [Companion("1"), Companion("\0")],
            [Companion("1"), Companion(new string('x', DocumentKey.MaxPartLength + 1))],
        })
        {
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await Change(companions));
            await Same(before, Store.LoadAsync(Key("a")));
            Assert.Equal(["used"], await Ids(new DocumentSelection("org", "events", null, [])));
        }

        await Same(used, Store.LoadAsync(used.Key));
        Assert.Equal(TransformStatus.Changed, (await Change([Companion("1"), Companion("2")])).Status);

        async Task<TransformResult> Change(NewDocument[] companions) => await Store.TransformAsync(
            DocumentSelection.Of(Key("a")), null, companions, (_, document) => Increment(document), (given, _, _) => given);
    }

    [StoreFact]
    public async Task A_companion_that_is_too_large_changes_nothing()
    {
        if (MaxDocumentBytes is not { } max)
        {
            return;
        }

        StoredDocument before = await Insert("a", """{"n":1}""");
        byte[] tooLarge = new byte[max + 1]; // never accessed, so it needs no memory
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.TransformAsync(
            DocumentSelection.Of(Key("a")),
            null,
            tooLarge,
            (_, document) => Increment(document),
            (json, _, _) => [Companion("1"), new NewDocument(new DocumentKey("org", "events", "2"), json)]));
        await Same(before, Store.LoadAsync(Key("a")));
        Assert.Empty(await Ids(new DocumentSelection("org", "events", null, [])));
    }

    [StoreFact]
    public async Task An_exception_of_companions_reaches_the_caller_and_nothing_changes()
    {
        StoredDocument before = await Insert("a", """{"n":1}""");
        var thrown = new TimeoutException("mine");
        Assert.Same(thrown, await Record.ExceptionAsync(async () => await Store.TransformAsync(
            DocumentSelection.Of(Key("a")), null, thrown, (_, document) => Increment(document), (exception, _, _) => throw exception)));
        await Same(before, Store.LoadAsync(Key("a")));
    }

    [StoreFact]
    public async Task Concurrent_changes_have_exactly_their_companions()
    {
        const int Documents = 4;
        for (int i = 0; i < Documents; i++)
        {
            await Insert($"{i}", """{"n":0}""");
        }

        // A third fails, so that engines that group writes have both kinds in a group.
        int failed = 0;
        await InParallel(240, 16, async i =>
        {
            try
            {
                await Store.TransformAsync(
                    DocumentSelection.Of(Key($"{i % Documents}")),
                    null,
                    i,
                    (_, document) => Increment(document),
                    (n, _, after) => n % 3 == 0
                        ? [Companion($"{after.Version}"), Companion($"{after.Version}")]
                        : [Companion($"{after.Version}", $$"""{"of":"{{after.Key.Id}}"}"""), Companion($"{after.Version} again")]);
            }
            catch (InvalidOperationException) when (i % 3 == 0)
            {
                Interlocked.Increment(ref failed);
            }
        });

        Assert.Equal(80, failed);
        var events = new DocumentSelection("org", "events", null, []);
        Assert.Equal(320, (await Ids(events)).Length);
        long changes = 0;
        for (int i = 0; i < Documents; i++)
        {
            StoredDocument document = (await Store.LoadAsync(Key($"{i}")))!;
            string[] own = await Ids(events with { Equal = [new MemberValue("of", document.Key.Id)] });
            Assert.Equal(document.Version.Number - 1, own.Length);
            Assert.Contains($"{document.Version}", own);
            changes += own.Length;
        }

        Assert.Equal(160, changes);
    }

    [StoreFact]
    public async Task Of_two_changes_with_one_key_for_their_companions_one_is_made()
    {
        await Insert("a", """{"n":0}""");
        await Insert("b", """{"n":0}""");
        for (int round = 0; round < 20; round++)
        {
            int made = 0;
            await InParallel(2, 2, async i =>
            {
                try
                {
                    await Store.TransformAsync(
                        DocumentSelection.Of(Key(i == 0 ? "a" : "b")),
                        null,
                        $"{round}",
                        (_, document) => Increment(document),
                        (id, _, _) => [Companion(id)]);
                    Interlocked.Increment(ref made);
                }
                catch (InvalidOperationException)
                {
                }
            });
            Assert.Equal(1, made);
        }

        Assert.Equal(
            22, (await Store.LoadAsync(Key("a")))!.Version.Number + (await Store.LoadAsync(Key("b")))!.Version.Number);
    }

    private static NewDocument Companion(string id, string json = "{}") => new(new DocumentKey("org", "events", id), Json(json));
}
