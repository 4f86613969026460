using System.Diagnostics;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>What one candidate does, in a loop.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Loop">Does it so many times.</param>
internal sealed record Candidate(string Name, Action<int> Loop);

/// <summary>What was measured of one candidate.</summary>
/// <param name="Name">The candidate.</param>
/// <param name="Minimum">The shortest time of one call, in nanoseconds.</param>
/// <param name="Median">The median time of one call, in nanoseconds.</param>
/// <param name="Bytes">How much one call allocates.</param>
internal sealed record Measured(string Name, double Minimum, double Median, double Bytes);

/// <summary>
/// Measures candidates side by side: each of them in each round, so that other load affects all of them, and the minimum of
/// many rounds, since load can only lengthen a time. Compare ratios within one run, not the times of different runs.
/// </summary>
internal static class Interleaved
{
    private const int WarmUps = 40;
    private const int FewestRounds = 25;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(6);

    /// <summary>
    /// Runs candidates in turn, those of all tables, until the JIT is done. It optimizes shared code by its profile: if it saw only the
    /// first table's bodies, it would treat everything else as rare.
    /// </summary>
    public static void WarmUp(IReadOnlyList<Candidate> candidates)
    {
        // The JIT recompiles methods after 30 calls and 100 ms without other work; more than once, since the second version is
        // instrumented.
        for (int pass = 0; pass < 3; pass++)
        {
            for (int i = 0; i < WarmUps; i++)
            {
                foreach (Candidate candidate in candidates)
                {
                    candidate.Loop(1);
                }
            }

            Thread.Sleep(150);
        }
    }

    /// <summary>Measures what has been warmed up.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="rounds">How many rounds; fewer, but at least 25, where they would take long.</param>
    /// <param name="slot">How long a candidate runs in a round, about.</param>
    public static Measured[] Run(IReadOnlyList<Candidate> candidates, int rounds, TimeSpan slot)
    {
        int[] counts = new int[candidates.Count];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = CountIn(candidates[i], slot);
        }

        double oneRound = candidates.Select((candidate, i) => Time(candidate, counts[i])).Sum();
        rounds = Math.Clamp((int)(Budget.TotalNanoseconds / oneRound), FewestRounds, rounds);
        double[][] times = [.. candidates.Select(_ => new double[rounds])];

        for (int round = 0; round < rounds; round++)
        {
            // Start with another candidate each time, so that none always runs after the same one.
            for (int k = 0; k < counts.Length; k++)
            {
                int i = (k + round) % counts.Length;
                times[i][round] = Time(candidates[i], counts[i]) / counts[i];
            }
        }

        return [.. candidates.Select((candidate, i) => Summarise(candidate, times[i]))];
    }

    /// <summary>Finds how often to call in a slot.</summary>
    private static int CountIn(Candidate candidate, TimeSpan slot)
    {
        int count = 1;
        while (Time(candidate, count) < slot.TotalNanoseconds && count < 1 << 24)
        {
            count *= 2;
        }

        Thread.Sleep(150); // The loop itself is recompiled, too.
        double one = Time(candidate, count) / count;
        return Math.Max(1, (int)(slot.TotalNanoseconds / one));
    }

    private static double Time(Candidate candidate, int count)
    {
        long start = Stopwatch.GetTimestamp();
        candidate.Loop(count);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    private static Measured Summarise(Candidate candidate, double[] times)
    {
        Array.Sort(times);
        const int Calls = 16;
        long before = GC.GetAllocatedBytesForCurrentThread();
        candidate.Loop(Calls);
        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
        return new Measured(candidate.Name, times[0], times[times.Length / 2], bytes);
    }
}
