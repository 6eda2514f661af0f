namespace SockSort.Training.Evaluation.Report;

/// <summary>What a rejection threshold would do to these pictures.</summary>
internal static class ThresholdChart
{
    private const int Steps = 100;

    /// <param name="result">The pictures.</param>
    /// <param name="own">The model's own threshold, which is marked; null = it has none.</param>
    /// <returns>Null without known pictures.</returns>
    public static Chart? Of(EvaluationResult result, double? own)
    {
        if (result.Known == 0)
            return null;
        var known = result.Judgements.Where(judgement => judgement.IsKnown).ToArray();
        var unknown = result.Judgements.Where(judgement => !judgement.IsKnown).ToArray();
        List<ChartLine> lines =
        [
            new("known pictures that are kept", Points(at => Share(known, judgement => judgement.Probability >= at))),
            new("kept and told right", Points(at => Share(known, judgement => judgement.Probability >= at && judgement.IsRight))),
        ];
        if (unknown.Length > 0)
            lines.Add(
                new ChartLine(
                    "unknown pictures that are turned away", Points(at => Share(unknown, judgement => judgement.Probability < at))));
        return new Chart("What a rejection threshold would do", "lowest probability that counts as known", "share of pictures", lines)
        {
            IsShare = true,
            Mark = own is { } at ? new ChartMark(at, $"the model's own: {Html.Percent(at)}") : null,
        };

        IReadOnlyList<(double, double)> Points(Func<double, double> share) =>
            [.. Enumerable.Range(0, Steps + 1).Select(step => (double)step / Steps).Select(at => (at, share(at)))];
    }

    private static double Share(Judgement[] all, Func<Judgement, bool> counts) => (double)all.Count(counts) / all.Length;
}
