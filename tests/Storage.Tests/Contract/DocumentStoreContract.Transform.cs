namespace Layers.PatchGen.Storage.Tests.Contract;

public abstract partial class DocumentStoreContract
{
    [StoreFact]
    public async Task A_transform_gets_the_document_and_the_state_and_its_result_is_saved()
    {
        StoredDocument before = await Insert("a", """{"n":1}""");
        var state = new List<StoredDocument>();
        TransformResult result = await Store.TransformAsync(DocumentSelection.Of(Key("a")), null, state, (seen, document) =>
        {
            seen.Add(document);
            return Json("""{"n":2}""");
        });

        Same(before, state[^1]);
        Assert.Equal(TransformStatus.Changed, result.Status);
        Follows(before.Version, result.Document.Version);
        Same(before with { Version = result.Document.Version, Json = Json("""{"n":2}""") }, result.Document);
        await Same(result.Document, Store.LoadAsync(Key("a")));
    }

    [StoreFact]
    public async Task Each_change_counts_one_even_when_the_bytes_are_the_same()
    {
        DocumentVersion version = (await Insert("a", "{}")).Version;
        for (int i = 0; i < 10; i++)
        {
            TransformResult result = await Set(DocumentSelection.Of(Key("a")), "{}");
            Follows(version, result.Document.Version);
            version = result.Document.Version;
        }

        Assert.Equal(version, (await Store.LoadAsync(Key("a")))!.Version);
    }

    [StoreFact]
    public async Task A_transform_can_leave_the_document_unchanged()
    {
        StoredDocument before = await Insert("a", """{"n":1}""");
        TransformResult result =
            await Store.TransformAsync<object?>(DocumentSelection.Of(Key("a")), [before.Version], null, (_, _) => null);
        Assert.Equal(TransformStatus.Unchanged, result.Status);
        Same(before, result.Document);
        await Same(before, Store.LoadAsync(Key("a")));
    }

    [StoreFact]
    public async Task A_missing_document_is_not_transformed()
    {
        await Insert("a", """{"project":"p"}""");
        foreach (DocumentSelection selection in new[]
        {
            DocumentSelection.Of(Key("b")),
            Where(new MemberValue("project", "q")),
            new DocumentSelection("org", "things", "a", [new MemberValue("project", "q")]),
        })
        {
            TransformResult result = await NotRun(selection, null);
            Assert.Equal(TransformStatus.NotFound, result.Status);
            Assert.Empty(result.Documents);
            Assert.Throws<InvalidOperationException>(() => result.Document);
        }
    }

    [StoreFact]
    public async Task An_unexpected_version_is_a_mismatch()
    {
        DocumentVersion first = (await Insert("a", """{"n":1}""")).Version;
        StoredDocument now = (await Set(DocumentSelection.Of(Key("a")), """{"n":2}""", first)).Document;

        foreach (DocumentVersion[] versions in new DocumentVersion[][]
        {
            [first],
            [],
            [
                first,
                now.Version.Next(),
                now.Version with { Random = now.Version.Random ^ 1 },
                now.Version with { Number = now.Version.Number + 1 },
            ],
        })
        {
            TransformResult result = await NotRun(DocumentSelection.Of(Key("a")), versions);
            Assert.Equal(TransformStatus.VersionMismatch, result.Status);
            Same(now, result.Document);
        }

        await Same(now, Store.LoadAsync(Key("a")));
        Assert.Equal(TransformStatus.Changed, (await Set(DocumentSelection.Of(Key("a")), """{"n":3}""", first, now.Version)).Status);
    }

    [StoreFact]
    public async Task More_than_one_match_is_ambiguous_whatever_the_version()
    {
        StoredDocument b = await Insert("b", """{"project":"p","name":"b"}""");
        StoredDocument a = await Insert("a", """{"project":"p","name":"a"}""");
        await Insert("c", """{"project":"q"}""");

        foreach (DocumentVersion[]? versions in new DocumentVersion[]?[] { null, [a.Version], [] })
        {
            TransformResult result = await NotRun(Where(new MemberValue("project", "p")), versions);
            Assert.Equal(TransformStatus.Ambiguous, result.Status);
            Assert.Equal(2, result.Documents.Count);
            Same(a, result.Documents[0]);
            Same(b, result.Documents[1]);
        }

        Assert.Equal(TransformStatus.Ambiguous, (await NotRun(Where(), null)).Status);
        await Same(a, Store.LoadAsync(Key("a")));
        await Same(b, Store.LoadAsync(Key("b")));
    }

    [StoreFact]
    public async Task The_first_hundred_candidates_are_listed()
    {
        string[] ids = [.. Enumerable.Range(0, 120).Select(i => $"{i * 7 % 120:d3}")];
        foreach (string id in ids)
        {
            await Insert(id, """{"project":"p"}""");
        }

        TransformResult result = await NotRun(Where(new MemberValue("project", "p")), null);
        Assert.Equal(TransformStatus.Ambiguous, result.Status);
        Assert.Equal(
            ids.Order(StringComparer.Ordinal).Take(TransformResult.MaxCandidates), result.Documents.Select(document => document.Key.Id));
    }

