using System.Diagnostics;
using System.Text;
using Layers.PatchGen.Storage.LiteDb;
using LiteDB;

namespace Layers.PatchGen.Storage.Tests.LiteDb;

public sealed class LiteDbTests : LiteDbTest
{
    [Fact]
    public async Task After_reopening_everything_is_found_and_it_is_an_ordinary_database()
    {
        LiteDbDocumentStore store = await OpenAsync();
        await Insert(store, "a", """{"name":"Ava","nested":{"n":[1,2.50,"x"]}}""");
        await Insert(store, "b", """{ "white": "space" }""");
        Assert.Single(await store.FindAsync(new DocumentSelection("org", "things", null, [new MemberValue("name", "Ava")]), 10));
        await store.DisposeAsync();

        store = await OpenAsync();
        Assert.Equal("""{"name":"Ava","nested":{"n":[1,2.50,"x"]}}""", await Load(store, "a"));
        Assert.Equal("""{ "white": "space" }""", await Load(store, "b"));
        Assert.Equal(2, await store.VerifyAsync());
        await store.DisposeAsync();

        using var database = new LiteDatabase(Database);
        BsonDocument document = database.GetCollection("documents").FindOne("$.i = 'a'");
        Assert.Equal("Ava", document["d"]["name"].AsString);
        Assert.Equal(2.50m, document["d"]["nested"]["n"][1].AsDecimal);
        Assert.Equal(0, database.CheckpointSize);
    }

    [Fact]
    public async Task A_document_of_nearly_15_MiB_is_stored_and_one_that_is_too_large_as_BSON_is_rejected()
    {
        LiteDbDocumentStore store = await OpenAsync();
        const int Max = 15 * 1024 * 1024;
        string largest = Sized(Max - 1000);
        await Insert(store, "a", largest);
        Assert.Equal(largest, await Load(store, "a"));

        // Within the limit as JSON, but not with its key and tokens.
        DocumentTooLargeException exception = await Assert.ThrowsAsync<DocumentTooLargeException>(() => Insert(store, "b", Sized(Max)));
        Assert.InRange(exception.Bytes, Max + 1, Max + 1000);
        Assert.Equal(Max, exception.MaxBytes);
        await Insert(store, "b", "{}");

        static string Sized(int bytes) => $$"""{"a":"{{new string('x', bytes - 8)}}"}""";
    }

    [Fact]
    public Task Killed_processes_lose_nothing_that_they_acknowledged() => ChildProcess.KillRounds(
        "litedb",
        Database,
        async () => await LiteDbDocumentStore.OpenAsync(new LiteDbStoreOptions { Path = Database }),
        Program.VerifyAsync);

    [Fact]
    public async Task Two_hundred_concurrent_requests_beside_permanent_readers_succeed_and_the_log_stays_small()
    {
        LiteDbDocumentStore store = await OpenAsync();
        for (int i = 0; i < 20; i++)
        {
            await Insert(store, $"{i}", "{}");
        }

        using var stop = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 8).Select(reader => Task.Run(async () =>
        {
            for (int i = reader; !stop.IsCancellationRequested; i++)
            {
                Assert.NotNull(await store.LoadAsync(Key($"{i % 20}")));
            }
        }))];
        long largest = 0;
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) <= 2000;)
            {
                byte[] json = Encoding.UTF8.GetBytes($$"""{"pad":"{{new string((char)('a' + (i % 26)), 20_000)}}"}""");
                Assert.Equal(TransformStatus.Changed, (await store.TransformAsync(
                    DocumentSelection.Of(Key($"{i % 20}")), null, json, (mine, _) => mine)).Status);
                largest = Math.Max(largest, new FileInfo(Log).Length);
            }
        })));
        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Console.WriteLine($"The log grew to {largest >> 20} MiB.");
        Assert.InRange(largest, 1, 64 * 1024 * 1024);
    }

    [Fact]
    public async Task A_full_disk_rejects_writes_until_there_is_space()
    {
        string disk = InFolder("disk");
        Directory.CreateDirectory(disk);
        if (!OperatingSystem.IsLinux()
            || !Environment.IsPrivilegedProcess
            || await Run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk) != 0)
        {
            Console.WriteLine("NOT RUN: needs permission to mount a tmpfs.");
            return;
        }

        try
        {
            string ballast = Path.Combine(disk, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[2_000_000]);
            LiteDbDocumentStore store = await LiteDbDocumentStore.OpenAsync(new LiteDbStoreOptions { Path = disk });
            int inserted = 0;
            StoreUnavailableException? full = null;
            for (; full is null; inserted++)
            {
                full = await Record.ExceptionAsync(() => Insert(store, $"{inserted}", Content(inserted))) as StoreUnavailableException;
            }

            inserted--;
            Assert.Equal(StoreFault.Full, full.Fault);
            Assert.InRange(inserted, 20, int.MaxValue);
            await Fails(StoreFault.Full, () => Insert(store, "more", Content(-1)));
            for (int i = 0; i < inserted; i++)
            {
                Assert.Equal(Content(i), await Load(store, $"{i}"));
            }

            File.Delete(ballast);
            for (int i = 10_000; i < 10_010; i++)
            {
                await Insert(store, $"{i}", Content(i));
            }

            Assert.Equal(inserted + 10, await store.VerifyAsync());
            await store.DisposeAsync();
        }
        finally
        {
            Assert.Equal(0, await Run("umount", disk));
        }

        static string Content(int i) => $$"""{"n":{{i}},"pad":"{{new string('x', 30_000)}}"}""";
    }

    /// <summary>Damage anywhere in the database leads to an error or to the right document, never to a wrong one.</summary>
    [Fact]
    public async Task A_damaged_database_never_gives_a_wrong_document()
    {
        LiteDbDocumentStore store = await OpenAsync();
        for (int i = 0; i < 40; i++)
        {
            await Insert(store, $"{i}", Content(i));
        }

        await store.DisposeAsync();
        byte[] whole = await File.ReadAllBytesAsync(Database);
        int seed = Environment.TickCount, rejected = 0;
        var random = new Random(seed);
        for (int round = 0; round < 40; round++)
        {
            byte[] damaged = [.. whole];
            for (int flip = random.Next(1, 20); flip > 0; flip--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            string folder = InFolder($"copy{round}");
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, LiteDbStoreOptions.DefaultFileName), damaged);
            File.Copy(Mark, Path.Combine(folder, Path.GetFileName(Mark)));
            try
            {
                await using LiteDbDocumentStore copy = await LiteDbDocumentStore.OpenAsync(new LiteDbStoreOptions { Path = folder });
                for (int i = 0; i < 40; i++)
                {
                    try
                    {
                        Assert.Equal(Content(i), await Load(copy, $"{i}") ?? Content(i));
                    }
                    catch (StoreUnavailableException)
                    {
                        rejected++;
                    }
                }
            }
            catch (StoreUnavailableException)
            {
                rejected++;
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"Seed {seed}, round {round}", exception);
            }
        }

        Assert.InRange(rejected, 10, int.MaxValue);

        static string Content(int i) => $$"""{"name":"document {{i}}","text":"{{new string((char)('a' + (i % 26)), 300)}}"}""";
    }

    private static async Task<int> Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(command, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
