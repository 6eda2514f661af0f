using SockSort.Log;
using SockSort.Sorting.Topics;

namespace SockSort.Cli.Demo;

/// <summary>What sightings have counted since the demo began; an earlier one may have left some in the log.</summary>
/// <param name="log">Asked for it; the streams of sorting need not be there yet.</param>
internal sealed class DemoSightings(ILogReader log)
{
    private readonly int _before = SightingHistory.Read(log).Count;
    private readonly long _pairsBefore = EndOf(log, SortingNames.Pairs);

    /// <summary>Socks that were seen.</summary>
    public int Socks => SightingHistory.Read(log).Count - _before;

    /// <summary>Pairs that were found.</summary>
    public long Pairs => EndOf(log, SortingNames.Pairs) - _pairsBefore;

    private static long EndOf(ILogReader log, string topic) => log.FindTopic(topic) is null ? 0 : log.EndOffset(topic, 0);
}
