using System.Diagnostics;
using Layers.PatchGen.Storage.LiteDb;
using Layers.PatchGen.Storage.Sqlite;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>Databases that lack acknowledged commits are not opened and not changed, unless a restore is accepted.</summary>
public sealed class IncompleteTests : IDisposable
{
    private readonly TemporaryFolder _live = new();
    private readonly TemporaryFolder _backup = new();

    public static TheoryData<string> Engines => ["sqlite", "litedb"];

    public void Dispose()
    {
        _live.Delete();
        _backup.Delete();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_older_backup_is_opened_only_with_AcceptRestore(string engine)
    {
        await WithStoreAsync(engine, async store => await InsertAsync(store, "first"));
        Copy(_live, _backup);
        await WithStoreAsync(engine, async store => await InsertAsync(store, "lost"));
        byte[] newer = await File.ReadAllBytesAsync(_live[Database(engine)]);
        PutBack(Database(engine));

        StoreUnavailableException exception = await RejectsAsync(engine);
        Assert.Contains("ends at commit 1, but commit 2 was acknowledged", exception.Message, StringComparison.Ordinal);
        Assert.Contains(_live[Database(engine)], exception.Message, StringComparison.Ordinal);

        // After it was accepted once, it opens normally.
        FileDocumentStore accepted = await OpenAsync(engine, accept: true);
        Assert.Contains("ends at commit 1, but commit 2 was acknowledged", accepted.AcceptedRestore, StringComparison.Ordinal);
        await InsertAsync(accepted, "instead");
        await CloseAsync(accepted);
        await WithStoreAsync(engine, async store =>
        {
            Assert.NotNull(await LoadAsync(store, "first"));
            Assert.NotNull(await LoadAsync(store, "instead"));
            Assert.Null(await LoadAsync(store, "lost"));
            Assert.Equal(2, await Program.VerifyAsync(store));
        });

        // The old database has the same number of commits, but another history.
        await File.WriteAllBytesAsync(_live[Database(engine)], newer);
        Assert.Contains("do not belong together", (await RejectsAsync(engine)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_database_without_its_mark_is_opened_only_with_AcceptRestore(string engine)
    {
        await WithStoreAsync(engine, async store => await InsertAsync(store, "first"));
        File.Delete(_live[Database(engine) + "-mark"]);
        Assert.Contains("-mark is missing", (await RejectsAsync(engine)).Message, StringComparison.Ordinal);
        FileDocumentStore accepted = await OpenAsync(engine, accept: true);
        Assert.Contains("-mark is missing", accepted.AcceptedRestore, StringComparison.Ordinal);
        await CloseAsync(accepted);
        await WithStoreAsync(engine, async store => Assert.NotNull(await LoadAsync(store, "first")));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_mark_of_another_database_is_not_accepted(string engine)
    {
        await WithStoreAsync(engine, async store => await InsertAsync(store, "another"));
        Copy(_live, _backup);
        Directory.Delete(_live.Path, recursive: true);
        await WithStoreAsync(engine, async store => await InsertAsync(store, "first"));
        PutBack(Database(engine) + "-mark");
        Assert.Contains("do not belong together", (await RejectsAsync(engine)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_missing_database_with_a_mark_is_not_recreated(string engine)
    {
        await WithStoreAsync(engine, async store => await InsertAsync(store, "first"));
        File.Delete(_live[Database(engine)]);
        foreach (bool accept in (bool[])[false, true])
        {
            StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => OpenAsync(engine, accept));
            Assert.Equal(StoreFault.Damaged, exception.Fault);
            Assert.Contains("is missing", exception.Message, StringComparison.Ordinal);
        }

        File.Delete(_live[Database(engine) + "-mark"]);
        await WithStoreAsync(engine, async store => Assert.Null(await LoadAsync(store, "first")));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task AcceptRestore_has_no_effect_on_a_complete_database(string engine)
    {
        await WithStoreAsync(engine, async store => await InsertAsync(store, "first"));
        FileDocumentStore store = await OpenAsync(engine, accept: true);
        Assert.Null(store.AcceptedRestore);
        await InsertAsync(store, "second");
        await CloseAsync(store);
        await WithStoreAsync(engine, async store => Assert.Equal(2, await Program.VerifyAsync(store)));
    }

    /// <summary>The log can still be restored or inspected.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_database_that_is_not_opened_is_not_changed(string engine)
    {
        await KillAsync(engine);
        string log = _live[Database(engine) + (engine == "sqlite" ? "-wal" : "-safelog")];
        byte[] whole = await File.ReadAllBytesAsync(log);
        byte[] damaged = [.. whole];

        // More is missing than the unacknowledged commit in progress.
        int used = damaged.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        damaged.AsSpan(used * 3 / 4).Clear();
        await File.WriteAllBytesAsync(log, damaged);
        Dictionary<string, byte[]> before = Files();
        for (int i = 0; i < 3; i++)
        {
            Assert.Contains("but commit", (await RejectsAsync(engine)).Message, StringComparison.Ordinal);
            Assert.Equal(before, Files());
        }

        await File.WriteAllBytesAsync(log, whole);
        await WithStoreAsync(engine, async store => Assert.InRange(await Program.VerifyAsync(store), 1, Program.Documents));

        Dictionary<string, byte[]> Files() =>
            Directory.GetFiles(
                _live.Path).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)).ToDictionary(file => file, File.ReadAllBytes);
    }

    /// <summary>A log with a damaged page can be accepted as well, up to that page.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_damaged_log_is_accepted_up_to_the_damage(string engine)
    {
        await KillAsync(engine);
        string log = _live[Database(engine) + (engine == "sqlite" ? "-wal" : "-safelog")];
        byte[] content = await File.ReadAllBytesAsync(log);
        content[content.AsSpan().LastIndexOfAnyExcept((byte)0) / 2] ^= 1;
        await File.WriteAllBytesAsync(log, content);
        StoreUnavailableException exception =
            await Assert.ThrowsAsync<StoreUnavailableException>(() => OpenAsync(engine, accept: false));
        Assert.True(exception.Fault is StoreFault.Incomplete or StoreFault.Damaged);
        FileDocumentStore store = await OpenAsync(engine, accept: true);
        Assert.Contains("but commit", store.AcceptedRestore, StringComparison.Ordinal);
        await CloseAsync(store);
        await WithStoreAsync(engine, async store => Assert.InRange(await Program.VerifyAsync(store), 1, Program.Documents));
    }

    /// <summary>SQLite finds no problem with such a database, but it has fewer documents.</summary>
    [Fact]
    public async Task Verify_detects_missing_documents()
    {
        await WithStoreAsync("sqlite", async store =>
        {
            await InsertAsync(store, "first");
            await InsertAsync(store, "second");
            Assert.True(await store.DeleteAsync(Key("second")));
            Assert.False(await store.DeleteAsync(Key("second")));
            await InsertAsync(store, "third");
            Assert.Equal(2, await Program.VerifyAsync(store));
        });
        Sqlite.SqliteTest.Raw(_live["documents.sqlite"], "DELETE FROM documents WHERE id = 'third'");
        await WithStoreAsync("sqlite", async store =>
        {
            StoreUnavailableException damaged =
                await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Program.VerifyAsync(store));
            Assert.Equal(StoreFault.Damaged, damaged.Fault);
            Assert.Contains("1 documents were found in it, and it should have 2", damaged.Message, StringComparison.Ordinal);
        });
    }

    private async Task KillAsync(string engine)
    {
        using Process process = ChildProcess.Start("load", engine, _live.Path);
        for (int line = 0; line < 100; line++)
        {
            await process.StandardOutput.ReadLineAsync();
        }

        process.Kill();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
    }

    private async Task<StoreUnavailableException> RejectsAsync(string engine)
    {
        StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => OpenAsync(engine, accept: false));
        Assert.True(exception.Fault == StoreFault.Incomplete, exception.ToString());
        Assert.EndsWith("Nothing was changed.", exception.Message, StringComparison.Ordinal);
        return exception;
    }

    private async Task<FileDocumentStore> OpenAsync(string engine, bool accept) => engine == "sqlite"
        ? await SqliteDocumentStore.OpenAsync(new SqliteStoreOptions { Path = _live.Path, AcceptRestore = accept })
        : await LiteDbDocumentStore.OpenAsync(new LiteDbStoreOptions { Path = _live.Path, AcceptRestore = accept });

    private async Task WithStoreAsync(string engine, Func<IDocumentStore, Task> act)
    {
        FileDocumentStore store = await OpenAsync(engine, accept: false);
        await using (((IAsyncDisposable)store).ConfigureAwait(false))
        {
            await act(store);
        }
    }

    private void PutBack(string file) => File.Copy(_backup[file], _live[file], overwrite: true);

    private static void Copy(TemporaryFolder from, TemporaryFolder to)
    {
        foreach (string file in Directory.GetFiles(from.Path))
        {
            File.Copy(file, to[Path.GetFileName(file)]);
        }
    }

    private static string Database(string engine) => $"documents.{engine}";

    private static DocumentKey Key(string id) => new("org", "things", id);

    private static async Task InsertAsync(IDocumentStore store, string id) =>
        Assert.NotNull(await store.InsertAsync(Key(id), "{}"u8.ToArray()));

    private static ValueTask<StoredDocument?> LoadAsync(IDocumentStore store, string id) => store.LoadAsync(Key(id));

    private static ValueTask CloseAsync(IDocumentStore store) => ((IAsyncDisposable)store).DisposeAsync();
}
