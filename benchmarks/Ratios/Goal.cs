using System.Globalization;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>A goal for one row of a table.</summary>
/// <param name="Row">The name of the candidate.</param>
/// <param name="Against">The name of the candidate that it is compared with.</param>
/// <param name="Limit">The maximum or minimum ratio of the two times.</param>
/// <param name="AtMost">Whether the limit is a maximum.</param>
internal sealed record Goal(string Row, string Against, double Limit, bool AtMost)
{
    /// <summary>The maximum number of bytes that one call may allocate; negative for no limit.</summary>
    public double MostBytes { get; init; } = -1;

    /// <summary>The best ratio so far, if the goal is not met yet. A strict run checks this instead of the limit.</summary>
    public double? Reached { get; init; }

    /// <summary>The row takes at most this multiple of the other's time.</summary>
    public static Goal Most(string row, string against, double limit, double bytes = -1) =>
        new(row, against, limit, true) { MostBytes = bytes };

    /// <summary>The row takes at least this multiple of the other's time.</summary>
    public static Goal Least(string row, string against, double limit) => new(row, against, limit, false);

    /// <summary>Evaluates the goal.</summary>
    /// <param name="group">The measurements of the table.</param>
    /// <param name="slack">The tolerance for ratios: 0.4 for 40 %. There is none for bytes.</param>
    public Verdict Evaluate(IReadOnlyList<Measured> group, double slack)
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

/// <summary>The result for a goal.</summary>
/// <param name="Goal">The text of the goal.</param>
/// <param name="Ratio">The measured ratio.</param>
/// <param name="IsMet">Whether the goal is met.</param>
/// <param name="Holds">Whether a strict run accepts the ratio, with its slack.</param>
internal sealed record Verdict(string Goal, string Ratio, bool IsMet, bool Holds);

/// <summary>The limit of a goal, and the best ratio so far if the goal is not met.</summary>
internal readonly record struct Bar(double Limit, double? Reached = null);
