using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Layers.PatchGen.Benchmarks.Peers;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>The first call in a new process, as in a cold start.</summary>
internal static class FirstCall
{
    private const int Processes = 5;

    /// <summary>The table and its goal.</summary>
    public static Group Group { get; } = new("First read of body A in a fresh process", [], [Goal.Most("record", "STJ, class", 0.25)]);

    /// <summary>Starts several processes for each candidate, in turn.</summary>
    public static Measured[] Run()
    {
        string[] names = ["STJ, class", "STJ, Optional<T>", "Utf8JsonReader to the end", "record"];
        var times = names.ToDictionary(static name => name, static _ => new List<double>());
        for (int i = 0; i < Processes; i++)
        {
            foreach (string name in names)
            {
                times[name].Add(Start(name));
            }
        }

        return [.. times.Select(pair => new Measured(pair.Key, pair.Value.Min(), pair.Value.Order().ElementAt(Processes / 2), 0))];
    }

    /// <summary>The child process: makes one call and prints its nanoseconds.</summary>
    public static void RunChild(string name)
    {
        byte[] body = """{"vibe":"precise and energetic","personality":{"humor":"observational"}}"""u8.ToArray();
        long start = Stopwatch.GetTimestamp();
        bool done = name switch
        {
            "record" => InfluencerPatch.TryRead(body, out _, out _),
            "STJ, class" => JsonSerializer.Deserialize(body, PeerJson.Default.InfluencerClass) is not null,
            "STJ, Optional<T>" => JsonSerializer.Deserialize(body, PeerJson.Default.InfluencerOptional) is not null,
            _ => Peer.Tokenise(body) > 0,
        };
        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        Console.WriteLine(done ? nanoseconds.ToString("R", CultureInfo.InvariantCulture) : "NaN");
    }

    private static double Start(string name)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [.. HostArguments(), "first-call", name]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }

    // The process is the executable itself, or "dotnet" with the assembly as its first argument.
    private static string[] HostArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(FirstCall).Assembly.Location] : [];
}
