namespace SockSort.Sorting.Evaluation;

/// <summary>How a method has counted many scenarios.</summary>
public sealed class Score
{
    private readonly List<double> _delaysMs = [];

    public int Scenarios { get; private set; }

    /// <summary>Scenarios of whose every sock the number is right.</summary>
    public int ExactScenarios { get; private set; }

    /// <summary>Scenarios of whose every sock the number of pairs is right.</summary>
    public int ExactPairScenarios { get; private set; }

    public long SocksShown { get; private set; }

    public long SocksCounted { get; private set; }

    public long PairsShown { get; private set; }

    public long PairsCounted { get; private set; }

    /// <summary>How far the numbers of socks are from the truth, all together.</summary>
    public long SocksWrong { get; private set; }

    /// <summary>
    /// Milliseconds from the first frame of a pair's second sock until the pair was told, in rising order; of pairs of which the sock is
    /// counted right.
    /// </summary>
    public IReadOnlyList<double> DelaysMs
    {
        get
        {
            _delaysMs.Sort();
            return _delaysMs;
        }
    }

    public double ExactShare => Scenarios == 0 ? 0 : (double)ExactScenarios / Scenarios;

    public double ExactPairShare => Scenarios == 0 ? 0 : (double)ExactPairScenarios / Scenarios;

    /// <summary>Half of the pairs are told within so many milliseconds; null where none was told.</summary>
    public double? MedianDelayMs => DelayMs(0.5);

    /// <summary>So large a share of the pairs is told within so many milliseconds.</summary>
    public double? DelayMs(double share) => DelaysMs.Count == 0 ? null : DelaysMs[(int)(share * (DelaysMs.Count - 1))];

    /// <summary>Adds a scenario.</summary>
    /// <returns>Whether every sock's number is right.</returns>
    public bool Add(IReadOnlyList<Showing> truth, IReadOnlyList<Count> counts)
    {
        var (isExact, arePairsExact) = (true, true);
        foreach (var sock in truth.Select(showing => showing.Sock).Union(counts.Select(count => count.Sock)))
        {
            var shown = truth.Where(showing => showing.Sock == sock).ToList();
            var counted = counts.Where(count => count.Sock == sock).ToList();
            SocksShown += shown.Count;
            SocksCounted += counted.Count;
            PairsShown += shown.Count / 2;
            PairsCounted += counted.Count / 2;
            SocksWrong += Math.Abs(shown.Count - counted.Count);
            isExact &= shown.Count == counted.Count;
            arePairsExact &= shown.Count / 2 == counted.Count / 2;
            if (shown.Count == counted.Count)
                AddDelays(shown, counted);
        }
        Scenarios++;
        ExactScenarios += isExact ? 1 : 0;
        ExactPairScenarios += arePairsExact ? 1 : 0;
        return isExact;
    }

    private void AddDelays(List<Showing> shown, List<Count> counted)
    {
        for (var second = 1; second < shown.Count; second += 2)
            _delaysMs.Add(Math.Max(0, counted[second].ToldAtMs - shown[second].FromMs));
    }
}
