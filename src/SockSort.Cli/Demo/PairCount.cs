namespace SockSort.Cli.Demo;

/// <summary>Counts pairs: two socks of a label are a pair.</summary>
internal static class PairCount
{
    /// <summary>
    /// The number of pairs completed when a label's number of socks grew from <paramref name="before"/> to <paramref name="after"/>.
    /// </summary>
    public static long Completed(long before, long after) => (after / 2) - (before / 2);
}
