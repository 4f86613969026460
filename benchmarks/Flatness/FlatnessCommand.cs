using System.Diagnostics;
using System.Globalization;
using System.Text;
using Layers.PatchGen.Benchmarks.Models;
using Layers.PatchGen.Benchmarks.Peers;
using Layers.PatchGen.Benchmarks.Ratios;

namespace Layers.PatchGen.Benchmarks.Flatness;

/// <summary><c>flatness</c>: the time for each member and for each byte, from few to very many.</summary>
internal static class FlatnessCommand
{
    private const string Usage = """
        flatness [--plot FILE]

        Reads patches of 1 to 1,000 members and bodies of 100 B to 10 MB, and prints Markdown tables of the time for each member and byte.
          --plot     also writes a diagram (SVG)
        """;

    private const int Rounds = 1_500;
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(0.3);
    private static readonly PatchReadOptions Large = new() { MaxBytes = 64 << 20 };

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code: 0, or 2 if the command line is invalid.</returns>
    public static int Run(string[] args)
    {
        if (args is not ([] or ["--plot", _]))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        Series[] series =
        [
            new(
                "members, all of them sent",
                "member",
                [Members<OneMember>(1), Members<TenMembers>(10), Members<HundredMembers>(100), Members<ThousandMembers>(1000)]),
            new("bytes, an array of short strings", "byte", [.. Sizes.Select(static size => Bytes(Bodies.Strings(size)))]),
            new("bytes, one string", "byte", [.. Sizes.Select(static size => Bytes(Bodies.OneString(size)))]),
        ];
        foreach (Series one in series)
        {
            Console.WriteLine(one.Table());
        }

        if (args is [_, var file])
        {
            File.WriteAllText(file, Plot.Draw(series));
        }

        return 0;
    }

    private static IEnumerable<int> Sizes => [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    private static Point Members<T>(int count)
        where T : struct, IPatch<T>
    {
        byte[] body = Bodies.Members<T>();
        return Measure<T>(body, count);
    }

    private static Point Bytes(byte[] body) =>
        body.AsSpan().StartsWith("""{"tags":["""u8) ? Measure<TagsStruct>(body, body.Length) : Measure<TextStruct>(body, body.Length);

    private static Point Measure<T>(byte[] body, int units)
        where T : struct, IPatch<T>
    {
        if (!PatchReader.TryRead<T>(body, Large, out _, out PatchProblems problems))
        {
            throw new UnreachableException($"The body is not a valid {typeof(T).Name}: {problems[0].Message}");
        }

        Candidate[] candidates =
        [
            new("Utf8JsonReader to the end", count =>
            {
                for (int i = 0; i < count; i++)
                {
                    Peer.Tokenise(body);
                }
            }),
            new("record struct", count =>
            {
                for (int i = 0; i < count; i++)
                {
                    PatchReader.TryRead<T>(body, Large, out _, out _);
                }
            }),
        ];
        Interleaved.WarmUp(candidates);
        Measured[] measured = Interleaved.Run(candidates, Rounds, Slot);
        return new Point(units, measured[0].Minimum / units, measured[1].Minimum / units);
    }
}

/// <summary>The time for one unit, at one size.</summary>
/// <param name="Units">The number of units.</param>
/// <param name="Tokens">Nanoseconds for one unit with <c>Utf8JsonReader</c>.</param>
/// <param name="Patch">Nanoseconds for one unit with the generated reader.</param>
internal sealed record Point(int Units, double Tokens, double Patch);

/// <summary>The time for one unit, by the number of units.</summary>
/// <param name="Title">The title of the table.</param>
/// <param name="Unit">The name of the unit.</param>
/// <param name="Points">The measurements.</param>
internal sealed record Series(string Title, string Unit, IReadOnlyList<Point> Points)
{
    /// <summary>The table, in Markdown.</summary>
    public string Table()
    {
        var table = new StringBuilder();
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"| {Title} | Utf8JsonReader, ns a {Unit} | record struct, ns a {Unit} | ratio |").AppendLine("|--:|--:|--:|--:|");
        foreach (Point point in Points)
        {
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {point.Units:N0} | {point.Tokens:0.000} | {point.Patch:0.000} | {point.Patch / point.Tokens:0.000} |");
        }

        return table.ToString();
    }
}
