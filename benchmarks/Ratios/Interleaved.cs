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
/// Measures candidates side by side: each of them in each round, so that a disturbance of the machine meets all of them, and the minimum of
/// many rounds, which a disturbance can only lengthen. Figures of different runs are not to be compared; ratios of one run are.
/// </summary>
internal static class Interleaved
{
    private const int WarmUps = 40;
    private const int FewestRounds = 25;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(6);

    /// <summary>
    /// Runs candidates in turn, those of all tables, until the JIT has nothing left to do. It compiles what they share by what it sees
    /// there; were it only the first table's body, whatever the others do beside would be compiled as something that never happens.
    /// </summary>
    public static void WarmUp(IReadOnlyList<Candidate> candidates)
    {
        // The JIT takes methods that were called 30 times, a tenth of a second after it last had work: several times, since its second
        // version is an instrumented one.
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
            // In turn from another one each time, so that nobody always runs after the same neighbour.
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

        Thread.Sleep(150); // the loop itself is compiled anew, too
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
