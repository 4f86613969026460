using System.Diagnostics;
using Layers.PatchGen.Storage.Sqlite;

namespace Layers.PatchGen.Storage.Tests.Sqlite;

public sealed class SqliteFullDiskTests : SqliteTest
{
    private const int Removable = 10;

    [Fact]
    public async Task A_database_at_its_limit_rejects_writes_until_there_is_space()
    {
        SqliteDocumentStore store = await OpenAsync(options => options.MaxBytes = 200_000);
        await FillAndRecover(store, async () =>
        {
            for (int i = 0; i < Removable; i++)
            {
                Assert.True(await store.DeleteAsync(Key($"{i}")));
            }
        });
    }

    /// <summary>On a file system of 4 MB, which only root can create; other users run only the test with the limit.</summary>
    [Fact]
    public async Task A_full_disk_rejects_writes_until_there_is_space()
    {
        string disk = Path.Combine(Folder, "disk");
        Directory.CreateDirectory(disk);
        if (!OperatingSystem.IsLinux()
            || !Environment.IsPrivilegedProcess
            || await Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk) != 0)
        {
            Console.WriteLine("NOT RUN: needs permission to mount a tmpfs.");
            return;
        }

        try
        {
            string ballast = Path.Combine(disk, "ballast");
            await System.IO.File.WriteAllBytesAsync(ballast, new byte[2_500_000]);
            SqliteDocumentStore store = await OpenAsync(options => options.Path = disk);
            await FillAndRecover(store, () =>
            {
                System.IO.File.Delete(ballast);
                return Task.CompletedTask;
            });
            await store.DisposeAsync();
        }
        finally
        {
            Assert.Equal(0, await Run("umount", disk));
        }
    }

    [Fact]
    public async Task A_write_that_is_too_large_fails_alone()
    {
        SqliteDocumentStore store = await OpenAsync(options => options.MaxBytes = 400_000);
        await Insert(store, "a", "{}");

        // These queue while the writer is blocked, and become one group.
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        Task<TransformResult> held = store.TransformAsync<object?>(DocumentSelection.Of(Key("a")), null, null, (_, _) =>
        {
            entered.Set();
            go.Wait();
            return null;
        }).AsTask();
        entered.Wait();
        Task[] small = [.. Enumerable.Range(0, 10).Select(i => Insert(store, $"before {i}", "{}"))];
        Task<StoredDocument?> large = store.InsertAsync(Key("large"), Json($$"""{"pad":"{{new string('x', 1_000_000)}}"}""")).AsTask();
        Task<TransformResult> thrown =
            store.TransformAsync<object?>(DocumentSelection.Of(Key("a")), null, null, (_, _) => throw new TimeoutException()).AsTask();
        Task[] after = [.. Enumerable.Range(0, 10).Select(i => Set(store, "a", $$"""{"n":{{i}}}"""))];
        go.Set();

        await held;
        await Task.WhenAll([.. small, .. after]);
        await Fails(StoreFault.Full, () => large);
        await Assert.ThrowsAsync<TimeoutException>(() => thrown);
        Assert.Equal(11, (await store.FindAsync(Where(), 100)).Count);
        Assert.Equal(11, (await store.LoadAsync(Key("a")))!.Version.Number);
    }

    private static async Task FillAndRecover(SqliteDocumentStore store, Func<Task> makeRoom)
    {
        var acknowledged = new List<int>();
        int rejected = 0;
        for (int next = 0; rejected == 0; next += 8)
        {
            // Several at a time, so that groups fail too.
            Task<StoredDocument?>[] tasks =
                [.. Enumerable.Range(next, 8).Select(i => store.InsertAsync(Key($"{i}"), Json(Content(i))).AsTask())];
            for (int i = 0; i < tasks.Length; i++)
            {
                if (await Record.ExceptionAsync(() => tasks[i]) is not { } exception)
                {
                    acknowledged.Add(next + i);
                    continue;
                }

                Assert.Equal(StoreFault.Full, Assert.IsType<StoreUnavailableException>(exception).Fault);
                Assert.Null(await store.LoadAsync(Key($"{next + i}")));
                rejected++;
            }
        }

        // Reads continue, with or without an index; writes are still rejected and have no effect.
        Assert.True(acknowledged.Count > 10);
        StoreUnavailableException full = await Fails(StoreFault.Full, () => Insert(store, "more", Content(-1)));
        Assert.Contains("no space", full.Message, StringComparison.Ordinal);
        Assert.Null(await store.LoadAsync(Key("more")));
        Assert.Equal(acknowledged.Count, (await store.FindAsync(Where(), 10_000)).Count);
        Assert.Single(await store.FindAsync(Where(new MemberValue("n", 3)), 10));

        await makeRoom();
        for (int i = 10_000; i < 10_010; i++)
        {
            await Insert(store, $"{i}", Content(i));
            acknowledged.Add(i);
        }

        acknowledged.RemoveAll(i => i < Removable);
        foreach (int i in acknowledged)
        {
            Assert.Equal(Content(i), Text(await store.LoadAsync(Key($"{i}"))));
        }

        for (int i = 0; i < Removable; i++)
        {
            await store.DeleteAsync(Key($"{i}"));
        }

        Assert.Equal(acknowledged.Count, await store.VerifyAsync());
    }

    private static string Content(int i) => $$"""{"n":{{i}},"pad":"{{new string('x', 3000)}}"}""";

    private static async Task<int> Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(command, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
