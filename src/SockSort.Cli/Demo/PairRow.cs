namespace SockSort.Cli.Demo;

/// <summary>A row of the pair query.</summary>
/// <param name="Image">The label.</param>
/// <param name="PairSeen"><c>Pair</c> or <c>Un-matched</c>.</param>
/// <param name="Socks">How many of them were seen.</param>
internal sealed record PairRow(string Image, string PairSeen, long Socks);
