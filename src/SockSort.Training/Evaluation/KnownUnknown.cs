namespace SockSort.Training.Evaluation;

/// <summary>How well a score tells pictures of what was taught from pictures of what never was.</summary>
public static class KnownUnknown
{
    /// <summary>
    /// Area under the ROC curve: the chance that a known picture scores higher than an unknown one, equals counted half. 1 =
    /// always, 0.5 = no better than a coin; null where one side is empty.
    /// </summary>
    /// <remarks>By ranks (Mann-Whitney), so that it is exact and costs no more than sorting.</remarks>
    public static double? Auc(IReadOnlyCollection<double> known, IReadOnlyCollection<double> unknown)
    {
        if (known.Count == 0 || unknown.Count == 0)
            return null;
        var sorted = known.Select(score => (Score: score, IsKnown: true)).Concat(unknown.Select(score => (Score: score, IsKnown: false)))
            .OrderBy(entry => entry.Score).ToArray();
        var rankSum = 0.0;
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            to = from + 1;
            while (to < sorted.Length && sorted[to].Score == sorted[from].Score)
                to++;
            // Equal scores share the mean of their ranks from+1 .. to.
            rankSum += sorted[from..to].Count(entry => entry.IsKnown) * (from + 1 + to) / 2.0;
        }
        return (rankSum - known.Count * (known.Count + 1.0) / 2) / ((double)known.Count * unknown.Count);
    }
}
