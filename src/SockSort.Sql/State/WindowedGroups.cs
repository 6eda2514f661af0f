using SockSort.Sql.Durability;
using SockSort.Sql.Execution;

namespace SockSort.Sql.State;

/// <summary>Groups by window, oldest first; whole windows are dropped when their time is over.</summary>
internal sealed class WindowedGroups
{
    private readonly SortedList<long, Dictionary<Slot[], GroupState>> _windows = [];
    private long _newestStart = long.MinValue;
    private Dictionary<Slot[], GroupState>? _newest;
    private readonly List<(long Start, GroupState State)> _restored = [];
    private long _added;
    private List<(long Start, GroupState State)>? _changed;
    private List<(long Start, GroupState State)>? _dropped;

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
        state.Number = _added++;
        window.Add(state.Key, state);
        Count++;
    }

    /// <summary>Notes that a group has changed, where state is kept.</summary>
    public void Changed(long start, GroupState state)
    {
        if (_changed is null || state.IsChanged)
            return;
        state.IsChanged = true;
        _changed.Add((start, state));
    }

    /// <summary>What was restored is put in here, in the order in which it came at first: rows of closed windows go out in that order.</summary>
    public void KeepState()
    {
        foreach (var (start, state) in _restored.OrderBy(restored => restored.State.Number))
        {
            _added = state.Number;
            Add(At(start), state);
        }
        _restored.Clear();
        (_changed, _dropped) = ([], []);
    }

    public void SaveChanges(byte part, StateWriter into)
    {
        foreach (var (start, state) in _changed ?? [])
        {
            into.Put(part, key => WriteKey(key, start, state), value => KeptGroups.WriteValue(value, state));
            state.IsChanged = false;
        }
        // A group may have changed and been dropped since: what comes last counts.
        foreach (var (start, state) in _dropped ?? [])
            into.Remove(part, key => WriteKey(key, start, state));
        _changed?.Clear();
        _dropped?.Clear();
    }

    public void Restore(BinaryReader key, BinaryReader value) => _restored.Add((key.ReadInt64(), KeptGroups.Read(key, value)));

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
            _dropped?.AddRange(_windows.GetValueAtIndex(0).Values.Select(state => (_windows.GetKeyAtIndex(0), state)));
            Count -= _windows.GetValueAtIndex(0).Count;
            _windows.RemoveAt(0);
        }
    }

    private static void WriteKey(BinaryWriter into, long start, GroupState state)
    {
        into.Write(start);
        ValueCodec.Write(into, state.Key);
    }
}
