namespace SockSort.Edge.Kept;

/// <summary>The kept frames of all cameras of a process, each of which has room of its own.</summary>
public sealed class FrameStores : IKeptFrames
{
    // Replaced as a whole, so that it can be read without a lock.
    private volatile FrameStore[] _stores = [];

    /// <inheritdoc/>
    public KeptFrameCounts Counts => _stores.Select(store => store.Counts).Aggregate(new KeptFrameCounts(), Sum);

    /// <summary>Gives a camera room of its own. Called by one thread at a time.</summary>
    /// <inheritdoc cref="FrameStore(long)"/>
    public FrameStore Add(long mostBytes)
    {
        var store = new FrameStore(mostBytes);
        _stores = [.. _stores, store];
        return store;
    }

    /// <inheritdoc/>
    public KeptFrame? Find(string run, long seq) => _stores.Select(store => store.Find(run, seq)).OfType<KeptFrame>().FirstOrDefault();

    private static KeptFrameCounts Sum(KeptFrameCounts all, KeptFrameCounts one) => new(
        all.Frames + one.Frames,
        all.Bytes + one.Bytes,
        all.MostBytes + one.MostBytes,
        all.Evicted + one.Evicted,
        new[] { all.Oldest, one.Oldest }.Min());
}
