using System.Text;

namespace SockSort.Training.Evaluation.Report;

/// <summary>The pictures that the model had most trouble with, each with what it said.</summary>
internal static class WorstPictures
{
    private const int Bars = 3;

    public static string Render(EvaluationResult result, IReadOnlyDictionary<string, byte[]> thumbnails)
    {
        var html = new StringBuilder("<ul class=\"photos\">");
        foreach (var judgement in ReportSelection.Worst(result))
        {
            var (mark, words) = judgement switch
            {
                { IsKnown: false } => ("unknown", "never taught"),
                { IsRight: true } => ("right", "right"),
                _ => ("wrong", "wrong"),
            };
            var name = Html.ShortName(judgement.Name);
            html.Append($"<li>{Html.Picture(thumbnails, judgement.Name, $"{judgement.Label}: {name}")}");
            html.Append($"<p><strong>{Html.Text(judgement.Label)}</strong> <span class=\"mark {mark}\">{words}</span></p><p "
                + $"class=\"file\">{Html.Text(name)}</p><dl>");
            foreach (var (label, share) in Best(result, judgement))
                html.Append($"<div{(label == judgement.Truth ? " class=\"truth\"" : "")}><dt>{Html.Text(result.Labels[label])}</dt><dd "
                    + $"style=\"--share:{Html.Coordinate(share)}\">{Html.Percent(share, 0)}</dd></div>");
            html.Append("</dl></li>");
        }
        return html.Append("</ul>").ToString();
    }

    /// <summary>The most probable labels; the truth is always among them.</summary>
    private static IEnumerable<(int Label, double Share)> Best(EvaluationResult result, Judgement judgement)
    {
        var order = Enumerable.Range(0, result.Labels.Count).OrderByDescending(label => judgement.Probabilities[label]).ToArray();
        var best = order.Take(Bars);
        if (judgement.IsKnown && judgement.Rank >= Bars)
            best = order.Take(Bars - 1).Append(judgement.Truth);
        return best.Select(label => (label, (double)judgement.Probabilities[label]));
    }
}
