namespace SockSort.Sql.Engine.State;

/// <summary>The open sessions of one key, oldest first. They never touch, so their starts and their ends are in the same order.</summary>
internal sealed class SessionLine
{
    // Below this many the dead ones at the front may stay.
    private const int LeastMoved = 32;

    private readonly List<Session> _sessions = [];
    private int _head;

    public bool IsEmpty => _head == _sessions.Count;

    public Session First => _sessions[_head];

    /// <summary>The line's place in the order of ends; an entry with another place is out of date.</summary>
    public (long End, long Number) Scheduled { get; set; } = (long.MaxValue, 0);

    /// <summary>Adds the sessions that are no more than the gap away from a moment.</summary>
    public void Near(long moment, long gap, List<Session> into)
    {
        for (var i = FirstEndingFrom(moment - gap); i < _sessions.Count && _sessions[i].Start <= moment + gap; i++)
            into.Add(_sessions[i]);
    }

    public void Add(Session session) => _sessions.Insert(FirstEndingFrom(session.End), session);

    public void Remove(Session session)
    {
        var at = FirstEndingFrom(session.End);
        if (at != _head)
        {
            _sessions.RemoveAt(at);
            return;
        }
        _sessions[_head++] = null!;
        if (_head >= LeastMoved && _head > _sessions.Count / 2)
        {
            _sessions.RemoveRange(0, _head);
            _head = 0;
        }
    }

    /// <summary>Index of the first session that ends at a moment or later.</summary>
    private int FirstEndingFrom(long moment)
    {
        // Most records follow the newest session or join it: the others, which may be those of a day, are not looked at.
        if (IsEmpty || _sessions[^1].End < moment)
            return _sessions.Count;
        if (_sessions.Count - _head == 1 || _sessions[^2].End < moment)
            return _sessions.Count - 1;
        var (low, high) = (_head, _sessions.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sessions[middle].End < moment)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
