using System.Globalization;

namespace SockSort.Sorting.Evaluation;

/// <summary>The evaluation's rows as texts.</summary>
public static class EvaluationTable
{
    public static readonly IReadOnlyList<string> Headings =
    [
        "wrong frames", "counted by", "socks exact", "pairs exact", "socks shown", "counted", "pairs shown", "counted", "delay p50", "p90",
    ];

    /// <summary>In the order of <see cref="Headings"/>.</summary>
    public static IReadOnlyList<string> Cells(EvaluationRow row)
    {
        var score = row.Score;
        return
        [
            Share(row.WrongFrames, "0"), row.Method, Share(score.ExactShare, "0.0"), Share(score.ExactPairShare, "0.0"),
            Whole(score.SocksShown), Whole(score.SocksCounted), Whole(score.PairsShown), Whole(score.PairsCounted),
            Seconds(score.MedianDelayMs), Seconds(score.DelayMs(0.9)),
        ];
    }

    private static string Share(double share, string format) =>
        (share * 100).ToString(format, CultureInfo.InvariantCulture) + " %";

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double? milliseconds) => milliseconds is { } known
        ? (known / 1000).ToString("0.00", CultureInfo.InvariantCulture) + " s"
        : "-";
}
