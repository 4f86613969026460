using System.Diagnostics;
using Microsoft.AspNetCore.Builder;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>Requests over Kestrel on loopback, with clients in the same process; the endpoints take turns.</summary>
internal static class EndToEnd
{
    private const int Rounds = 12;
    private const int Connections = 8;
    private const string Drain = "drain the body, write a constant";
    private const string Handler = "generated handler, body A";
    private const string InvalidHandler = "generated handler, body D";
    private const string Minimal = "minimal API with STJ, body A";
    private const string InvalidMinimal = "minimal API with STJ, body D";
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(300);

    /// <summary>The table and its goals. Times are medians of the elapsed time divided by the number of requests.</summary>
    public static Group Group { get; } = new(
        "End to end over Kestrel, in-memory store (medians)",
        [],
        [
            Goal.Most(Handler, Drain, 1 / 0.90) with { Reached = 1.8 },
            Goal.Least(Minimal, Handler, 1.25) with { Reached = 1.0 },
            Goal.Least(InvalidMinimal, InvalidHandler, 2.3) with { Reached = 2.0 },
        ]);

    /// <summary>Runs the measurement.</summary>
    public static Measured[] Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<Measured[]> RunAsync()
    {
        await using WebApplication app = await ServedEndpoints.StartAsync();
        int port = new Uri(app.Urls.Single()).Port;
        (string Name, LoadClient Client)[] candidates =
        [
            (Drain, new LoadClient(port, "/drain/inf_1", 200, Bodies.A)),
            (Handler, new LoadClient(port, "/patch/inf_1", 200, Bodies.A, Bodies.OtherA)),
            (Minimal, new LoadClient(port, "/stj/inf_1", 200, Bodies.A, Bodies.OtherA)),
            (InvalidHandler, new LoadClient(port, "/patch/inf_1", 422, Bodies.D)),
            (InvalidMinimal, new LoadClient(port, "/stj/inf_1", 400, Bodies.D)),
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
