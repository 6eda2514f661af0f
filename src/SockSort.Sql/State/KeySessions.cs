using SockSort.Sql.Durability;
using SockSort.Sql.Execution;

namespace SockSort.Sql.State;

/// <summary>A session of one key: from its first record to its last, both inclusive, in milliseconds.</summary>
internal sealed class Session(GroupState state, long start, long end)
{
    public GroupState State { get; } = state;

    public long Start { get; } = start;

    public long End { get; } = end;

    /// <summary>Rises with each session that is added.</summary>
    public long Number { get; set; }

    /// <summary>Merged into another, or forgotten.</summary>
    public bool IsGone { get; set; }
}

/// <summary>The open sessions of all keys, and which of them end first.</summary>
internal sealed class KeySessions
{
    private readonly Dictionary<Slot[], List<Session>> _byKey = new(RowKeyComparer.Instance);
    private readonly PriorityQueue<Session, (long End, long Number)> _byEnd = new();
    private long _added;
    private HashSet<Session>? _changed;

    public long Count { get; private set; }

    /// <summary>Sessions of the key that a moment joins: those no more than the gap away. Oldest first.</summary>
    public List<Session> Near(Slot[] key, long moment, long gap) =>
        _byKey.TryGetValue(key, out var sessions) ? [.. sessions.Where(session => session.End >= moment - gap && session.Start <= moment + gap).OrderBy(session => session.Start)] : [];

    public void Add(Session session)
    {
        session.Number = _added++;
        Put(session);
    }

    private void Put(Session session)
    {
        if (!_byKey.TryGetValue(session.State.Key, out var sessions))
            _byKey[session.State.Key] = sessions = [];
        sessions.Add(session);
        // The number keeps sessions of one end in the order in which they came.
        _byEnd.Enqueue(session, (session.End, session.Number));
        Count++;
        _ = _changed?.Add(session);
    }

    public void KeepState() => _changed = [];

    /// <summary>The number goes with each session, so that those of one end stay in their order.</summary>
    public void SaveChanges(byte part, StateWriter into)
    {
        foreach (var session in _changed ?? [])
        {
            if (session.IsGone)
                into.Remove(part, key => WriteKey(key, session));
            else
                into.Put(part, key => WriteKey(key, session), value => KeptGroups.WriteValue(value, session.State));
        }
        _changed?.Clear();
    }

    public void Restore(BinaryReader key, BinaryReader value)
    {
        var (end, start) = (key.ReadInt64(), key.ReadInt64());
        var number = key.ReadInt64();
        _added = Math.Max(_added, number + 1);
        Put(new Session(KeptGroups.Read(key, value), start, end) { Number = number });
    }

    private static void WriteKey(BinaryWriter into, Session session)
    {
        into.Write(session.End);
        into.Write(session.Start);
        into.Write(session.Number);
        ValueCodec.Write(into, session.State.Key);
    }

    public void Remove(Session session)
    {
        session.IsGone = true;
        _ = _changed?.Add(session);
        var sessions = _byKey[session.State.Key];
        _ = sessions.Remove(session);
        if (sessions.Count == 0)
            _ = _byKey.Remove(session.State.Key);
        Count--;
    }

    /// <summary>Takes out the sessions that ended before a moment, in the order of their ends.</summary>
    public IEnumerable<Session> TakeEndedBefore(long moment)
    {
        while (_byEnd.TryPeek(out var session, out var place) && place.End < moment)
        {
            _ = _byEnd.Dequeue();
            if (session.IsGone)
                continue;
            Remove(session);
            yield return session;
        }
    }
}
