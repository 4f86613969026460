using System.Globalization;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>What a row of a table is to reach.</summary>
/// <param name="Row">The candidate.</param>
/// <param name="Against">The candidate that it is compared with.</param>
/// <param name="Limit">The most, or the least, that the ratio of the row to the other may be.</param>
/// <param name="AtMost">Whether the limit is the most.</param>
internal sealed record Goal(string Row, string Against, double Limit, bool AtMost)
{
    /// <summary>The most bytes that one call may allocate; negative when nothing is said.</summary>
    public double MostBytes { get; init; } = -1;

    /// <summary>Where the goal is not reached yet, what has been: a run that is held to its goals is held to this instead.</summary>
    public double? Reached { get; init; }

    /// <summary>The row takes at most so much of the other's time.</summary>
    public static Goal Most(string row, string against, double limit, double bytes = -1) =>
        new(row, against, limit, true) { MostBytes = bytes };

    /// <summary>The row takes at least so many times the other's time.</summary>
    public static Goal Least(string row, string against, double limit) => new(row, against, limit, false);

    /// <summary>The goal, what was measured, whether it is enough, and whether no less than before.</summary>
    /// <param name="group">What was measured.</param>
    /// <param name="slack">How much a ratio may miss the goal by: 0.4 for 40 %. Bytes may not miss it.</param>
    public Verdict Judge(IReadOnlyList<Measured> group, double slack)
    {
        Measured row = group.Single(measured => measured.Name == Row);
        double ratio = row.Minimum / group.Single(measured => measured.Name == Against).Minimum;
        bool fits = MostBytes < 0 || row.Bytes <= MostBytes;
        string text = string.Create(CultureInfo.InvariantCulture, $"{(AtMost ? "≤" : "≥")} {Limit:0.###} × {Against}");
        if (MostBytes >= 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $", ≤ {MostBytes:0} B");
        }

        return new(
            text,
            ratio.ToString("0.000", CultureInfo.InvariantCulture),
            fits && IsWithin(ratio, Limit, 0),
            fits && IsWithin(ratio, Reached ?? Limit, slack));
    }

    private bool IsWithin(double ratio, double limit, double slack) => AtMost ? ratio <= limit * (1 + slack) : ratio >= limit / (1 + slack);
}

/// <summary>What became of a goal.</summary>
/// <param name="Goal">The goal, in words.</param>
/// <param name="Ratio">What was measured.</param>
/// <param name="IsMet">Whether the goal is reached.</param>
/// <param name="Holds">Whether a strict run accepts it, with its slack.</param>
internal sealed record Verdict(string Goal, string Ratio, bool IsMet, bool Holds);
