using System.Diagnostics;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>Starts this assembly as another process.</summary>
internal static class ChildProcess
{
    /// <summary>How often a process is killed: <c>STORE_KILLS</c>, by default 5.</summary>
    public static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("STORE_KILLS"), out int rounds) ? rounds : 5;

    private const string IsChild = "STORE_TESTS_CHILD";

    public static Process Start(params string[] arguments) => Start([], arguments);

    public static Process Start(Dictionary<string, string> environment, params string[] arguments)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host, ["exec", typeof(Program).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { [IsChild] = "1" },
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Ends this process when its parent ends, however it ends: the pipe is closed then.</summary>
    public static void EndWithParent()
    {
        if (Environment.GetEnvironmentVariable(IsChild) is not null)
        {
            new Thread(static () =>
            {
                while (Console.Read() >= 0)
                {
                }

                Process.GetCurrentProcess().Kill();
            }) { IsBackground = true }.Start();
        }
    }

    /// <summary>
    /// Repeatedly starts a process that writes, kills it at a random moment, and checks that everything acknowledged is found, and of each
    /// change either all or nothing: the counter and its companion.
    /// </summary>
    /// <param name="engine">The engine.</param>
    /// <param name="place">Where the database is.</param>
    /// <param name="open">Opens it in this process.</param>
    /// <param name="verify">Reads the whole database and counts the documents, if the engine can do that.</param>
    public static async Task KillRounds(
        string engine, string place, Func<Task<IDocumentStore>> open, Func<IDocumentStore, ValueTask<long>>? verify = null)
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        var acknowledged = new Dictionary<string, long>();
        int total = 0;
        for (int round = 0; round < Rounds; round++)
        {
            using Process process = Start("companions", engine, place);
            string? first = await process.StandardOutput.ReadLineAsync();
            Assert.True(first == "open", $"Round {round}, seed {seed}: the store did not open: {first}");
            Task? killing = null;
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                // Begins with the first acknowledgement, so that there is something to lose on slow machines as well. The last line may be
                // incomplete.
                killing ??= Task.Delay(random.Next(50, 800)).ContinueWith(_ => process.Kill(), TaskScheduler.Default);
                if (line.Split(' ') is [var id, var n] && long.TryParse(n, out long count))
                {
                    acknowledged[id] = Math.Max(count, acknowledged.GetValueOrDefault(id));
                    total++;
                }
            }

            Assert.True(killing is not null, $"Round {round}, seed {seed}: the process exited by itself.");
            await killing;
            await process.WaitForExitAsync();

            IDocumentStore store = await open();
            foreach ((string id, long count) in acknowledged)
            {
                StoredDocument? document = await store.LoadAsync(new DocumentKey("org", "counters", id));
                Assert.NotNull(document);
                long stored = Counter.Read(document);
                Assert.True(stored >= count, $"Round {round}, seed {seed}: document {id} was acknowledged at {count} and is at {stored}.");
                Assert.Equal(stored + 1, document.Version.Number);
            }

            int documents = await CompanionsMatchCountersAsync(store, $"Round {round}, seed {seed}");
            if (verify is not null)
            {
                Assert.Equal(documents, await verify(store));
            }

            await ((IAsyncDisposable)store).DisposeAsync();
        }

        Assert.True(total > Rounds, "Too few changes were acknowledged.");
        Console.WriteLine($"{engine}: {Rounds} rounds of kill -9, {total} acknowledged, none lost.");
    }

    /// <returns>The number of documents.</returns>
    private static async Task<int> CompanionsMatchCountersAsync(IDocumentStore store, string round)
    {
        var expected = new List<string>();
        IReadOnlyList<StoredDocument> counters =
            await store.FindAsync(new DocumentSelection("org", "counters", null, []), int.MaxValue);
        foreach (StoredDocument counter in counters)
        {
            for (long n = Counter.Read(counter); n > 0; n--)
            {
                expected.Add($"{counter.Key.Id} {n}");
            }
        }

        IReadOnlyList<StoredDocument> events = await store.FindAsync(new DocumentSelection("org", "events", null, []), int.MaxValue);
        string[] differing = [.. expected.Except(events.Select(one => one.Key.Id)), .. events.Select(one => one.Key.Id).Except(expected)];
        Assert.True(
            differing.Length == 0,
            $"{round}: {expected.Count} changes, {events.Count} companions; not in both: {string.Join(", ", differing.Take(10))}.");
        return counters.Count + events.Count;
    }
}