    [StoreFact]
    public async Task An_exception_of_a_transform_reaches_the_caller_and_nothing_changes()
    {
        StoredDocument before = await Insert("a", """{"n":1}""");
        foreach (Exception thrown in new Exception[]
        {
            new InvalidOperationException("mine"),
            new OperationCanceledException("mine"),
            new StoreUnavailableException(StoreFault.Full, "mine"),
            new TimeoutException("mine"),
        })
        {
            Exception? caught = await Record.ExceptionAsync(
                async () => await Store.TransformAsync(DocumentSelection.Of(Key("a")), null, thrown, (exception, _) => throw exception));
            Assert.Same(thrown, caught);
            await Same(before, Store.LoadAsync(Key("a")));
        }

        Assert.Equal(TransformStatus.Changed, (await Set(DocumentSelection.Of(Key("a")), """{"n":2}""", before.Version)).Status);
    }

    [StoreFact]
    public async Task A_transform_that_throws_does_not_affect_others()
    {
        for (int i = 0; i < 8; i++)
        {
            await Insert($"{i}", """{"n":0}""");
        }

        // All run concurrently, so that engines that group writes have both kinds in a group.
        await InParallel(400, 32, async i =>
        {
            Task<TransformResult> task = Store.TransformAsync(DocumentSelection.Of(Key($"{i % 8}")), null, i % 2, (odd, document) =>
                odd == 1 ? throw new InvalidOperationException("odd") : Increment(document)).AsTask();
            if (i % 2 == 1)
            {
                await Assert.ThrowsAsync<InvalidOperationException>(() => task);
            }
            else
            {
                Assert.Equal(TransformStatus.Changed, (await task).Status);
            }
        });

        for (int i = 0; i < 8; i++)
        {
            StoredDocument document = (await Store.LoadAsync(Key($"{i}")))!;
            int expected = i % 2 == 1 ? 0 : 50;
            Assert.Equal($$"""{"n":{{expected}}}""", Text(document));
            Assert.Equal(expected + 1, document.Version.Number);
        }
    }

    [StoreFact]
    public async Task A_cancelled_call_changes_nothing()
    {
        StoredDocument before = await Insert("a", """{"n":1}""");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.LoadAsync(Key("a"), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.FindAsync(Where(), 1, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Store.FindAsync(Where(new MemberValue("n", 1)), 1, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.InsertAsync(Key("b"), Json("{}"), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.DeleteAsync(Key("a"), cancelled.Token));
        bool ran = false;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () =>
                await Store.TransformAsync<object?>(
                    DocumentSelection.Of(Key("a")),
                    null,
                    null,
                    (_, _) => { ran = true; return Json("{}"); },
                    cancellationToken: cancelled.Token));

        Assert.False(ran);
        await Same(before, Store.LoadAsync(Key("a")));
        Assert.Null(await Store.LoadAsync(Key("b")));
    }

    [StoreFact]
    public async Task Cancellation_is_all_or_nothing_and_the_transform_does_not_run_later()
    {
        await Insert("a", """{"n":0}""");
        int acknowledged = 0, given = 0;
        await InParallel(300, 32, async i =>
        {
            using var source = new CancellationTokenSource();
            var call = new Call();
            Task<TransformResult> task = Store.TransformAsync(DocumentSelection.Of(Key("a")), null, call, (mine, document) =>
            {
                Assert.False(mine.Over);
                return Increment(document);
            }, cancellationToken: source.Token).AsTask();
            if (i % 3 != 0)
            {
                await source.CancelAsync();
            }

            try
            {
                await task;
                Interlocked.Increment(ref acknowledged);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref given);
            }

            call.Over = true;
        });

        StoredDocument document = (await Store.LoadAsync(Key("a")))!;
        long changes = document.Version.Number - 1;
        Assert.Equal($$"""{"n":{{changes}}}""", Text(document));
        Assert.InRange(changes, acknowledged, acknowledged + given);
        Assert.True(acknowledged >= 100, "A call that was not cancelled was not acknowledged.");
    }

    [StoreFact]
    public async Task Null_is_rejected()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Store.FindAsync(null!, 1));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Store.TransformAsync<int>(null!, null, 0, (_, _) => null));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Store.TransformAsync(Where(), null, 0, null!));
    }

    private async Task<TransformResult> NotRun(DocumentSelection selection, IReadOnlyCollection<DocumentVersion>? ifVersions)
    {
        bool ran = false;
        TransformResult result = await Store.TransformAsync<object?>(selection, ifVersions, null, (_, _) =>
        {
            ran = true;
            return Json("{}");
        });
        Assert.False(ran, "The transform ran.");
        return result;
    }

    private static ReadOnlyMemory<byte>? Increment(StoredDocument document)
    {
        using var parsed = System.Text.Json.JsonDocument.Parse(document.Json);
        return Json($$"""{"n":{{parsed.RootElement.GetProperty("n").GetInt32() + 1}}}""");
    }

    private sealed class Call
    {
        public volatile bool Over;
    }
}
