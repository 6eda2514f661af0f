
namespace SockSort.Sql.Engine.State;

/// <summary>Groups by window, oldest first; whole windows are dropped when their time is over.</summary>
/// <remarks>
/// Windows come and go in the order of time, so this is a queue in an array: both ends cost nothing, only a late window is put in between.
/// </remarks>
internal sealed class WindowedGroups(byte part)
{
    // In the long run a window goes for each that comes: what it leaves behind is used again, or the collector would carry each group
    // through all its generations. Large ones are not kept: few come again.
    private const int MostSpare = 64;
    private const int MostGroupsOfSpare = 64;

    private readonly Stack<WindowGroups> _spare = new();
    private long[] _starts = new long[16];
    private WindowGroups?[] _windows = new WindowGroups?[16];
    private int _head;
    private int _end;
    private long _newestStart = long.MinValue;
    private WindowGroups? _newest;
    private readonly KeptGroups _kept = new(part);

    /// <summary>The number of groups in all windows.</summary>
    public long Count { get; private set; }

    /// <summary>Finds the groups of the window that starts at a moment; makes the window when absent.</summary>
    public WindowGroups At(long start)
    {
        // Most records belong to the window of the one before.
        if (start == _newestStart)
            return _newest!;
        var at = Place(start);
        if (at == _end || _starts[at] != start)
            at = Insert(at, start);
        (_newestStart, _newest) = (start, _windows[at]!);
        return _newest;
    }

    /// <summary>Puts a new group into the groups of its window.</summary>
    public void Add(WindowGroups window, GroupState state)
    {
        window.Add(state);
        Count++;
    }

    /// <summary>Notes that a group has changed, where state is kept.</summary>
    public void Changed(GroupState state) => _kept.Changed(state);

    public void KeepState() => _kept.KeepState();

    public void SaveChanges(StateWriter into) => _kept.SaveChanges(into);

    /// <summary>
    /// Restores the groups of one entry, in the order in which they first came: rows of closed windows go out in that order.
    /// </summary>
    public void Restore(BinaryReader key, BinaryReader value)
    {
        foreach (var state in _kept.Restore(key, value))
            Add(At(state.Start), state);
    }

    /// <summary>Finds the windows that start from one moment to another, both inclusive, oldest first.</summary>
    public IEnumerable<(long Start, WindowGroups Groups)> Between(long from, long to)
    {
        for (var i = Place(from); i < _end && _starts[i] <= to; i++)
            yield return (_starts[i], _windows[i]!);
    }

    /// <summary>Drops windows that start before a moment.</summary>
    public void Expire(long before)
    {
        for (; _head < _end && _starts[_head] < before; _head++)
        {
            if (_starts[_head] == _newestStart)
                (_newestStart, _newest) = (long.MinValue, null);
            _kept.Dropped(_windows[_head]!.Groups);
            Count -= _windows[_head]!.Count;
            Drop(_windows[_head]!);
            _windows[_head] = null;
        }
    }

    /// <summary>Finds the index of the window that starts at a moment, or of the one before which it would stand.</summary>
    private int Place(long start)
    {
        if (_head == _end || _starts[_end - 1] < start)
            return _end;
        var found = Array.BinarySearch(_starts, _head, _end - _head, start);
        return found >= 0 ? found : ~found;
    }

    private void Drop(WindowGroups window)
    {
        if (_spare.Count >= MostSpare || window.Count > MostGroupsOfSpare)
            return;
        window.Clear();
        _spare.Push(window);
    }

    private int Insert(int at, long start)
    {
        if (_end == _starts.Length)
            at -= MakeRoom();
        Array.Copy(_starts, at, _starts, at + 1, _end - at);
        Array.Copy(_windows, at, _windows, at + 1, _end - at);
        (_starts[at], _windows[at]) = (start, _spare.TryPop(out var spare) ? spare : new());
        _end++;
        return at;
    }

    /// <summary>Moves all to the front, into arrays twice as long where more than half is in use.</summary>
    /// <returns>The number by which indexes have become smaller.</returns>
    private int MakeRoom()
    {
        var (used, moved) = (_end - _head, _head);
        var length = used > _starts.Length / 2 ? _starts.Length * 2 : _starts.Length;
        var (starts, windows) = (new long[length], new WindowGroups?[length]);
        Array.Copy(_starts, _head, starts, 0, used);
        Array.Copy(_windows, _head, windows, 0, used);
        (_starts, _windows, _head, _end) = (starts, windows, 0, used);
        return moved;
    }
}
