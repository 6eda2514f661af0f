namespace SockSort.Cli.Demo;

/// <summary>A row of the pair query.</summary>
/// <param name="Image">The label.</param>
/// <param name="PairSeen"><c>Pair</c> or <c>Un-matched</c>.</param>
/// <param name="Socks">The number of socks of that label so far.</param>
internal sealed record PairRow(string Image, string PairSeen, long Socks);
