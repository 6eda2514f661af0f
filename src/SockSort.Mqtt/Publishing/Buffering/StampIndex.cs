namespace SockSort.Mqtt.Publishing.Buffering;

/// <summary>Finds the positions of stamped messages in the disk buffer. Not thread-safe.</summary>
internal sealed class StampIndex
{
    private readonly List<StampedRange> _ranges = [];

    public void Add(MessageStamp stamp, long position)
    {
        if (_ranges.Count > 0 && _ranges[^1].IsFollowedBy(stamp, position))
            _ranges[^1] = _ranges[^1] with { Count = _ranges[^1].Count + 1 };
        else
            _ranges.Add(new StampedRange(stamp.Run, stamp.Seq, position, 1));
    }

    /// <summary>Returns the positions of a run's sequence numbers, as ranges.</summary>
    public IEnumerable<(long First, long Last)> PositionsOf(string run, long firstSeq, long lastSeq)
    {
        foreach (var range in _ranges)
        {
            var (first, last) = (Math.Max(firstSeq, range.FirstSeq), Math.Min(lastSeq, range.LastSeq));
            if (range.Run == run && first <= last)
                yield return (range.PositionOf(first), range.PositionOf(last));
        }
    }

    /// <summary>Removes the ranges that lie completely before a position.</summary>
    public void Trim(long first) => _ = _ranges.RemoveAll(range => range.LastPosition < first);
}
