namespace SockSort.Training.Evaluation.Report;

/// <summary>What a rejection threshold would do to these pictures.</summary>
internal static class ThresholdChart
{
    private const int Steps = 100;

    /// <returns>Null without known pictures.</returns>
    public static Chart? Of(EvaluationResult result)
    {
        if (result.Known == 0)
            return null;
        var scores = result.Judgements.Select(judgement => (judgement, Score: judgement.KnownScore ?? judgement.Probability)).ToArray();
        var isProbability = result.Judgements.All(judgement => judgement.KnownScore is null);
        var (low, high) = isProbability ? (0, 1) : (scores.Min(entry => entry.Score), scores.Max(entry => entry.Score));
        var known = scores.Where(entry => entry.judgement.IsKnown).ToArray();
        var unknown = scores.Where(entry => !entry.judgement.IsKnown).ToArray();
        List<ChartLine> lines =
        [
            new("known pictures that are kept", Points(at => Share(known, entry => entry.Score >= at))),
            new("kept and told right", Points(at => Share(known, entry => entry.Score >= at && entry.judgement.IsRight))),
        ];
        if (unknown.Length > 0)
            lines.Add(new ChartLine("unknown pictures that are turned away", Points(at => Share(unknown, entry => entry.Score < at))));
        return new Chart("What a rejection threshold would do", isProbability ? "lowest probability that counts as known" : "lowest score that counts as known", "share of pictures", lines) { IsShare = true };

        IReadOnlyList<(double, double)> Points(Func<double, double> share) =>
            [.. Enumerable.Range(0, Steps + 1).Select(step => low + (high - low) * step / Steps).Select(at => (at, share(at)))];
    }

    private static double Share<T>(T[] all, Func<T, bool> counts) => (double)all.Count(counts) / all.Length;
}
