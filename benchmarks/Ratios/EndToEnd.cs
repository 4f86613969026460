using System.Diagnostics;
using Microsoft.AspNetCore.Builder;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>
/// Requests over Kestrel on loopback, with clients in the same process; the endpoints take turns. For information: the kernel takes most of
/// the time of a round trip, less of it where requests are pipelined. The goals hold for <see cref="Pipes.PipeGroups"/>.
/// </summary>
internal static class EndToEnd
{
    private const int Rounds = 12;
    private const int Connections = 8;
    private const int Pipelined = 8;
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(300);

    /// <summary>The table. Times are medians of the elapsed time divided by the number of requests.</summary>
    public static Group Group { get; } = new("End to end over TCP on loopback, in-memory store (medians)", [], []);

    /// <summary>Runs the measurement.</summary>
    public static Measured[] Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<Measured[]> RunAsync()
    {
        await using WebApplication app = await ServedEndpoints.StartAsync();
        int port = new Uri(app.Urls.Single()).Port;
        byte[][] valid = [Bodies.A, Bodies.OtherA];
        (string Name, LoadClient Client)[] candidates =
        [
            ("drain the body, write a constant", new LoadClient(port, "/drain/inf_1", 200, Bodies.A)),
            ("generated handler, body A", new LoadClient(port, "/patch/inf_1", 200, valid)),
            ("minimal API with STJ, body A", new LoadClient(port, "/stj/inf_1", 200, valid)),
            ("generated handler, body D", new LoadClient(port, "/patch/inf_1", 422, Bodies.D)),
            ("minimal API with STJ, body D", new LoadClient(port, "/stj/inf_1", 400, Bodies.D)),
            ("pipelined: drain", new LoadClient(port, "/drain/inf_1", 200, Bodies.A) { Pipelined = Pipelined }),
            ("pipelined: generated handler, body A", new LoadClient(port, "/patch/inf_1", 200, valid) { Pipelined = Pipelined }),
            ("pipelined: minimal API with STJ, body A", new LoadClient(port, "/stj/inf_1", 200, valid) { Pipelined = Pipelined }),
        ];
        var times = candidates.Select(static _ => new List<double>()).ToArray();
        for (int round = -3; round < Rounds; round++)
        {
            for (int i = 0; i < candidates.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                long requests =
                    (await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => candidates[i].Client.RunAsync(Slot)))).Sum();
                if (round >= 0)
                {
                    times[i].Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / requests);
                }
            }
        }

        await app.StopAsync();
        return [.. candidates.Select((candidate, i) => Median(candidate.Name, times[i]))];
    }

    private static Measured Median(string name, List<double> times)
    {
        double median = times.Order().ElementAt(times.Count / 2);
        return new Measured(name, median, median, 0);
    }
}
