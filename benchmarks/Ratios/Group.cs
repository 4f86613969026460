using System.Globalization;
using System.Text;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>Candidates that do the same work, and their goals.</summary>
/// <param name="Title">The heading of the table.</param>
/// <param name="Candidates">The candidates; ratios are to the first.</param>
/// <param name="Goals">The goals, at most one for each candidate.</param>
internal sealed record Group(string Title, IReadOnlyList<Candidate> Candidates, IReadOnlyList<Goal> Goals)
{
    /// <summary>Whether a strict run accepts the measurements.</summary>
    public bool Holds(IReadOnlyList<Measured> measured, double slack) => Goals.All(goal => goal.Evaluate(measured, slack).Holds);

    /// <summary>The table, in Markdown.</summary>
    public string Table(IReadOnlyList<Measured> measured)
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"### {Title}").AppendLine();
        table.AppendLine("| candidate | minimum ns | median ns | ratio | bytes | goal | reached | verdict |");
        table.AppendLine("|---|--:|--:|--:|--:|---|--:|---|");
        foreach (Measured row in measured)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Name} | {row.Minimum:N1} | {row.Median:N1} | {row.Minimum / measured[0].Minimum:0.000} | {row.Bytes:N0} |");
            if (Goals.SingleOrDefault(goal => goal.Row == row.Name) is { } goal)
            {
                Verdict verdict = goal.Evaluate(measured, slack: 0);
                table.AppendLine(
                    CultureInfo.InvariantCulture, $" {verdict.Goal} | {verdict.Ratio} | {(verdict.IsMet ? "met" : "missed")} |");
            }
            else
            {
                table.AppendLine(" | | |");
            }
        }

        return table.ToString();
    }
}
