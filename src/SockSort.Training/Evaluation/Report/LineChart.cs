using System.Text;

namespace SockSort.Training.Evaluation.Report;

/// <summary>Draws a <see cref="Chart"/> as SVG that takes its colours from the page; lines differ in dashes too.</summary>
internal static class LineChart
{
    private const int Width = 460;
    private const int Height = 296;
    private const int Left = 52;
    private const int Right = 14;
    private const int Top = 28;
    private const int Bottom = 44;
    private const int NameHeight = 12;

    public static string Render(Chart chart)
    {
        var points = chart.Lines.SelectMany(line => line.Points).Where(point => double.IsFinite(point.Y)).ToArray();
        if (points.Length == 0)
            return "";
        var x = new Axis(points.Min(point => point.X), points.Max(point => point.X), Left, Width - Right);
        var y = chart.IsShare
            ? new Axis(0, 1, Height - Bottom, Top)
            : new Axis(Math.Min(0, points.Min(point => point.Y)), points.Max(point => point.Y), Height - Bottom, Top);
        var svg = new StringBuilder(
            $"<figure class=\"chart\"><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(Describe(chart))}\">");
        foreach (var tick in y.Ticks)
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y.At(tick)}\" y2=\"{y.At(tick)}\"/><text "
                + $"class=\"tick\" x=\"{Left - 8}\" y=\"{y.At(tick)}\" dy=\".32em\" text-anchor=\"end\">{Tick(chart, tick)}</text>");
        foreach (var tick in x.Ticks)
            svg.Append(
                $"<text class=\"tick\" x=\"{x.At(tick)}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{Html.Number(tick)}</text>");
        svg.Append($"<text class=\"axis\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" "
            + $"text-anchor=\"middle\">{Html.Text(chart.XLabel)}</text>");
        foreach (var (index, line) in chart.Lines.Index())
        {
            var corners = line.Points.Where(point => double.IsFinite(point.Y)).Select(point => $"{x.At(point.X)},{y.At(point.Y)}");
            svg.Append($"<polyline class=\"line line-{index}\" points=\"{string.Join(' ', corners)}\"/>");
        }
        // Above the lines, so that none runs through it.
        svg.Append($"<text class=\"axis\" x=\"{Left}\" y=\"{Top - 14}\">{Html.Text(chart.YLabel)}</text>");
        if (chart.Mark is { } mark && x.Holds(mark.X))
            svg.Append(Marked(mark, x));
        svg.Append($"</svg><figcaption>{Legend(chart)}</figcaption></figure>");
        return svg.ToString();
    }

    private static string Marked(ChartMark mark, Axis x)
    {
        // The name stands on the side that has more room.
        var isRight = x.ShareOf(mark.X) > 0.5;
        var (anchor, shift) = isRight ? ("end", -6) : ("start", 6);
        var height = mark.IsNameAbove ? Top + NameHeight : Height - Bottom - 8;
        return $"<line class=\"mark-line\" x1=\"{x.At(mark.X)}\" x2=\"{x.At(mark.X)}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>"
            + $"<text class=\"tick\" x=\"{x.At(mark.X)}\" dx=\"{shift}\" "
            + $"y=\"{height}\" text-anchor=\"{anchor}\">{Html.Text(mark.Name)}</text>";
    }

    private static string Legend(Chart chart) => string.Concat(chart.Lines.Index().Select(entry =>
        $"<span class=\"key\"><svg viewBox=\"0 0 26 8\" aria-hidden=\"true\"><line class=\"line line-{entry.Index}\" x1=\"1\" x2=\"25\" "
            + $"y1=\"4\" y2=\"4\"/></svg>{Html.Text(entry.Item.Name)}</span>"));

    private static string Tick(Chart chart, double value) => chart.IsShare ? Html.Percent(value, 0) : Html.Number(value, "0.#####");

    private static string Describe(Chart chart) =>
        $"{chart.Title}: {chart.YLabel} over {chart.XLabel}; " + string.Join("; ", chart.Lines.Where(line => line.Points.Count > 0)
            .Select(line => $"{line.Name} from {Tick(chart, line.Points[0].Y)} to {Tick(chart, line.Points[^1].Y)}"))
            + (chart.Mark is { } mark ? $"; {mark.Name}" : "");

    /// <summary>Turns values into places, with ticks at round values.</summary>
    private sealed class Axis(double low, double high, double from, double to)
    {
        private readonly double _high = high > low ? high : low + 1;

        public IEnumerable<double> Ticks
        {
            get
            {
                var step = RoundStep((_high - low) / 5);
                for (var tick = Math.Ceiling(low / step - 1e-9) * step; tick <= _high + step * 1e-6; tick += step)
                    yield return Math.Round(tick, 10) + 0.0; // -0 becomes 0
            }
        }

        public bool Holds(double value) => value >= low && value <= _high;

        public double ShareOf(double value) => (value - low) / (_high - low);

        public string At(double value) => Html.Coordinate(from + (value - low) / (_high - low) * (to - from));

        /// <summary>1, 2 or 5 times a power of ten, at least the given one.</summary>
        private static double RoundStep(double step)
        {
            var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
            return power * (step / power) switch { <= 1.0001 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        }
    }
}
