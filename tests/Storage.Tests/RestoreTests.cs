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
    public async Task No_version_recurs_after_the_files_of_a_backup_were_restored(string engine)
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
        var versions = new HashSet<string>();
        await WithStoreAsync(async store =>
        {
            await InsertAsync(store, "changed", versions);
            await InsertAsync(store, "deleted", versions);
            await ChangeAsync(store, "changed", "backed up", versions);
        });
        await backUp();

        DocumentVersion lost = default;
        await WithStoreAsync(async store =>
        {
            lost = await ChangeAsync(store, "changed", "lost", versions);
            await ChangeAsync(store, "deleted", "lost", versions);
            await store.DeleteAsync(Key("deleted"));
            await InsertAsync(store, "inserted", versions);
        });
        await restore();

        await WithStoreAsync(async store =>
        {
            DocumentVersion now = await ChangeAsync(store, "changed", "restored", versions);
            await ChangeAsync(store, "deleted", "restored", versions);
            await InsertAsync(store, "inserted", versions);

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

    private static async Task InsertAsync(IDocumentStore store, string id, HashSet<string> versions)
    {
        StoredDocument? document = await store.InsertAsync(Key(id), Json("new", 0));
        Assert.NotNull(document);
        Assert.True(versions.Add(document.Version.ToString()), $"{document.Version} of {id} occurred before.");
    }

    private static async Task<DocumentVersion> ChangeAsync(IDocumentStore store, string id, string name, HashSet<string> versions)
    {
        DocumentVersion last = default;
        for (int n = 1; n <= Changes; n++)
        {
            TransformResult changed = await store.TransformAsync(
                DocumentSelection.Of(Key(id)), null, (name, n), static (to, _) => Json(to.name, to.n));
            last = changed.Document.Version;
            Assert.True(versions.Add(last.ToString()), $"{last} of {id} occurred before.");
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
