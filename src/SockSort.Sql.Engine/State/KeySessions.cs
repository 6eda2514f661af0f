using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.State;

/// <summary>The open sessions of all keys, and which of them end first.</summary>
/// <remarks>
/// Each key stands once in the order of ends, at a place that is never behind the end of its first session: when its turn comes too early
/// it is put back. So the order grows with the keys, not with the records.
/// </remarks>
internal sealed class KeySessions
{
    private readonly Dictionary<Slot[], SessionLine> _byKey = new(RowKeyComparer.Instance);
    private readonly PriorityQueue<(Slot[] Key, SessionLine Line), (long End, long Number)> _byEnd = new();
    private readonly List<Session> _near = [];
    private long _added;
    private HashSet<Session>? _changed;

    public long Count { get; private set; }

    /// <summary>
    /// Finds the key's sessions that a moment joins: those no more than the gap away, oldest first; valid until the next call.
    /// </summary>
    public List<Session> Near(Slot[] key, long moment, long gap)
    {
        _near.Clear();
        if (_byKey.TryGetValue(key, out var line))
            line.Near(moment, gap, _near);
        return _near;
    }

    /// <summary>Whether <see cref="TakeEndedBefore"/> would look at any; mostly not, and this costs nothing.</summary>
    public bool MayHaveEndedBefore(long moment) => _byEnd.TryPeek(out _, out var place) && place.End < moment;

    /// <summary>Lets a session reach from its new start to its new end, which touch no other session of its key.</summary>
    public void Grow(Session session, long start, long end)
    {
        session.Grow(start, end);
        session.Number = _added++;
        _ = _changed?.Add(session);
    }

    public void Add(Session session)
    {
        session.Number = _added++;
        _ = _changed?.Add(session);
        Put(session);
    }

    private void Put(Session session)
    {
        if (!_byKey.TryGetValue(session.State.Key, out var line))
            _byKey[session.State.Key] = line = new();
        line.Add(session);
        Count++;
        if ((session.End, session.Number).CompareTo(line.Scheduled) < 0)
            Schedule(session.State.Key, line, (session.End, session.Number));
    }

    public void Remove(Session session) => Remove(session, _byKey[session.State.Key]);

    private void Remove(Session session, SessionLine line)
    {
        session.IsGone = true;
        _ = _changed?.Add(session);
        line.Remove(session);
        Count--;
    }

    /// <summary>
    /// Takes out the sessions that ended before a moment, in the order of their ends, and for one end in the order in which they came.
    /// </summary>
    public IEnumerable<Session> TakeEndedBefore(long moment)
    {
        while (_byEnd.TryPeek(out var entry, out var place) && place.End < moment)
        {
            _ = _byEnd.Dequeue();
            var line = entry.Line;
            if (line.Scheduled != place)
                continue;
            if (line.IsEmpty)
            {
                _ = _byKey.Remove(entry.Key);
                continue;
            }
            var first = line.First;
            if ((first.End, first.Number) == place)
            {
                Remove(first, line);
                Schedule(entry.Key, line, line.IsEmpty ? place : (line.First.End, line.First.Number));
                yield return first;
            }
            else
                Schedule(entry.Key, line, (first.End, first.Number));
        }
    }

    public void KeepState() => _changed = [];

    public void SaveChanges(byte part, StateWriter into)
    {
        foreach (var session in _changed ?? [])
        {
            var place = (session.End, session.Start, session.Number);
            if (session.Stored is { } stored && (session.IsGone || stored != place))
                into.Remove(part, key => WriteKey(key, stored, session.State.Key));
            session.Stored = null;
            if (session.IsGone)
                continue;
            into.Put(part, key => WriteKey(key, place, session.State.Key), value => GroupCodec.WriteValue(value, session.State));
            session.Stored = place;
        }
        _changed?.Clear();
    }

    /// <summary>Restores the sessions of one entry. Each has its number with it, so that those of one end stay in their order.</summary>
    public void Restore(BinaryReader key, BinaryReader value)
    {
        var (end, start, number) = (key.ReadOrdered(), key.ReadOrdered(), key.ReadOrdered());
        _added = Math.Max(_added, number + 1);
        Put(new Session(GroupCodec.Read(key, value), start, end) { Number = number, Stored = (end, start, number) });
    }

    private static void WriteKey(BinaryWriter into, (long End, long Start, long Number) place, Slot[] key)
    {
        into.WriteOrdered(place.End);
        into.WriteOrdered(place.Start);
        into.WriteOrdered(place.Number);
        ValueCodec.Write(into, key);
    }

    private void Schedule(Slot[] key, SessionLine line, (long End, long Number) place)
    {
        line.Scheduled = place;
        _byEnd.Enqueue((key, line), place);
    }
}
