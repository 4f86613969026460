using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Storage.Tests.PowerLoss;

/// <summary>
/// A power loss at any moment, with the real engine and real files: the system calls of a process that writes are recorded, and from the
/// record the possible files after a power loss are created. The store must open them and have everything that it acknowledged.
/// </summary>
public sealed class PowerLossTests
{
    /// <summary>The number of images for each engine and kind of loss: <c>STORE_IMAGES</c>, by default 10.</summary>
    private static readonly int Images =
        int.TryParse(Environment.GetEnvironmentVariable("STORE_IMAGES"), NumberStyles.None, CultureInfo.InvariantCulture, out int images)
            ? images
            : 10;

    public static TheoryData<string> Engines => ["sqlite", "litedb"];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Everything_acknowledged_is_found(string engine)
    {
        var folder = new TemporaryFolder();

        // Twice, so that the record has a reopened store.
        if (await RecordAsync(folder, engine, "record", "record") is not { } record)
        {
            return;
        }

        int seed = Environment.TickCount;
        var random = new Random(seed);
        int acknowledged = 0;
        foreach (Loss loss in (Loss[])[Loss.Drop, Loss.Prefix, Loss.Subset])
        {
            for (int image = 0; image < Images; image++)
            {
                int cut = random.Next(record.Count + 1);
                (string acknowledgements, Dictionary<string, byte[]> files) = record.Image(cut, loss, random);
                string when = $"Seed {seed}, {loss}, image {image}, cut {cut} of {record.Count}";
                acknowledged += await CheckAsync(engine, folder[$"{loss}{image}"], files, acknowledgements, when);
            }
        }

        Console.WriteLine(
            $"{engine}: {3 * Images} power losses within {record.Count} events, {acknowledged} documents compared, none lost.");
        Assert.InRange(acknowledged, Images, int.MaxValue);
        Assert.InRange(record.CountOf('S'), 100, int.MaxValue);
        folder.Delete();
    }

    /// <summary>
    /// The process is killed at any moment, also during a checkpoint, and its log is lost: the store has everything that it acknowledged,
    /// or is not opened.
    /// </summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_log_that_was_deleted_after_a_kill_is_detected(string engine)
    {
        var folder = new TemporaryFolder();
        if (await RecordAsync(folder, engine, "record", "record") is not { } record)
        {
            return;
        }

        int seed = Environment.TickCount, rejected = 0;
        var random = new Random(seed);
        int[] inCheckpoints = record.WritesTo($"documents.{engine}");
        for (int image = 0; image < 5 * Images; image++)
        {
            int cut = image % 2 == 0 ? random.Next(record.Count + 1) : inCheckpoints[random.Next(inCheckpoints.Length)];
            (string acknowledgements, Dictionary<string, byte[]> files) = record.Image(cut, Loss.Nothing, random);
            files.Remove($"documents.{engine}-wal");
            files.Remove($"documents.{engine}-safelog");
            try
            {
                await CheckAsync(
                    engine, folder[$"{image}"], files, acknowledgements, $"Seed {seed}, image {image}, cut {cut} of {record.Count}");
            }
            catch (InvalidOperationException exception) when (exception.InnerException is StoreUnavailableException
            {
                Fault: StoreFault.Incomplete or StoreFault.Damaged or StoreFault.Incompatible,
            })
            {
                rejected++;
            }
        }

        Console.WriteLine($"{engine}: {5 * Images} lost logs within {record.Count} events, {rejected} rejected.");
        Assert.InRange(rejected, Images, int.MaxValue);
        folder.Delete();
    }

    /// <summary>
    /// Before anything is acknowledged: a flushed file without a flushed name would be lost.
    /// </summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_names_of_the_files_of_a_new_store_are_flushed(string engine)
    {
        var folder = new TemporaryFolder();
        if (await RecordAsync(folder, engine, "open") is { } record)
        {
            Dictionary<string, byte[]> files = record.Image(record.Count, Loss.Drop, new Random(1)).Files;
            Assert.Contains($"documents.{engine}", files.Keys);
            Assert.DoesNotContain($"documents.{engine}.new", files.Keys);
            Assert.Equal(0, await CheckAsync(engine, folder["after"], files, "", "opened"));
        }

        folder.Delete();
    }

    private static async Task<int> CheckAsync(
        string engine, string place, Dictionary<string, byte[]> files, string acknowledgements, string when)
    {
        Directory.CreateDirectory(place);
        foreach ((string name, byte[] content) in files.Where(file => !file.Key.EndsWith("-shm", StringComparison.Ordinal)))
        {
            await File.WriteAllBytesAsync(Path.Combine(place, name), content);
        }

        var counts = new Dictionary<string, long>();
        foreach (string[] line in acknowledgements.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')))
        {
            counts[line[0]] = Math.Max(counts.GetValueOrDefault(line[0]), long.Parse(line[1], CultureInfo.InvariantCulture));
        }

        try
        {
            IDocumentStore store = await Program.OpenAsync(engine, place);
            await using (((IAsyncDisposable)store).ConfigureAwait(false))
            {
                foreach ((string id, long count) in counts)
                {
                    var key = new DocumentKey("org", "counters", id);
                    StoredDocument document =
                        await store.LoadAsync(key) ?? throw new InvalidOperationException($"{id} was lost; {count} was acknowledged.");

                    // The write in progress may be complete.
                    Assert.InRange(Counter.Read(document), count, count + Program.Writers);
                    Assert.Equal(Counter.Read(document) + 1, document.Version.Number);
                }

                // The store can be written.
                Assert.NotNull(await store.InsertAsync(new DocumentKey("org", "counters", "new"), Counter.Json(0)));
                Assert.InRange(await Program.VerifyAsync(store), counts.Count + 1, Program.Documents + 1);
            }
        }
        catch (Exception exception)
        {
            string sizes = string.Join(", ", files.Select(file => $"{file.Key} of {file.Value.Length} bytes"));
            throw new InvalidOperationException($"{when}: {sizes}; left in {place}", exception);
        }

        Directory.Delete(place, recursive: true);
        return counts.Count;
    }

    /// <summary>
    /// Records what processes do to the files of a store, one after the other; null, with a message, if it cannot be recorded.
    /// </summary>
    private static async Task<FolderRecord?> RecordAsync(TemporaryFolder folder, string engine, params string[] commands)
    {
        string recorder = folder["recorder.so"], place = folder["store"], log = folder["log"];
        if (!OperatingSystem.IsLinux() || !await CompileAsync(recorder))
        {
            Console.WriteLine("NOT RUN: needs Linux and a C compiler (cc).");
            return null;
        }

        Directory.CreateDirectory(place);
        foreach (string command in commands)
        {
            using Process process = ChildProcess.Start(
                new Dictionary<string, string> { ["LD_PRELOAD"] = recorder, ["RECORD_FOLDER"] = place, ["RECORD_LOG"] = log },
                command,
                engine,
                place);
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, output);
        }

        return FolderRecord.Read(log);
    }

    private static async Task<bool> CompileAsync(string output, [CallerFilePath] string file = "")
    {
        try
        {
            using Process process = Process.Start(
                "cc", ["-O1", "-shared", "-fPIC", "-o", output, Path.Combine(Path.GetDirectoryName(file)!, "recorder.c"), "-ldl"]);
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
