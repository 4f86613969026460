using System.Diagnostics;
using System.Globalization;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>
/// Damage to the files of a store, after its process was killed and after it was closed: a flipped byte anywhere, a log that is cut or
/// missing. The store returns every document as it was acknowledged, or fails, but never returns an older one.
/// </summary>
public sealed class DamageMatrixTests : IAsyncLifetime
{
    private const int Places = 30;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, long> _acknowledged = [];
    private readonly Dictionary<string, long> _stored = [];
    private readonly int _seed = Environment.TickCount;

    public static TheoryData<string, bool> Engines =>
        new() { { "sqlite", true }, { "sqlite", false }, { "litedb", true }, { "litedb", false } };

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        _folder.Delete();
        GC.Collect();
        GC.WaitForPendingFinalizers(); // an exception in a finalizer would end the process
        return Task.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Everything_acknowledged_is_found_or_the_store_is_not_opened(string engine, bool killed)
    {
        string whole = await MakeAsync(engine, killed);
        string database = $"documents.{engine}", log = database + (engine == "sqlite" ? "-wal" : "-safelog");
        var random = new Random(_seed);
        foreach (string file in (string[])[database, log, database + "-mark"])
        {
            long length = File.Exists(Path.Combine(whole, file)) ? Used(Path.Combine(whole, file)) : 0;
            for (int place = 0; place < Places && length > 0; place++)
            {
                long at = random.NextInt64(length);
                byte flip = (byte)random.Next(1, 256);
                string damage = $"{file}, byte {at} xor {flip}";
                await CheckDamageAsync(engine, whole, damage, folder => Change(Path.Combine(folder, file), content => content[at] ^= flip));
            }
        }

        long end = File.Exists(Path.Combine(whole, log)) ? Used(Path.Combine(whole, log)) : 0;
        for (int place = 0; place < Places && end > 0; place++)
        {
            long length = random.NextInt64(end);
            await CheckDamageAsync(engine, whole, $"{log} cut to {length}", folder => Cut(Path.Combine(folder, log), length));
        }

        bool rejected = await CheckDamageAsync(engine, whole, $"{log} missing", folder => File.Delete(Path.Combine(folder, log)));
        Assert.Equal(killed, rejected);
        Assert.False(await CheckDamageAsync(engine, whole, "nothing", _ => { }));
    }

    /// <summary>Creates a store with documents in its database, and in its log if it was killed.</summary>
    private async Task<string> MakeAsync(string engine, bool killed)
    {
        string place = _folder["whole"];
        IDocumentStore store = await Program.OpenAsync(engine, place);
        for (int i = 0; i < Program.Documents; i++)
        {
            Assert.NotNull(await store.InsertAsync(new DocumentKey("org", "counters", $"{i}"), Counter.Json(0)));
            _acknowledged[$"{i}"] = 0;
        }

        await ((IAsyncDisposable)store).DisposeAsync();
        using (Process process = ChildProcess.Start("load", engine, place))
        {
            for (int line = 0; line < 200; line++)
            {
                Read(await process.StandardOutput.ReadLineAsync());
            }

            process.Kill();
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                Read(line);
            }

            await process.WaitForExitAsync();
        }

        if (!killed)
        {
            await ((IAsyncDisposable)await Program.OpenAsync(engine, place)).DisposeAsync();
        }

        // The write in progress when it was killed may be found as well.
        await CopyAsync(place, _folder["copy"]);
        store = await Program.OpenAsync(engine, _folder["copy"]);
        foreach (string id in _acknowledged.Keys)
        {
            _stored[id] = Counter.Read((await store.LoadAsync(new DocumentKey("org", "counters", id)))!);
            Assert.InRange(_stored[id], _acknowledged[id], long.MaxValue);
        }

        await ((IAsyncDisposable)store).DisposeAsync();
        Directory.Delete(_folder["copy"], recursive: true);
        return place;

        void Read(string? line)
        {
            if (line?.Split(' ') is [var id, var n] && long.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out long count))
            {
                _acknowledged[id] = Math.Max(count, _acknowledged[id]);
            }
        }
    }

    /// <summary>Damages a copy and checks it.</summary>
    /// <returns>Whether the store failed for at least one document.</returns>
    private async Task<bool> CheckDamageAsync(string engine, string whole, string damage, Action<string> apply)
    {
        string copy = _folder["copy"];
        await CopyAsync(whole, copy);
        apply(copy);
        bool rejected = false, missed = false;
        try
        {
            IDocumentStore store = await Program.OpenAsync(engine, copy);
            await using (((IAsyncDisposable)store).ConfigureAwait(false))
            {
                foreach ((string id, long acknowledged) in _acknowledged)
                {
                    try
                    {
                        if (await store.LoadAsync(new DocumentKey("org", "counters", id)) is { } document)
                        {
                            Assert.InRange(Counter.Read(document), acknowledged, _stored[id]);
                        }
                        else
                        {
                            missed = true;
                        }
                    }
                    catch (StoreUnavailableException exception)
                    {
                        rejected |= IsReported(exception);
                    }
                }

                if (missed)
                {
                    // A damaged index hides a document from a search, but not from Verify.
                    rejected |= IsReported(
                        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Program.VerifyAsync(store)));
                }
            }
        }
        catch (StoreUnavailableException exception)
        {
            rejected = IsReported(exception);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {_seed}: {damage}", exception);
        }

        Directory.Delete(copy, recursive: true);
        return rejected;

        bool IsReported(StoreUnavailableException exception)
        {
            Assert.True(
                exception.Fault is StoreFault.Damaged or StoreFault.Incomplete or StoreFault.Incompatible,
                $"Seed {_seed}: {damage}: {exception}");
            Assert.Contains(copy, exception.Message, StringComparison.Ordinal);
            return true;
        }
    }

    private static async Task CopyAsync(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            await using FileStream source = File.OpenRead(file), target = File.Create(Path.Combine(to, Path.GetFileName(file)));
            await source.CopyToAsync(target);
        }
    }

    private static void Change(string file, Action<byte[]> change)
    {
        byte[] content = File.ReadAllBytes(file);
        change(content);
        File.WriteAllBytes(file, content);
    }

    private static void Cut(string file, long length)
    {
        using FileStream stream = File.OpenWrite(file);
        stream.SetLength(length);
    }

    // LiteDB's log ends with allocated zeros, where damage has no effect.
    private static long Used(string file)
    {
        byte[] content = File.ReadAllBytes(file);
        return content.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
    }
}
