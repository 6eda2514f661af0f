namespace SockSort.Edge.LiveView;

/// <summary>The places of those who watch the stream: so many and no more, each given back when its viewer leaves or is cut off.</summary>
/// <param name="most">At least 1.</param>
internal sealed class ViewerPlaces(int most)
{
    private readonly Lock _gate = new();
    private readonly List<Place> _taken = [];
    private long _refused;
    private long _cutOff;

    public int Most => most;

    /// <summary>Streams that are open now.</summary>
    public int Taken
    {
        get
        {
            lock (_gate)
                return _taken.Count;
        }
    }

    /// <summary>Streams that found no place.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Streams that were ended because their viewer did not read, or hardly.</summary>
    public long CutOff => Interlocked.Read(ref _cutOff);

    public bool IsFull => Taken >= most;

    /// <param name="viewer">How a page calls itself, to ask later whether it is still watching; null for who does not ask.</param>
    /// <returns>Null where all are taken.</returns>
    public Place? TryTake(string? viewer)
    {
        lock (_gate)
        {
            if (_taken.Count < most)
            {
                var place = new Place(this, viewer);
                _taken.Add(place);
                return place;
            }
        }
        Interlocked.Increment(ref _refused);
        return null;
    }

    public bool IsWatching(string viewer)
    {
        lock (_gate)
            return _taken.Exists(place => place.Viewer == viewer);
    }

    internal sealed class Place(ViewerPlaces places, string? viewer) : IDisposable
    {
        public string? Viewer => viewer;

        /// <summary>Its viewer does not read.</summary>
        public void CountCutOff() => Interlocked.Increment(ref places._cutOff);

        public void Dispose()
        {
            lock (places._gate)
                places._taken.Remove(this);
        }
    }
}
