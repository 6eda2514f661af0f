namespace SockSort.Edge.Kept;

/// <summary>The kept frames of all cameras of a process, each of which has room of its own.</summary>
public sealed class FrameStores : IKeptFrames
{
    // Replaced as a whole, so that it can be read without a lock.
    private volatile (string Camera, FrameStore Frames)[] _stores = [];

    /// <inheritdoc/>
    public KeptFrameCounts Counts => _stores.Select(store => store.Frames.Counts).Aggregate(new KeptFrameCounts(), Sum);

    /// <summary>Gives a camera room of its own. Called by one thread at a time.</summary>
    /// <param name="camera">The camera's name.</param>
    /// <param name="mostBytes">Most bytes of all its pictures together, at least 1.</param>
    public FrameStore Add(string camera, long mostBytes)
    {
        var store = new FrameStore(mostBytes);
        _stores = [.. _stores, (camera, store)];
        return store;
    }

    /// <inheritdoc/>
    public KeptFrame? Find(string run, long seq) =>
        _stores.Select(store => store.Frames.Find(run, seq)).OfType<KeptFrame>().FirstOrDefault();

    /// <summary>The frames that are kept of a camera and a time, both ends included, in their order.</summary>
    public IReadOnlyList<KeptFrame> Within(string camera, DateTimeOffset from, DateTimeOffset to) =>
        [.. _stores.Where(store => store.Camera == camera).SelectMany(store => store.Frames.Within(from, to))];

    private static KeptFrameCounts Sum(KeptFrameCounts all, KeptFrameCounts one) => new(
        all.Frames + one.Frames,
        all.Bytes + one.Bytes,
        all.MostBytes + one.MostBytes,
        all.Evicted + one.Evicted,
        new[] { all.Oldest, one.Oldest }.Min());
}
