using System.Diagnostics;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>A candidate of a measurement.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Loop">Makes the given number of calls.</param>
internal sealed record Candidate(string Name, Action<int> Loop);

/// <summary>The measurement of one candidate.</summary>
/// <param name="Name">The name of the candidate.</param>
/// <param name="Minimum">The shortest time of one call, in nanoseconds.</param>
/// <param name="Median">The median time of one call, in nanoseconds.</param>
/// <param name="Bytes">The bytes that one call allocates.</param>
internal sealed record Measured(string Name, double Minimum, double Median, double Bytes);

/// <summary>
/// Measures candidates interleaved: every candidate runs in every round, so that other load affects all of them. The minimum of many rounds
/// counts, because load can only increase a time. Compare ratios within one run, not times of different runs.
/// </summary>
internal static class Interleaved
{
    private const int MinRounds = 25;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(6);

    /// <summary>
    /// Runs the candidates of all tables in turn until the JIT has optimized them. It optimizes shared code by its profile: with the bodies
    /// of one table only, it would treat all others as rare.
    /// </summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="calls">The number of calls of each, in each pass.</param>
    /// <param name="passes">The number of passes.</param>
    public static void WarmUp(IReadOnlyList<Candidate> candidates, int calls = 40, int passes = 3)
    {
        // The JIT recompiles methods after 30 calls and 100 ms without other work. Several passes, because the second version is
        // instrumented.
        for (int pass = 0; pass < passes; pass++)
        {
            for (int i = 0; i < calls; i++)
            {
                foreach (Candidate candidate in candidates)
                {
                    candidate.Loop(1);
                }
            }

            Thread.Sleep(150);
        }
    }

    /// <summary>Measures candidates after the warm-up.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="rounds">The maximum number of rounds. Slow candidates get fewer, but at least 25.</param>
    /// <param name="slot">The approximate time of a candidate in a round.</param>
    public static Measured[] Run(IReadOnlyList<Candidate> candidates, int rounds, TimeSpan slot)
    {
        int[] counts = new int[candidates.Count];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = CountIn(candidates[i], slot);
        }

        double oneRound = candidates.Select((candidate, i) => Time(candidate, counts[i])).Sum();
        rounds = Math.Clamp((int)(Budget.TotalNanoseconds / oneRound), MinRounds, rounds);
        double[][] times = [.. candidates.Select(_ => new double[rounds])];

        for (int round = 0; round < rounds; round++)
        {
            // Rotate the first candidate.
            for (int k = 0; k < counts.Length; k++)
            {
                int i = (k + round) % counts.Length;
                times[i][round] = Time(candidates[i], counts[i]) / counts[i];
            }
        }

        return [.. candidates.Select((candidate, i) => Summarise(candidate, times[i]))];
    }

    /// <summary>The number of calls that fit in a slot.</summary>
    private static int CountIn(Candidate candidate, TimeSpan slot)
    {
        int count = 1;
        while (Time(candidate, count) < slot.TotalNanoseconds && count < 1 << 24)
        {
            count *= 2;
        }

        Thread.Sleep(150); // The loop is recompiled as well.
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
