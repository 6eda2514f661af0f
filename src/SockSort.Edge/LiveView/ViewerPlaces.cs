namespace SockSort.Edge.LiveView;

/// <summary>A limited number of places for the viewers of the stream. A place is free again when its viewer leaves or is cut off.</summary>
/// <param name="most">Number of places, at least 1.</param>
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

    /// <summary>Streams that were refused because all places were taken.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Streams that were cut off because their viewer read nothing or too slowly.</summary>
    public long CutOff => Interlocked.Read(ref _cutOff);

    public bool IsFull => Taken >= most;

    /// <param name="viewer">
    /// Id of the page, with which it can ask later whether it is still watching; null for a client without one.
    /// </param>
    /// <returns>Null if all places are taken.</returns>
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

        /// <summary>Counts this stream as cut off because its viewer did not read.</summary>
        public void CountCutOff() => Interlocked.Increment(ref places._cutOff);

        public void Dispose()
        {
            lock (places._gate)
                places._taken.Remove(this);
        }
    }
}
