using System.Globalization;
using System.Text;

namespace Layers.PatchGen.Benchmarks.Flatness;

/// <summary>Draws the time for one unit by the number of units, both logarithmic, as SVG.</summary>
internal static class Plot
{
    private const int Width = 320;
    private const int Height = 240;
    private const int Left = 56;
    private const int Top = 40;
    private const int Gap = 84;
    private const string Tokens = "#8a8f98";
    private const string Patch = "#2563eb";

    /// <summary>One panel for each series, side by side.</summary>
    public static string Draw(IReadOnlyList<Series> series)
    {
        int width = Left + series.Count * (Width + Gap);
        int height = Top + Height + 72;
        var svg = new StringBuilder();
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" """
                + $"""font-family="sans-serif" font-size="12" fill="#333">""");
        svg.AppendLine("""<rect width="100%" height="100%" fill="#fff"/>""");
        for (int i = 0; i < series.Count; i++)
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<g transform="translate({Left + i * (Width + Gap)},{Top})">""");
            Panel(svg, series[i]);
            svg.AppendLine("</g>");
        }

        svg.AppendLine(CultureInfo.InvariantCulture, $"""<g transform="translate({Left},{Top + Height + 56})">""");
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<path d="M0,-4h24" stroke="{Tokens}" stroke-width="2"/><text x="30">Utf8JsonReader to the end</text>""");
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<path d="M220,-4h24" stroke="{Patch}" stroke-width="2"/><text x="250">the generated reader, all checks on</text>""");
        return svg.AppendLine("</g>").AppendLine("</svg>").ToString();
    }

    private static void Panel(StringBuilder svg, Series series)
    {
        double[] costs = [.. series.Points.SelectMany(static point => new[] { point.Tokens, point.Patch })];
        var across = new Axis(series.Points[0].Units, series.Points[^1].Units, Width);
        var up = new Axis(costs.Min(), costs.Max(), Height);
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text y="-16" font-weight="bold">{series.Title}</text>""");
        foreach (int power in across.Powers)
        {
            double x = across.Place(power);
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<path d="M{x:0.#},0v{Height}" stroke="#eee"/>"""
                    + $"""<text x="{x:0.#}" y="{Height + 18}" text-anchor="middle">{Number(power)}</text>""");
        }

        foreach (int power in up.Powers)
        {
            double y = Height - up.Place(power);
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<path d="M0,{y:0.#}h{Width}" stroke="#eee"/>"""
                    + $"""<text x="-6" y="{y + 4:0.#}" text-anchor="end">{Number(power)} ns</text>""");
        }

        Line(svg, series, across, up, Tokens, static point => point.Tokens);
        Line(svg, series, across, up, Patch, static point => point.Patch);
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<text x="{Width / 2}" y="{Height + 36}" text-anchor="middle">time a {series.Unit}, by how many there are</text>""");
    }

    private static void Line(StringBuilder svg, Series series, Axis across, Axis up, string colour, Func<Point, double> cost)
    {
        IEnumerable<string> points = series.Points.Select(point => string.Create(
            CultureInfo.InvariantCulture, $"{across.Place(Math.Log10(point.Units)):0.#},{Height - up.Place(Math.Log10(cost(point))):0.#}"));
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<polyline points="{string.Join(' ', points)}" fill="none" stroke="{colour}" stroke-width="2"/>""");
    }

    private static string Number(int power) => Math.Pow(10, power) switch
    {
        >= 1_000_000 and var number => string.Create(CultureInfo.InvariantCulture, $"{number / 1_000_000:0} M"),
        >= 1_000 and var number => string.Create(CultureInfo.InvariantCulture, $"{number / 1_000:0} k"),
        var number => number.ToString("0.###", CultureInfo.InvariantCulture),
    };

    /// <summary>A logarithmic axis over whole powers of ten.</summary>
    private sealed class Axis(double least, double most, int length)
    {
        private readonly int _first = (int)Math.Floor(Math.Log10(least));
        private readonly int _last = (int)Math.Ceiling(Math.Log10(most));

        public IEnumerable<int> Powers => Enumerable.Range(_first, _last - _first + 1);

        /// <summary>The position of a power of ten on the axis.</summary>
        public double Place(double power) => (power - _first) / (_last - _first) * length;
    }
}
