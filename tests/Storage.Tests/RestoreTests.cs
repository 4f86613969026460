using System.Text;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>
/// After an older copy of a store is restored, no version that occurred before occurs again.
/// </summary>
public sealed class RestoreTests
{
    private const int Changes = 20;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("litedb")]
    public async Task No_version_recurs_after_the_files_of_a_backup_were_put_back(string engine)
    {
        TemporaryFolder live = new(), backup = new();
        try
        {
            await NoVersionRecursAsync(() => Program.OpenAsync(engine, live.Path), () => Copy(live, backup), () => Copy(backup, live));
        }
        finally
        {
            live.Delete();
            backup.Delete();
        }
    }

    /// <summary>
    /// Backs a store up, changes it, restores it and changes it again differently. The store is closed when it is copied.
    /// </summary>
    internal static async Task NoVersionRecursAsync(Func<Task<IDocumentStore>> open, Func<Task> backUp, Func<Task> restore)
    {
        var told = new HashSet<string>();
        await WithStoreAsync(async store =>
        {
            await InsertAsync(store, "changed", told);
            await InsertAsync(store, "deleted", told);
            await ChangeAsync(store, "changed", "backed up", told);
        });
        await backUp();

        DocumentVersion lost = default;
        await WithStoreAsync(async store =>
        {
            lost = await ChangeAsync(store, "changed", "lost", told);
            await ChangeAsync(store, "deleted", "lost", told);
            await store.DeleteAsync(Key("deleted"));
            await InsertAsync(store, "inserted", told);
        });
        await restore();

        await WithStoreAsync(async store =>
        {
            DocumentVersion now = await ChangeAsync(store, "changed", "restored", told);
            await ChangeAsync(store, "deleted", "restored", told);
            await InsertAsync(store, "inserted", told);

            // A lost version that a client still has: the same number of changes, but another version.
            Assert.Equal(lost.Number, now.Number);
            TransformResult overwrite =
                await store.TransformAsync(DocumentSelection.Of(Key("changed")), [lost], 0, static (_, _) => Json("overwritten", 0));
            Assert.Equal(TransformStatus.VersionMismatch, overwrite.Status);
        });

        async Task WithStoreAsync(Func<IDocumentStore, Task> act)
        {
            IDocumentStore store = await open();
            await using (store as IAsyncDisposable)
            {
                await act(store);
            }
        }
    }

    private static async Task InsertAsync(IDocumentStore store, string id, HashSet<string> told)
    {
        StoredDocument? document = await store.InsertAsync(Key(id), Json("new", 0));
        Assert.NotNull(document);
        Assert.True(told.Add(document.Version.ToString()), $"{document.Version} of {id} was told before.");
    }

    private static async Task<DocumentVersion> ChangeAsync(IDocumentStore store, string id, string name, HashSet<string> told)
    {
        DocumentVersion last = default;
        for (int n = 1; n <= Changes; n++)
        {
            TransformResult changed = await store.TransformAsync(
                DocumentSelection.Of(Key(id)), null, (name, n), static (to, _) => Json(to.name, to.n));
            last = changed.Document.Version;
            Assert.True(told.Add(last.ToString()), $"{last} of {id} was told before.");
        }

        return last;
    }

    private static DocumentKey Key(string id) => new("org", "things", id);

    private static byte[] Json(string name, int n) => Encoding.UTF8.GetBytes($$"""{"name":"{{name}}","n":{{n}}}""");

    private static Task Copy(TemporaryFolder from, TemporaryFolder to)
    {
        foreach (string file in Directory.GetFiles(to.Path))
        {
            File.Delete(file);
        }

        foreach (string file in Directory.GetFiles(from.Path))
        {
            File.Copy(file, to[Path.GetFileName(file)]);
        }

        return Task.CompletedTask;
    }
}
