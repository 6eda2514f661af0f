using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using SockSort.Sql.Engine.Results;

namespace SockSort.Dashboard.Layout;

/// <summary>The operators of a query as boxes, with arrows in the direction in which rows flow.</summary>
public sealed partial class PlanPicture
{
    // What fits into a box in the font of the words.
    private const int LineCharacters = 38;
    private const int MostLines = 3;

    private readonly string _id = $"plan-{Guid.NewGuid():n}";
    private PlanDrawing _drawing = null!;
    private ExplainedQuery? _drawn;

    /// <summary>The query to draw.</summary>
    [Parameter, EditorRequired]
    public ExplainedQuery Query { get; set; } = null!;

    /// <summary>For who hears it: the operators in the order in which rows pass them.</summary>
    private string Told => string.Join("; ", _drawing.Boxes.Select(box => $"{box.Kind} {box.Text}".TrimEnd()));

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(Query, _drawn))
            return;
        (_drawing, _drawn) = (PlanDrawing.Of(Query), Query);
    }

    /// <summary>Breaks words into lines that fit a box; what does not fit ends in an ellipsis, and stands in the box's title.</summary>
    internal static IReadOnlyList<string> LinesOf(string words)
    {
        var lines = new List<string>();
        for (var rest = words; rest.Length > 0;)
        {
            if (lines.Count == MostLines - 1 || rest.Length <= LineCharacters)
            {
                lines.Add(Cut(rest, LineCharacters));
                break;
            }
            var blank = rest.LastIndexOf(' ', LineCharacters);
            var end = blank > 0 ? blank : LineCharacters;
            lines.Add(rest[..end]);
            rest = rest[end..].TrimStart();
        }
        return lines;
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    private static string PathOf(PlanArrow arrow)
    {
        var (from, to) = (arrow.From.Top + PlanDrawing.BoxHeight, arrow.To.Top);
        var middle = (from + to) / 2;
        return $"M{Text(arrow.From.Middle)} {Text(from)}C{Text(arrow.From.Middle)} {Text(middle)} {Text(arrow.To.Middle)} {Text(middle)} "
            + $"{Text(arrow.To.Middle)} {Text(to - 7)}";
    }

    private static string HeadOf(PlanBox box) => $"M{Text(box.Middle - 6)} {Text(box.Top - 9)}l6 8l6 -8z";

    // Razor takes an element of this name for its own.
    private static MarkupString Words(string style, PlanBox box, double below, string words)
    {
        var (x, y) = (Text(box.Middle - PlanDrawing.BoxWidth / 2 + 14), Text(box.Top + below));
        return new($"<text class=\"{style}\" x=\"{x}\" y=\"{y}\">{HtmlEncoder.Default.Encode(words)}</text>");
    }

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
