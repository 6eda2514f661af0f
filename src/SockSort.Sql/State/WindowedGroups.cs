using SockSort.Sql.Execution;

namespace SockSort.Sql.State;

/// <summary>Groups by window, oldest first; whole windows are dropped when their time is over.</summary>
internal sealed class WindowedGroups
{
    private readonly SortedList<long, Dictionary<Slot[], GroupState>> _windows = [];
    private long _newestStart = long.MinValue;
    private Dictionary<Slot[], GroupState>? _newest;

    /// <summary>Groups in all windows.</summary>
    public long Count { get; private set; }

    /// <summary>The groups of the window that starts there; made when absent.</summary>
    public Dictionary<Slot[], GroupState> At(long start)
    {
        // Most records belong to the window of the one before.
        if (start == _newestStart)
            return _newest!;
        if (!_windows.TryGetValue(start, out var window))
        {
            window = new(RowKeyComparer.Instance);
            _windows.Add(start, window);
        }
        (_newestStart, _newest) = (start, window);
        return window;
    }

    /// <summary>Puts a new group into the groups of a window.</summary>
    public void Add(Dictionary<Slot[], GroupState> window, GroupState state)
    {
        window.Add(state.Key, state);
        Count++;
    }

    /// <summary>Starts of the windows from one moment to another, both inclusive, oldest first.</summary>
    public IEnumerable<(long Start, Dictionary<Slot[], GroupState> Groups)> Between(long from, long to)
    {
        foreach (var (start, groups) in _windows)
        {
            if (start > to)
                yield break;
            if (start >= from)
                yield return (start, groups);
        }
    }

    /// <summary>Drops windows that start before a moment.</summary>
    public void Expire(long before)
    {
        while (_windows.Count > 0 && _windows.GetKeyAtIndex(0) < before)
        {
            if (_windows.GetKeyAtIndex(0) == _newestStart)
                (_newestStart, _newest) = (long.MinValue, null);
            Count -= _windows.GetValueAtIndex(0).Count;
            _windows.RemoveAt(0);
        }
    }
}
