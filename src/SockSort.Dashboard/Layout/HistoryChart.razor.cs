using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using SockSort.Dashboard.Watching;

namespace SockSort.Dashboard.Layout;

/// <summary>Bars over time: socks seen, and before them the pairs.</summary>
public sealed partial class HistoryChart
{
    // However many bars there are: the charts of a page are as wide as each other.
    private const double Across = 960;
    private const double High = 220;

    // For the figure at the highest line, and for the times below the bars; a phone has both larger.
    private const double Above = 34;
    private const double Below = 34;

    /// <summary>The steps from left to right.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<HistoryStep> Steps { get; set; } = [];

    /// <summary>Format of the times below the bars.</summary>
    [Parameter]
    public string Format { get; set; } = "HH:mm";

    /// <summary>The number of bars from one time below them to the next.</summary>
    [Parameter]
    public int LabelEvery { get; set; } = 4;

    private double Wide => Across / Steps.Count;

    private string Told => $"{Steps.Sum(step => step.Sightings)} socks seen, {Steps.Sum(step => step.Pairs)} pairs";

    private int Top => Math.Max(4, Steps.Max(step => step.Sightings));

    private IEnumerable<int> Lines => [Top / 2, Top];

    private double Y(int count) => High - (High - Above) * Math.Min(count, Top) / Top;

    private string Clock(DateTimeOffset at) => at.ToLocalTime().ToString(Format, CultureInfo.InvariantCulture);

    // Razor takes an element of this name for its own.
    private static MarkupString Words(double x, double y, string words) =>
        new($"<text x=\"{Text(x)}\" y=\"{Text(y)}\">{HtmlEncoder.Default.Encode(words)}</text>");

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
