using System.Diagnostics;
using System.Globalization;
using Layers.PatchGen.Benchmarks.Ratios.Pipes;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary><c>ratios</c>: prints the tables, with a verdict on each goal.</summary>
internal static class RatiosCommand
{
    private const string Usage = """
        ratios [--strict] [--slack 0.4] [--tries 3] [--rounds 1500] [--only TEXT]

        Measures every candidate in each of many rounds and prints Markdown tables.
          --strict   exit with 1 if a goal is missed; for a goal that is not met yet, if the best ratio so far is missed
          --slack    the tolerance for ratios; 0.4 is 40 %. Default: 0.
          --tries    the maximum number of measurements of a table while it misses a goal. Default: 1.
          --rounds   the number of rounds, at least 25. Default: 1500, or as many as fit in six seconds.
          --only     only tables whose title contains this text
        """;

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code: 0; 1 if a strict run misses a goal; 2 if the command line is invalid.</returns>
    public static int Run(string[] args)
    {
        if (!TryParse(args, out Options options))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        long start = Stopwatch.GetTimestamp();
        List<string> missed = [];

        // Short enough that most slots are not interrupted; long enough that cold caches and branch predictors have little effect: after
        // another candidate, body E needs about ten calls to reach its full speed.
        TimeSpan slot = TimeSpan.FromMilliseconds(2);
        Group[] groups =
        [
            .. ReadGroups.All().Concat(MergeGroups.All()).Concat(PatchGroups.All()).Concat(PipeGroups.Start()).Where(options.Wants),
        ];
        Interleaved.WarmUp([.. groups.SelectMany(static group => group.Candidates)]);
        foreach (Group group in groups)
        {
            Report(group, () => Interleaved.Run(group.Candidates, options.Rounds, slot), options, missed);
        }

        if (options.Wants(FirstCall.Group))
        {
            Report(FirstCall.Group, FirstCall.Run, options, missed);
        }

        if (options.Wants(EndToEnd.Group))
        {
            Report(EndToEnd.Group, EndToEnd.Run, options, missed);
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0} s; {missed.Count} missed, with a slack of {options.Slack:P0}."));
        foreach (string goal in missed)
        {
            Console.WriteLine($"- {goal}");
        }

        return options.Strict && missed.Count > 0 ? 1 : 0;
    }

    private static void Report(Group group, Func<Measured[]> measure, Options options, List<string> missed)
    {
        Measured[] measured = measure();
        for (int tries = 1; tries < options.Tries && !group.Holds(measured, options.Slack); tries++)
        {
            measured = measure();
        }

        Console.WriteLine(group.Table(measured));
        foreach (Goal goal in group.Goals)
        {
            Verdict verdict = goal.Evaluate(measured, options.Slack);
            if (!verdict.Holds)
            {
                missed.Add($"{group.Title}: {goal.Row} {verdict.Goal}, but {verdict.Ratio}");
            }
        }
    }

    private static bool TryParse(string[] args, out Options options)
    {
        options = new Options(false, 0, 1, 1500, "");
        for (int i = 0; i < args.Length; i++)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            bool isNumber = double.TryParse(value, CultureInfo.InvariantCulture, out double number);
            switch (args[i])
            {
                case "--strict":
                    options = options with { Strict = true };
                    continue;
                case "--slack" when isNumber && number >= 0:
                    options = options with { Slack = number };
                    break;
                case "--tries" when isNumber && number >= 1:
                    options = options with { Tries = (int)number };
                    break;
                case "--rounds" when isNumber && number >= 25:
                    options = options with { Rounds = (int)number };
                    break;
                case "--only" when value.Length > 0:
                    options = options with { Only = value };
                    break;
                default:
                    return false;
            }

            i++;
        }

        return true;
    }

    private readonly record struct Options(bool Strict, double Slack, int Tries, int Rounds, string Only)
    {
        public bool Wants(Group group) => group.Title.Contains(Only, StringComparison.OrdinalIgnoreCase);
    }
}
