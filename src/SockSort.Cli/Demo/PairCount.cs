namespace SockSort.Cli.Demo;

/// <summary>Two socks of a label are a pair.</summary>
internal static class PairCount
{
    /// <summary>
    /// Pairs that were completed when the number of a label's socks rose from <paramref name="before"/> to <paramref name="after"/>.
    /// </summary>
    public static long Completed(long before, long after) => (after / 2) - (before / 2);
}
